/**
 * What is kept of answers (rows as they were shown, texts, whole lists) never outlives what it was made
 * of: whatever is done, every route that reads answers what it would if it had never been asked before.
 */
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../src/api/seam/index.ts'
import { controlRoutes } from '../../src/contract/index.ts'
import type { AnyRoute } from '../../src/contract/route.ts'
import { tableNames } from '../../src/db/tables/index.ts'
import { testServices } from '../support/api-universe.ts'
import { prepared } from '../support/contract-examples.ts'
import { runs } from '../support/experiment.ts'
import { createFetchApp } from '../support/fetch-app.ts'
import { openUniverse } from '../support/frozen-world.ts'
import { startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'
import { furnish } from '../support/routes/furnish.ts'
import type { Furniture } from '../support/routes/furnish.ts'
import { recipes } from '../support/routes/recipes.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces({ check_responses: false })
})
afterAll(() => places.stop())

interface Room {
  place: Place
  ids: Furniture
  workspace_id: string
}

const openRoom = async (label: string): Promise<Room> => {
  const place = places.open(label)
  const ids = await furnish(place)
  const { workspace } = await place.seam.client
    .post<{ workspace: { workspace_id: string } }>('/workspaces/get')
    .then(({ data }) => data)
  return { place, ids, workspace_id: workspace.workspace_id }
}

const reading = endpoints.filter(({ effect }) => effect === 'read')

type App = ReturnType<typeof createFetchApp>

const appOver = (universe: Places['running']['universe']): App =>
  createFetchApp({
    universe,
    services: testServices,
    auth: { isMember: () => false },
    reportError: (error) => {
      throw error
    },
  })

const isList = ({ path }: { path: string }) => path.endsWith('/list')

const answerOf = async (app: App, { place }: Room, path: string, body: string): Promise<string> => {
  const answer = await app.request(path, {
    method: 'POST',
    headers: { authorization: `Bearer ${place.api_key}`, 'content-type': 'application/json' },
    body,
  })
  return answer.text()
}

/** What every route that reads answers, by its path and what it is asked. */
const allAnswers = async (
  app: App,
  room: Room,
  asked = reading,
  others: readonly object[] = [{}, { limit: 3 }],
): Promise<Map<string, string>> => {
  const answers = new Map<string, string>()
  for (const endpoint of asked) {
    const { path } = endpoint
    for (const other of isList(endpoint) ? others : [{}]) {
      const body = JSON.stringify({ ...recipes[path]?.(room.ids), ...other })
      answers.set(`${path} ${body}`, await answerOf(app, room, path, body))
    }
  }
  return answers
}

const lists = reading.filter(isList)
let asked = 0

/** Has everything kept that is: each row by a list that was never asked for, each list when it is asked for again. */
const keepAll = async (app: App, room: Room): Promise<void> => {
  asked += 1
  await allAnswers(app, room, lists, [{ limit: 500 + asked }])
  await allAnswers(app, room)
  await allAnswers(app, room, lists)
}

/** The same of a universe and of rows that nobody has seen before. */
const freshAnswers = (room: Room): Promise<Map<string, string>> => {
  const { universe } = places.running
  universe.db.flush(1_000_000)
  universe.read(room.workspace_id, (world) => {
    for (const name of tableNames) world[name].forget()
  })
  return allAnswers(appOver(openUniverse({ db: universe.db })), room)
}

interface Deed {
  name: string
  /** Of those that are tried in any order a refusal is no harm. */
  act: (room: Room) => Promise<unknown>
}

const bySeam: Deed[] = endpoints
  .filter(({ effect, path }) => effect !== 'read' && path !== '/workspaces/create')
  .map(({ path }) => ({
    name: path,
    act: ({ place, ids }) => place.raw(path, recipes[path]?.(ids) ?? {}),
  }))

/** What looks only, has no end, or takes the workspace away from under the test. */
const isOther = ({ path, methods, streams }: AnyRoute): boolean =>
  streams === undefined &&
  !path.includes(':') &&
  !methods.includes('GET') &&
  !path.startsWith('/_emulator/workspaces/') &&
  // A clock that runs would not wait for the second look.
  !path.startsWith('/_emulator/clock/')

