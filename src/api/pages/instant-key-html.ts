/** The page of an instant key: a list of doors with a button for each. It needs no script. */
import { html } from 'hono/html'
import type { Html } from './page.ts'

const styles = html`
  :root{color-scheme:light
  dark;--back:#f3f4f6;--card:#fff;--ink:#1c1e21;--quiet:#565b63;--line:#8b9099;--soft:#d9dce1;--focus:#2f55d4;--good:#e3f4ea;--good-ink:#0c4f2c;--bad:#fdecea;--bad-ink:#7a1711}
  @media
  (prefers-color-scheme:dark){:root{--back:#131517;--card:#1d2023;--ink:#f1f3f5;--quiet:#b4bac2;--line:#7d848d;--soft:#3a3f45;--focus:#9db2ff;--good:#12301f;--good-ink:#a9e5c3;--bad:#3b1614;--bad-ink:#ffb9b2}}
  *{box-sizing:border-box} body{margin:0;font:16px/1.5
  system-ui,sans-serif;color:var(--ink);background:var(--back);display:grid;place-items:center;min-height:100vh;padding:16px}
  main{background:var(--card);border:1px solid
  var(--soft);border-radius:14px;max-width:420px;width:100%;padding:28px}
  h1{font-size:22px;line-height:1.25;margin:0 0 4px;overflow-wrap:anywhere} p{margin:8px 0}
  .quiet{color:var(--quiet)} ul{list-style:none;margin:20px 0;padding:0;display:grid;gap:12px}
  li{display:flex;gap:12px;align-items:center;justify-content:space-between;border:1px solid
  var(--soft);border-radius:10px;padding:12px 14px} li div{min-width:0;overflow-wrap:anywhere} li
  strong{display:block} :focus-visible{outline:3px solid var(--focus);outline-offset:2px}
  button{font:inherit;font-weight:600;min-height:44px;padding:8px 18px;border-radius:10px;border:1px
  solid transparent;cursor:pointer;background:var(--ink);color:var(--card)}
  .told{border-radius:10px;padding:10px 12px;border:1px solid currentColor}
  .good{background:var(--good);color:var(--good-ink)}
  .bad{background:var(--bad);color:var(--bad-ink)}
`

const whole = (title: string, content: Html): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${styles}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `

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
