/** The page of a customer's portal: their stays, places and accounts. It needs no script. */
import { html } from 'hono/html'
import { portalStyles } from './customer-portal-styles.ts'
import type { Html } from './page.ts'
import { shell } from './shell.ts'

const whole = (title: string, content: Html): Html => shell(title, portalStyles, content)

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
  /** Cards and keys, each with how far it is. */
  keys: readonly string[]
  doors: readonly { name: string; state: string }[]
  state: Told
  /** What its automation did last, and when; null: it has not run. */
  last_run: { text: string; at: string } | null
}

interface Named {
  device_id: string
  name: string
}

export interface ShownSpace {
  anchor: string
  space_id: string
  name: string
  devices: readonly (Named & { state: string })[]
  /** Doors of access systems; what is there is changed by the API. */
  entrances: readonly string[]
  /** What could be put there. */
  others: readonly Named[]
}

/** Where forms go, and what opens the portal; null for one that only shows. */
export type Forms = { path: string; token: string } | null

const time = (at: string | null, open: string): Html =>
  at === null
    ? html`${open}`
    : html`<time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>`

const hidden = (fields: Readonly<Record<string, string>>): Html[] =>
  Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )

const lastRun = ({ last_run }: ShownStay): Html | false =>
  last_run !== null &&
  html`<p class="quiet">Last automation: ${last_run.text}, ${time(last_run.at, '')}</p>`

const stayItem = (stay: ShownStay): Html => html`
  <li id="${stay.anchor}">
    <h3>${stay.title}</h3>
    <p class="quiet">
      ${stay.places === '' ? 'No place' : stay.places} · ${time(stay.starts_at, 'from now')} –
      ${time(stay.ends_at, 'no end')}
    </p>
    ${stay.pins.map((pin) => html`<p>PIN <span class="pin">${pin}</span></p>`)}
    ${stay.keys.map((key) => html`<p>${key}</p>`)}
    <p class="told ${stay.state.kind}">${stay.state.text}</p>
    ${
      stay.doors.length > 0 &&
      html`<h4>Doors</h4>
        <ul class="rows">
          ${stay.doors.map(
            ({ name, state }) =>
              html`<li>
                <span>${name} <span class="quiet">${state}</span></span>
              </li>`,
          )}
        </ul>`
    }
    ${lastRun(stay)}
  </li>
`

const removal = (
  { path, token }: NonNullable<Forms>,
  space: ShownSpace,
  { device_id, name }: Named,
): Html => html`
  <form method="post" action="${path}">
    ${hidden({ token, action: 'remove_device', space_id: space.space_id, device_id })}
    <button aria-label="Remove ${name} from ${space.name}">Remove</button>
  </form>
`

const addition = ({ path, token }: NonNullable<Forms>, space: ShownSpace): Html => html`
  <form method="post" action="${path}" class="add">
    ${hidden({ token, action: 'add_device', space_id: space.space_id })}
    <label
      >Device for ${space.name}
      <select name="device_id">
        ${space.others.map(
          ({ device_id, name }) => html`<option value="${device_id}">${name}</option>`,
        )}
      </select>
    </label>
    <button aria-label="Add the device to ${space.name}">Add</button>
  </form>
`

const spaceItem = (forms: Forms, space: ShownSpace): Html => html`
  <li id="${space.anchor}">
    <h3>${space.name}</h3>
    ${
      space.devices.length + space.entrances.length === 0
        ? html`<p class="quiet">No door is here yet, so a stay here gets no access.</p>`
        : html`<ul class="rows">
            ${space.devices.map(
              (it) =>
                html`<li>
                  <span>${it.name} <span class="quiet">${it.state}</span></span>
                  ${forms !== null && removal(forms, space, it)}
                </li>`,
            )}
            ${space.entrances.map((name) => html`<li><span>${name}</span></li>`)}
          </ul>`
    }
    ${forms !== null && space.others.length > 0 && addition(forms, space)}
  </li>
`

export interface Section {
  id: string
  title: string
  /** What is said when there is nothing in it. */
  none: string
  items: readonly Html[]
  /** What can be done beside. */
  after?: Html | undefined
}

const section = ({ id, title, none, items, after }: Section): Html => html`
  <section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${
      items.length === 0
        ? html`<p class="quiet">${none}</p>`
        : html`<ul class="cards">
            ${items}
          </ul>`
    }
    ${after}
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

export const spaceSection = (spaces: readonly ShownSpace[], forms: Forms): Section => ({
  id: 'spaces',
  title: 'Spaces',
  none: 'There is no space.',
  items: spaces.map((space) => spaceItem(forms, space)),
})

const connecting = ({ path, token }: NonNullable<Forms>): Html => html`
  <form method="post" action="${path}" class="add">
    ${hidden({ token, action: 'connect' })}
    <button class="main">Connect an account</button>
  </form>
`

export const accountSection = (names: readonly string[], forms: Forms): Section => ({
  id: 'accounts',
  title: 'Connected accounts',
  none: 'No account is connected.',
  items: names.map((name) => html`<li>${name}</li>`),
  after: forms === null ? undefined : connecting(forms),
})

export const portalPage = (page: {
  customer_key: string
  company: string
  /** ISO 8601 */
  until: string
  sections: readonly Section[]
  /** What came of the last press of a button. */
  told: string | null
}): Html => {
  const { customer_key, company, until, sections, told } = page
  return whole(
    `${customer_key} – ${company}`,
    html`
      <h1>${customer_key}</h1>
      <p class="quiet">${company} · sandbox · link good until ${time(until, '')}</p>
      ${told !== null && html`<p class="told good" role="status">${told}</p>`}
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
