/** Every route with input that nobody should send: no 500, no hang, and nothing changes on a 4xx. */
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compatEndpoints } from '../../src/api/vendor-fake/index.ts'
import { controlEndpoints } from '../../src/api/control/index.ts'
import type { Endpoint } from '../../src/api/http/endpoint.ts'
import { endpoints } from '../../src/api/seam/index.ts'
import { createContract } from '../support/openapi-contract.ts'
import { startPlaces } from '../support/place.ts'
import { dumpOf, GONE } from '../support/routes/dump.ts'
import { furnish } from '../support/routes/furnish.ts'
import { paramsOf } from '../support/routes/inputs.ts'
import { recipes } from '../support/routes/recipes.ts'
import { jsonOf, send } from '../support/routes/send.ts'
import type { RawRequest } from '../support/routes/send.ts'

const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 25)

const { assertMatchesOpenApi } = createContract()

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

/** Values that have hurt programs before. */
const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '😀'.repeat(50),
    'a'.repeat(100_000),
    "'; drop table access_codes; --",
    '%',
    '../../etc/passwd',
    '__proto__',
    '2025-13-45T99:99:99Z',
    '-271821-04-20T00:00:00Z',
    '+275760-09-13T00:00:00.001Z',
    '9999-12-31T23:59:59.999Z',
    '00000000-0000-0000-0000-000000000000',
    'http://[::1',
    '1e309',
    [],
    {},
    [[]],
    [null],
    { a: { b: { c: {} } } },
    Array.from({ length: 2000 }, (_, index) => index),
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Bodies that are no JSON object at all. */
const noObject = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    '1',
    '"text"',
    '[]',
    '{',
    '{"device_id":',
    "{'device_id': 1}",
    '{"a":1,}',
    '\uFEFF{}',
    '{"__proto__":{"is_managed":false}}',
    '{"constructor":{"prototype":{}}}',
    '{"device_id":"a","device_id":"b"}',
    'device_id=1&name=2',
    '<xml/>',
    `{"a":${nested(5_000)}}`,
    nested(20_000),
    `{"a":"${'x'.repeat(300_000)}"}`,
  ),
  fc.string({ unit: 'binary' }),
)

const contentTypes = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  '',
  ';;;',
)

const methods = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'HEAD')

/** Query strings: the route's own names among odd ones, with odd values. */
const queries = (names: readonly string[]): fc.Arbitrary<string> => {
  const name = fc.constantFrom(...names, '_strict', '', 'a.b.c', 'a[]', '__proto__', 'toString')
  const suffix = fc.constantFrom('', '', '', '[]', '[0]', '.', '.x', '.x.y')
  const value = fc.oneof(
    fc.constantFrom('', 'true', '1', 'a,b', ',', '%', '%ff', '%00', '+', '='.repeat(5)),
    fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(text.toWellFormed())),
  )
  const pair = fc.tuple(name, suffix, value).map(([a, b, c]) => `${a}${b}=${c}`)
  return fc.array(pair, { maxLength: 5 }).map((pairs) => pairs.join('&'))
}

const chosenMethod = fc.tuple(methods, fc.boolean())

/** Requests to the endpoint, of which some come close to what it takes. */
const requests = (
  endpoint: Endpoint,
  recipe: Record<string, unknown>,
  headers: Record<string, string>,
): fc.Arbitrary<RawRequest> => {
  const names = Object.keys(paramsOf(endpoint).properties)
  const spoilt = fc
    .dictionary(fc.constantFrom(...names, 'unknown'), nasty, { maxKeys: 3 })
    .map((changes) => JSON.stringify({ ...recipe, ...changes }))
  const body = fc.oneof({ weight: 3, arbitrary: spoilt }, { weight: 1, arbitrary: noObject })
  return fc
    .record({
      chosen: chosenMethod,
      body,
      type: contentTypes,
      isPlain: fc.boolean(),
      query: queries(names),
    })
    .map(({ chosen: [method, isOwn], body: text, type, isPlain, query }) => ({
      method: isOwn ? (endpoint.methods[0] ?? 'POST') : method,
      path: isPlain ? endpoint.path : `${endpoint.path}?${query}`,
      headers: { ...headers, 'content-type': isPlain ? 'application/json' : type },
      body: text,
    }))
}

const table = [...endpoints, ...controlEndpoints, ...compatEndpoints]

const described = ({ method, path, headers, body }: RawRequest): string =>
  `${method} ${path} (${headers['content-type']}) ${body?.slice(0, 500)}`

describe.each(table.map((endpoint) => ({ path: endpoint.path, endpoint })))(
  '$path',
  ({ endpoint }) => {
    it('stands whatever it is sent', async () => {
      const place = places.open(`fuzz.${endpoint.path.replaceAll(/[^a-z_]+/g, '.')}`)
      const ids = await furnish(place)
      const { running } = places
      const workspace_id = running.workspaceOf(place.api_key)
      const headers = { authorization: `Bearer ${place.api_key}` }
      const recipe = recipes[endpoint.path]?.(ids) ?? ids
      await fc.assert(
        fc.asyncProperty(requests(endpoint, recipe, headers), async (request) => {
          const before = dumpOf(running.universe, workspace_id)
          const answer = await send(running.port, request)
          expect(answer.status, `${described(request)} → ${answer.text}`).toBeLessThan(500)
          if (answer.status < 400) {
            // Time that runs would change the world by itself.
            if (endpoint.path === '/_emulator/clock/resume') await place.control('clock/freeze')
            return
          }
          const body = request.method === 'HEAD' ? undefined : jsonOf(answer)
          if (body !== undefined) assertMatchesOpenApi(endpoint.path, answer.status, body)
          // Whoever waits in vain has let time pass; a key that is used again opens its world again.
          if (answer.status === 408 || before === GONE) return
          const after = dumpOf(running.universe, workspace_id)
          expect(after === before, `${described(request)} changed the world`).toBe(true)
        }),
        { seed: SEED, numRuns: RUNS, endOnFailure: true },
      )
    })
  },
)
