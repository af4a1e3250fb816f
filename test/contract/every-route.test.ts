/** Every route of the table, with inputs made from its own schema, judged by Seam's document. */
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Endpoint } from '../../src/api/http/endpoint.ts'
import { encodeQuery } from '../../src/api/http/query-string.ts'
import { endpoints } from '../../src/api/seam/index.ts'
import { createContract } from '../support/openapi-contract.ts'
import { iso, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { furnish } from '../support/routes/furnish.ts'
import type { Furniture } from '../support/routes/furnish.ts'
import { fittingInputs, misfit, paramsOf } from '../support/routes/inputs.ts'
import { recipes, withoutFindings } from '../support/routes/recipes.ts'
import { jsonOf, send } from '../support/routes/send.ts'
import { deviations } from './deviations.ts'

const { assertMatchesOpenApi, coverage } = createContract()
const SEED = 20_250_101

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(async () => {
  await places.stop()
  console.log(coverage())
})

const answered = z.looseObject({
  error: z
    .object({
      type: z.string(),
      message: z.string(),
      validation_errors: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
})

interface Room {
  place: Place
  ids: Furniture
}

const openRoom = async (label: string): Promise<Room> => {
  const place = places.open(label)
  return { place, ids: await furnish(place) }
}

/** Sends the input as SDKs do; the answer was judged by the document. */
const ask = async (
  { place }: Room,
  { path }: Pick<Endpoint, 'path'>,
  input: Record<string, unknown>,
  method = 'POST',
) => {
  const inQuery = method === 'GET' || method === 'DELETE'
  const query = inQuery ? `?${encodeQuery({ ...input, _strict: true })}` : ''
  const answer = await send(places.running.port, {
    method,
    path: path + query,
    headers: {
      authorization: `Bearer ${tokenFor(path, place)}`,
      'content-type': 'application/json',
    },
    body: inQuery ? undefined : JSON.stringify(input),
  })
  const body = jsonOf(answer)
  if (!(path in deviations)) assertMatchesOpenApi(path, answer.status, body)
  return { status: answer.status, body: answered.parse(body) }
}

/** No workspace makes another: that takes a user's token. */
const tokenFor = (path: string, { api_key }: Place): string =>
  path === '/workspaces/create' ? api_key.replace('seam_test_', 'seam_at_test_') : api_key

const recipeOf = ({ path }: Endpoint, ids: Furniture) =>
  (recipes[path] ?? expect.unreachable(`${path} needs a recipe in test/support/routes`))(ids)

const label = ({ path }: Endpoint, part: string) => `${path.slice(1).replaceAll('/', '.')}.${part}`

describe.each(endpoints.map((endpoint) => ({ path: endpoint.path, endpoint })))(
  '$path',
  ({ endpoint }) => {
    const params = paramsOf(endpoint)
    // A refusal changes nothing, so those who are refused can share.
    let shared: Promise<Room> | undefined
    const sharedRoom = () => (shared ??= openRoom(label(endpoint, 'refused')))

    it('succeeds by each of its methods, with the keys that it declares', async () => {
      for (const method of endpoint.methods) {
        const room = await openRoom(label(endpoint, method))
        const { status, body } = await ask(room, endpoint, recipeOf(endpoint, room.ids), method)
        const missing = withoutFindings[endpoint.path]
        expect([status, body.error?.type], method).toEqual(
          missing === undefined
            ? [200, undefined]
            : [missing.endsWith('_not_found') ? 404 : 400, missing],
        )
        const unexpected = Object.keys(body).filter(
          (key) => key !== 'ok' && key !== 'error' && !(key in endpoint.result),
        )
        expect(unexpected, method).toEqual([])
        // What came of it, in events: judged as well.
        await room.place.advance('1h')
        await ask(room, { path: '/events/list' }, { since: iso(T0 - 1), limit: 1000 })
      }
    })

    it('answers as the document says, whatever else it is given that fits', async () => {
      const room = await openRoom(label(endpoint, 'fitting'))
      const recipe = recipeOf(endpoint, room.ids)
      await fc.assert(
        fc.asyncProperty(fittingInputs(params, recipe, room.ids), async (input) => {
          const { status } = await ask(room, endpoint, input)
          expect(status).toBeLessThan(500)
        }),
        { seed: SEED, numRuns: 12 },
      )
    })

    it('tells which parameter does not fit, in the words of zod 3', async () => {
      const room = await sharedRoom()
      const recipe = recipeOf(endpoint, room.ids)
      for (const [name, schema] of Object.entries(params.properties)) {
        const value = misfit(schema)
        if (value === undefined) continue
        const { status, body } = await ask(room, endpoint, { ...recipe, [name]: value })
        expect([status, body.error?.type], name).toEqual([400, 'invalid_input'])
        expect(Object.keys(body.error?.validation_errors ?? {}), name).toContain(name)
        expect(body.error?.message, name).toMatch(/Expected|Invalid/)
      }
    })

    it('tells which parameter is missing', async () => {
      const room = await sharedRoom()
      for (const name of params.required) {
        const { [name]: _, ...rest } = recipeOf(endpoint, room.ids)
        const { status, body } = await ask(room, endpoint, rest)
        expect([status, body.error?.type], name).toEqual([400, 'invalid_input'])
        // zod 3 says of a word that is the only one whether it is another or none.
        const isLiteral = params.properties[name]?.enum?.length === 1
        expect(body.error?.message, name).toContain(
          isLiteral ? `Invalid literal value, expected` : `${name} is required`,
        )
      }
    })

    it('finds nothing where there is nothing', async () => {
      const room = await sharedRoom()
      const nobody = '00000000-0000-4000-8000-00000000dead'
      const recipe = recipeOf(endpoint, room.ids)
      for (const [name, value] of Object.entries(recipe)) {
        if (!name.endsWith('_id') || typeof value !== 'string') continue
        const { status, body } = await ask(room, endpoint, { ...recipe, [name]: nobody })
        if (status === 200) continue
        expect([name, status, body.error?.type]).toEqual([
          name,
          404,
          expect.stringMatching(/_not_found$/),
        ])
      }
    })
  },
)
