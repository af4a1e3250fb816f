/** Every parameter that names something, alone and beside what a route needs, when there is no such thing. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../src/api/seam/index.ts'
import { startPlaces } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { furnish } from '../support/routes/furnish.ts'
import type { Furniture } from '../support/routes/furnish.ts'
import { paramsOf } from '../support/routes/inputs.ts'
import { recipes } from '../support/routes/recipes.ts'
import { send } from '../support/routes/send.ts'

let places: Awaited<ReturnType<typeof startPlaces>>
let place: Place
let ids: Furniture
beforeAll(async () => {
  places = await startPlaces()
  place = places.open('unknown-ids')
  ids = await furnish(place)
})
afterAll(() => places.stop())

const NOBODY = '99999999-9999-4999-8999-999999999999'

/** A key that nothing is ever made with, as what is made with unknown keys is there from then on. */
const NO_KEY = 'nobody-at-all'

/** Asked of the newer version of the API alone; the one of before takes no notice of it. */
const isOfNewer = (path: string, name: string): boolean =>
  path === '/acs/entrances/list' && name === 'access_method_id'

/** Each parameter of ids or keys, by what there is not. */
const asked = endpoints
  .filter(({ path }) => !path.includes(':') && !path.startsWith('/workspaces/'))
  .flatMap((endpoint) =>
    Object.keys(paramsOf(endpoint).properties)
      .filter((name) => /_(?:id|key)s?$/.test(name) && !isOfNewer(endpoint.path, name))
      .map((name) => {
        const isKey = endpoint.path.endsWith('/list') && /_keys?$/.test(name)
        const value = isKey ? NO_KEY : NOBODY
        return { endpoint, more: { [name]: name.endsWith('s') ? [value] : value } }
      }),
  )

const answer = z.record(z.string(), z.unknown())

/** Whether a list has anything in it. */
const somethingIn = (text: string): boolean =>
  Object.values(answer.parse(JSON.parse(text))).some((it) => Array.isArray(it) && it.length > 0)

test('what is not there is not found, refused or answered with nothing, and never an error of ours', async () => {
  expect(asked.length).toBeGreaterThan(300)
  const headers = {
    authorization: `Bearer ${place.api_key}`,
    'content-type': 'application/json',
  }
  const broken: string[] = []
  const found: string[] = []
  for (const { endpoint, more } of asked) {
    const { path } = endpoint
    for (const body of [more, { ...recipes[path]?.(ids), ...more }]) {
      const request = { method: 'POST', path, headers, body: JSON.stringify(body) }
      const { status, text } = await send(places.running.port, request)
      if (status === 200 && path.endsWith('/list') && somethingIn(text))
        found.push(`${path} ${JSON.stringify(more)}`)
      if (status >= 500) broken.push(`${path} ${JSON.stringify(body)} → ${text}`)
    }
  }
  expect(broken).toEqual([])
  expect(found).toEqual([])
})