const byControl: Deed[] = controlRoutes.filter(isOther).map((route) => ({
  name: route.path,
  act: async ({ place }) => {
    const body = await prepared(route, place.endpoint, async (path, given) =>
      z.looseObject({}).parse((await place.raw(path, given)).body),
    )
    return place.raw(route.path, body)
  },
}))

const leap = (by: string): Deed => ({
  name: `advance ${by}`,
  act: ({ place }) => place.advance(by),
})

const setting = (settings: object): Deed => ({
  name: `settings ${JSON.stringify(settings)}`,
  act: ({ place }) => place.control('settings/update', settings),
})

const others: Deed[] = [
  ...['1s', '17s', '3m', '50m', '5h', '26h', '4d', '40d'].map(leap),
  setting({ api_version: '1.1038' }),
  setting({ api_version: '1.977' }),
  setting({ poll_interval: '10m' }),
  {
    name: 'the clock runs for a moment',
    act: async ({ place }) => {
      await place.control('clock/resume', { rate: 3_600 })
      return place.control('clock/freeze')
    },
  },
  {
    name: 'reset',
    act: ({ place }) => place.emulator.workspaces.reset(),
  },
  {
    name: 'what was is put back',
    act: async ({ place }) => {
      const snapshot = await place.emulator.snapshots.export()
      await place.advance('3h')
      return place.emulator.snapshots.import({ snapshot })
    },
  },
]

const deeds = [...bySeam, ...byControl, ...others]

/** One that has to succeed. */
const call = (path: string, body: (ids: Furniture) => object): Deed => ({
  name: path,
  act: async ({ place, ids }) => {
    const answer = await place.raw(path, body(ids))
    expect(answer).toMatchObject({ status: 200 })
  },
})

const leaps = (...by: string[]): Deed[] => by.map(leap)

const madeSite = z.looseObject({
  acs_system: z.looseObject({
    acs_system_id: z.string(),
    encoders: z.array(z.looseObject({ acs_encoder_id: z.string() })),
    access_groups: z.array(z.looseObject({ acs_access_group_id: z.string() })),
  }),
})
const madeUser = z.looseObject({ acs_user: z.looseObject({ acs_user_id: z.string() }) })
const madeCredential = z.looseObject({
  acs_credential: z.looseObject({ acs_credential_id: z.string() }),
})

/** A guest with a card for what the groups of Salto Space open, and one of Salto KS who may come in an hour. */
const openSites: Deed = {
  name: 'two more sites',
  act: async ({ place: { raw }, ids }) => {
    const space = madeSite.parse(
      (await raw('/_emulator/acs_systems/create', { model: 'salto_space' })).body,
    ).acs_system
    const { acs_system_id } = space
    const acs_access_group_id = space.access_groups[0]?.acs_access_group_id ?? ''
    const guest = { acs_system_id, full_name: 'Dee', acs_access_group_ids: [acs_access_group_id] }
    const { acs_user_id } = madeUser.parse((await raw('/acs/users/create', guest)).body).acs_user
    const card = { acs_user_id, access_method: 'card' }
    const made = madeCredential.parse((await raw('/acs/credentials/create', card)).body)
    Object.assign(ids, {
      space_user: acs_user_id,
      space_group: acs_access_group_id,
      space_card: made.acs_credential.acs_credential_id,
      space_encoder: space.encoders[0]?.acs_encoder_id ?? '',
    })
    const ks = await raw('/_emulator/acs_systems/create', { model: 'salto_ks' })
    const now = await raw('/_emulator/clock/get')
    const at = Date.parse(
      z.object({ clock: z.looseObject({ now: z.string() }) }).parse(now.body).clock.now,
    )
    const hours = (count: number) => new Date(at + count * 3_600_000).toISOString()
    return raw('/acs/users/create', {
      acs_system_id: madeSite.parse(ks.body).acs_system.acs_system_id,
      full_name: 'Eve',
      access_schedule: { starts_at: hours(1), ends_at: hours(3) },
    })
  },
}

