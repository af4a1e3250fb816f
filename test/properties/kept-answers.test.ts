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

/** What every route that reads answers, by its path and what it is asked. */
const allAnswers = async (
  app: App,
  { place, ids }: Room,
  asked = reading,
): Promise<Map<string, string>> => {
  const answers = new Map<string, string>()
  for (const { path } of asked) {
    const least = recipes[path]?.(ids) ?? {}
    for (const body of path.endsWith('/list') ? [least, { ...least, limit: 3 }] : [least]) {
      const text = JSON.stringify(body)
      const answer = await app.request(path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${place.api_key}`,
          'content-type': 'application/json',
        },
        body: text,
      })
      answers.set(`${path} ${text}`, await answer.text())
    }
  }
  return answers
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
  /** Answers what it was answered; a refusal is no harm. */
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

/** Every deed once, in an order of its own. */
const orders = fc.sample(
  fc.shuffledSubarray(deeds, { minLength: deeds.length, maxLength: deeds.length }),
  runs(1),
)
const IN_A_ROOM = 12

const chapters = orders.flatMap((order, nth) =>
  Array.from({ length: Math.ceil(order.length / IN_A_ROOM) }, (_, part) => ({
    label: `kept-${nth}-${part}`,
    story: order.slice(part * IN_A_ROOM, (part + 1) * IN_A_ROOM),
  })),
)

describe('no route that reads answers anything that is no longer so', () => {
  test.each(chapters)('$label: after each thing that is done', async ({ label, story }) => {
    const room = await openRoom(label)
    const app = appOver(places.running.universe)
    const done: string[] = []
    for (const { name, act } of story) {
      await allAnswers(app, room)
      // The second time is what makes a list worth keeping as text.
      await allAnswers(
        app,
        room,
        reading.filter(({ path }) => path.endsWith('/list')),
      )
      await act(room).catch(() => undefined)
      done.push(name)
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
