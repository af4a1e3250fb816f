/** However deep an input is: it is refused, or nothing is made of it. No 500, and no hang. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { controlEndpoints } from '../../src/api/control/index.ts'
import { endpoints } from '../../src/api/seam/index.ts'
import { startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'
import { furnish } from '../support/routes/furnish.ts'
import type { Furniture } from '../support/routes/furnish.ts'
import { paramsOf } from '../support/routes/inputs.ts'
import { recipes } from '../support/routes/recipes.ts'
import { resolved } from '../support/seam-document.ts'
import type { SeamSchema } from '../support/seam-document.ts'
import { send } from '../support/routes/send.ts'

const DEPTH = 100_000
const lists = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`
const objects = `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`

let places: Places
let place: Place
let ids: Furniture
beforeAll(async () => {
  places = await startPlaces()
  place = places.open('depth')
  ids = await furnish(place)
})
afterAll(() => places.stop())

const routes = [...endpoints, ...controlEndpoints].filter(
  ({ path, methods }) => methods.includes('POST') && !path.includes(':'),
)

/** Ends the workspace, which others here need: asked as one that is not there. */
const tokenFor = (path: string): string =>
  path === '/_emulator/workspaces/delete' ? 'seam_test_depth_gone' : place.api_key

/** The recipe of the route, with more keys, whose values are given as text. */
const withKeys = (path: string, deep: Readonly<Record<string, string>>): string => {
  const rest = Object.entries(recipes[path]?.(ids) ?? {}).filter(([name]) => !(name in deep))
  const all = [
    ...rest.map(([name, value]) => [name, JSON.stringify(value)]),
    ...Object.entries(deep),
  ]
  return `{${all.map(([name = '', text]) => `${JSON.stringify(name)}:${text}`).join()}}`
}

/** Whether a value with parts fits there, so that somebody may walk through it. */
const hasParts = (given: SeamSchema): boolean => {
  const { type, anyOf, oneOf } = resolved(given)
  const parts = [...(anyOf ?? []), ...(oneOf ?? [])]
  return parts.length > 0
    ? parts.some(hasParts)
    : type !== 'string' && type !== 'boolean' && type !== 'integer' && type !== 'number'
}

const statusOf = async (path: string, body: string): Promise<string> => {
  const headers = { authorization: `Bearer ${tokenFor(path)}`, 'content-type': 'application/json' }
  const { status, text } = await send(places.running.port, { method: 'POST', path, headers, body })
  return status < 500 ? 'no harm' : `${status} ${text.slice(0, 300)}`
}

describe('an input a hundred thousand deep does no harm', () => {
  it.each(routes.map((endpoint) => [endpoint.path, endpoint] as const))(
    '%s: under an unknown key, and under those that it knows',
    async (path, endpoint) => {
      const { properties } = paramsOf(endpoint)
      const open = Object.keys(properties).filter((key) => hasParts(properties[key] ?? {}))
      const plain = Object.keys(properties).filter((key) => !open.includes(key))
      const all = (keys: string[], deep: string) =>
        withKeys(path, Object.fromEntries(keys.slice(0, 7).map((key) => [key, deep])))
      const bodies = [
        withKeys(path, { no_such_key: objects }),
        all([...plain.slice(0, 2), 'no_such_key'], lists),
        ...(open.length > 0 ? [all(open, lists), all(open, objects)] : []),
      ]
      for (const body of bodies) {
        expect([body.slice(0, 100), await statusOf(path, body)]).toEqual([
          body.slice(0, 100),
          'no harm',
        ])
      }
    },
  )

  test('under keys of metadata, and in filters by them', async () => {
    for (const [path, key] of [
      ['/devices/list', 'custom_metadata_has'],
      ['/devices/update', 'custom_metadata'],
    ] as const) {
      const { body, status } = await place.raw(path, {
        ...recipes[path]?.(ids),
        [key]: { a: { b: {} } },
      })
      expect([status, body]).toMatchObject([400, { error: { type: 'invalid_input' } }])
    }
  })
})