/** What no single deed shows: things that look otherwise by time alone, or by what is far from them. */
const tales: Readonly<Record<string, Deed[]>> = {
  'a loud evening': [
    call('/_emulator/noise_sensors/play', ({ noise_sensor_id }) => ({
      device_id: noise_sensor_id,
      segments: [{ after: '0s', for: '40h', decibels: 62 }],
    })),
    ...leaps('5h', '5h', '5h', '5h', '5h', '5h', '5h', '5h'),
  ],
  'a room and its schedules': [
    call('/thermostats/schedules/update', ({ thermostat_schedule_id }) => ({
      thermostat_schedule_id,
      name: 'Long stay',
    })),
    call('/thermostats/daily_programs/update', ({ thermostat_daily_program_id }) => ({
      thermostat_daily_program_id,
      name: 'Work',
      periods: [{ starts_at_time: '08:00:00', climate_preset_key: 'home' }],
    })),
    call('/thermostats/heat', ({ thermostat_id }) => ({
      device_id: thermostat_id,
      heating_set_point_celsius: 24,
    })),
    ...leaps('3m', '3m', '50m', '26h', '4d'),
  ],
  'a code with a window': [
    call('/access_codes/create', ({ device_id }) => ({
      device_id,
      code: '7391',
      starts_at: '2025-01-06T12:00:00.000Z',
      ends_at: '2025-01-06T18:00:00.000Z',
    })),
    ...leaps('17s', '26h', '26h', '26h', '26h', '5h', '5h', '50m', '5h'),
  ],
  'users, groups and cards': [
    openSites,
    leap('3m'),
    call('/acs/encoders/encode_credential', ({ space_encoder, space_card }) => ({
      acs_encoder_id: space_encoder,
      acs_credential_id: space_card,
    })),
    leap('3m'),
    call('/acs/users/remove_from_access_group', ({ space_user, space_group }) => ({
      acs_user_id: space_user,
      acs_access_group_id: space_group,
    })),
    leap('3m'),
    call('/acs/users/update', ({ space_user }) => ({
      acs_user_id: space_user,
      access_schedule: { starts_at: '2025-01-02T00:00:00.000Z', ends_at: '2025-02-02T00:00:00Z' },
    })),
    ...leaps('50m', '50m', '50m', '50m'),
    call('/acs/credentials/unassign', ({ space_user, space_card }) => ({
      acs_user_id: space_user,
      acs_credential_id: space_card,
    })),
    leap('3m'),
  ],
  'a person of another name': [
    call('/user_identities/add_acs_user', ({ user_identity_id, acs_user_id }) => ({
      user_identity_id,
      acs_user_id,
    })),
    call('/user_identities/update', ({ user_identity_id }) => ({
      user_identity_id,
      full_name: 'Ann Else',
      email_address: 'ann@example.com',
    })),
    call('/acs/credentials/delete', ({ acs_credential_id }) => ({ acs_credential_id })),
    setting({ api_version: '1.1038' }),
    call('/user_identities/delete', ({ user_identity_id }) => ({ user_identity_id })),
  ],
}

/** Every deed once, in an order of its own. */
const orders = fc.sample(
  fc.shuffledSubarray(deeds, { minLength: deeds.length, maxLength: deeds.length }),
  runs(1),
)
const IN_A_ROOM = 12

const random = orders.flatMap((order, nth) =>
  Array.from({ length: Math.ceil(order.length / IN_A_ROOM) }, (_, part) => ({
    label: `everything once, ${nth + 1}.${part + 1}`,
    isTold: false,
    story: order.slice(part * IN_A_ROOM, (part + 1) * IN_A_ROOM),
  })),
)

const chapters = [
  ...Object.entries(tales).map(([label, story]) => ({ label, story, isTold: true })),
  ...random,
]

describe('no route that reads answers anything that is no longer so', () => {
  test.each(chapters)('$label: after each thing that is done', async ({ label, story, isTold }) => {
    const room = await openRoom(label.replaceAll(/\W+/g, '-'))
    const app = appOver(places.running.universe)
    const done: string[] = []
    for (const { name, act } of story) {
      await keepAll(app, room)
      done.push(name)
      await (isTold ? act(room) : act(room).catch(() => undefined))
      const answered = await allAnswers(app, room)
      const fresh = await freshAnswers(room)
      for (const [question, answer] of fresh) {
        if (answered.get(question) === answer) continue
        expect({ done, question, answer: answered.get(question) }).toEqual({
          done,
          question,
          answer,
        })
      }
    }
  })
})
