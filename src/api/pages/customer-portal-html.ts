/** The page of a customer's portal: their stays, places and accounts. It needs no script. */
import { html } from 'hono/html'
import type { Html } from './page.ts'

const styles = html`
  :root{color-scheme:light
  dark;--back:#f3f4f6;--card:#fff;--ink:#1c1e21;--quiet:#565b63;--line:#d9dce1;--focus:#2f55d4;--good:#e3f4ea;--good-ink:#0c4f2c;--bad:#fdecea;--bad-ink:#7a1711}
  @media
  (prefers-color-scheme:dark){:root{--back:#131517;--card:#1d2023;--ink:#f1f3f5;--quiet:#b4bac2;--line:#3a3f45;--focus:#9db2ff;--good:#12301f;--good-ink:#a9e5c3;--bad:#3b1614;--bad-ink:#ffb9b2}}
  *{box-sizing:border-box} body{margin:0;font:16px/1.5
  system-ui,sans-serif;color:var(--ink);background:var(--back);padding:16px}
  main{max-width:860px;margin:0 auto} h1{font-size:24px;line-height:1.25;margin:8px 0
  4px;overflow-wrap:anywhere} h2{font-size:18px;margin:28px 0 8px} h3{font-size:16px;margin:0}
  p{margin:4px 0} a{color:inherit} .quiet{color:var(--quiet)} nav ul{display:flex;gap:8px
  16px;flex-wrap:wrap;list-style:none;margin:12px 0;padding:0} nav
  a{display:inline-block;padding:6px 0}
  .cards{list-style:none;margin:0;padding:0;display:grid;gap:12px}
  .cards>li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:14px
  16px;overflow-wrap:anywhere} .cards>li:target{outline:3px solid var(--focus)}
  :focus-visible{outline:3px solid var(--focus);outline-offset:2px} .pin{font:600 20px/1.4
  ui-monospace,monospace;letter-spacing:.08em}
  .told{display:inline-block;border-radius:8px;padding:2px 10px;border:1px solid
  currentColor;margin:4px 0} .good{background:var(--good);color:var(--good-ink)}
  .bad{background:var(--bad);color:var(--bad-ink)} .wait{background:var(--back);color:var(--ink)}
  ul.plain{margin:4px 0;padding-left:20px}
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

export interface Told {
  kind: 'good' | 'wait' | 'bad'
  text: string
}

export interface ShownStay {
  anchor: string
  title: string
  places: string
  /** ISO 8601; null: open. */
  starts_at: string | null
  ends_at: string | null
  pins: readonly string[]
  doors: readonly string[]
  state: Told
}

export interface ShownSpace {
  anchor: string
  name: string
  devices: readonly { name: string; state: string }[]
}

const time = (at: string | null, open: string): Html =>
  at === null
    ? html`${open}`
    : html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>`

const stayItem = (stay: ShownStay): Html => html`
  <li id="${stay.anchor}">
    <h3>${stay.title}</h3>
    <p class="quiet">
      ${stay.places === '' ? 'No place' : stay.places} · ${time(stay.starts_at, 'from now')} –
      ${time(stay.ends_at, 'no end')}
    </p>
    ${stay.pins.map((pin) => html`<p>PIN <span class="pin">${pin}</span></p>`)}
    <p class="told ${stay.state.kind}">${stay.state.text}</p>
    ${
      stay.doors.length > 0 &&
      html`<p>Doors</p>
        <ul class="plain">
          ${stay.doors.map((name) => html`<li>${name}</li>`)}
        </ul>`
    }
  </li>
`

const spaceItem = ({ anchor, name, devices }: ShownSpace): Html => html`
  <li id="${anchor}">
    <h3>${name}</h3>
    ${
      devices.length === 0
        ? html`<p class="quiet">No device is here yet, so a stay here gets no access.</p>`
        : html`<ul class="plain">
            ${devices.map((it) => html`<li>${it.name} <span class="quiet">${it.state}</span></li>`)}
          </ul>`
    }
  </li>
`

export interface Section {
  id: string
  title: string
  /** What is said when there is nothing in it. */
  none: string
  items: readonly Html[]
}

const section = ({ id, title, none, items }: Section): Html => html`
  <section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${
      items.length === 0
        ? html`<p class="quiet">${none}</p>`
        : html`<ul class="cards">
            ${items}
          </ul>`
    }
  </section>
`

export const staySection = (stays: readonly ShownStay[]): Section => ({
  id: 'stays',
  title: 'Stays',
  none: 'There is no stay.',
  items: stays.map(stayItem),
})

export const staffSection = (stays: readonly ShownStay[]): Section => ({
  id: 'staff',
  title: 'Staff',
  none: 'Nobody of the staff has access.',
  items: stays.map(stayItem),
})

export const spaceSection = (spaces: readonly ShownSpace[]): Section => ({
  id: 'spaces',
  title: 'Spaces',
  none: 'There is no space.',
  items: spaces.map(spaceItem),
})

export const accountSection = (names: readonly string[]): Section => ({
  id: 'accounts',
  title: 'Connected accounts',
  none: 'No account is connected.',
  items: names.map((name) => html`<li>${name}</li>`),
})

export const portalPage = (page: {
  customer_key: string
  company: string
  /** ISO 8601 */
  until: string
  sections: readonly Section[]
}): Html => {
  const { customer_key, company, until, sections } = page
  return whole(
    `${customer_key} – ${company}`,
    html`
      <h1>${customer_key}</h1>
      <p class="quiet">${company} · sandbox · link good until ${time(until, '')}</p>
      <nav aria-label="Parts of this page">
        <ul>
          ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
        </ul>
      </nav>
      ${sections.map(section)}
    `,
  )
}

/** Why a link shows nothing. */
export const noPortalPage = (title: string, text: string): Html =>
  whole(
    title,
    html`
      <h1>${title}</h1>
      <p class="told bad" role="alert">${text}</p>
    `,
  )
