/** The page of an instant key: a list of doors with a button for each. It needs no script. */
import { html } from 'hono/html'
import type { Html } from './page.ts'
import { shell } from './shell.ts'

const styles = html`
  body{margin:0;font:16px/1.5
  system-ui,sans-serif;color:var(--ink);background:var(--back);display:grid;place-items:center;min-height:100vh;padding:16px}
  main{background:var(--card);border:1px solid
  var(--line);border-radius:14px;max-width:420px;width:100%;padding:28px}
  h1{font-size:22px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere} p{margin:8px 0}
  ul{list-style:none;margin:20px 0;padding:0;display:grid;gap:12px}
  li{display:flex;gap:12px;align-items:center;justify-content:space-between;border:1px solid
  var(--line);border-radius:10px;padding:12px 14px} li div{min-width:0;overflow-wrap:anywhere} li
  strong{display:block} button{font:inherit;font-weight:600;min-height:44px;padding:8px
  18px;border-radius:10px;border:1px solid
  transparent;cursor:pointer;background:var(--ink);color:var(--card)}
  .told{border-radius:10px;padding:10px 12px;border:1px solid currentColor}
`

const whole = (title: string, content: Html): Html => shell(title, styles, content)

/** A door of the person whose key it is. */
export interface Door {
  device_id: string
  name: string
  state: string
  can_unlock: boolean
}

/** What came of the last press of a button. */
export interface Told {
  is_good: boolean
  text: string
}

const door = (path: string, { device_id, name, state, can_unlock }: Door): Html => html`
  <li>
    <div><strong>${name}</strong> <span class="quiet">${state}</span></div>
    ${
      can_unlock &&
      html`<form method="post" action="${path}">
        <input type="hidden" name="device_id" value="${device_id}" />
        <button aria-label="Unlock ${name}">Unlock</button>
      </form>`
    }
  </li>
`

/** The doors that a key opens. */
export const doorsPage = (page: {
  path: string
  person: string
  company: string
  /** ISO 8601 */
  until: string
  doors: readonly Door[]
  told: Told | null
}): Html => {
  const { path, person, company, until, doors, told } = page
  const result =
    told === null
      ? ''
      : html`<p
          class="told ${told.is_good ? 'good' : 'bad'}"
          role="${told.is_good ? 'status' : 'alert'}"
        >
          ${told.text}
        </p>`
  return whole(
    told === null ? 'Your key' : `${told.text} – Your key`,
    html`
      <h1>Your key</h1>
      <p class="quiet">for ${person} · ${company} · sandbox</p>
      ${result}
      ${
        doors.length === 0
          ? html`<p>This key opens no door at the moment.</p>`
          : html`<ul>
              ${doors.map((it) => door(path, it))}
            </ul>`
      }
      <p class="quiet">
        Works until
        <time datetime="${until}">${until.slice(0, 10)} ${until.slice(11, 16)} UTC</time>
      </p>
    `,
  )
}

/** Why a link opens nothing. */
export const refusalPage = (title: string, text: string): Html =>
  whole(
    title,
    html`
      <h1>${title}</h1>
      <p class="told bad" role="alert">${text}</p>
    `,
  )
