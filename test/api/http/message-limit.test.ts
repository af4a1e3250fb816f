/** An error says in few words what is wrong, however much was sent. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { serverAuth } from '../../../src/api/http/auth.ts'
import { defineEndpoint } from '../../../src/api/http/endpoint.ts'
import { apiError } from '../../../src/api/http/errors.ts'
import { createTestApp, post } from '../../support/api-universe.ts'

const failing = (path: `/${string}`, error: () => Error) =>
  defineEndpoint({
    path,
    methods: ['POST'],
    auth: serverAuth,
    effect: 'read',
    params: () => z.object({}),
    result: () => ({}),
    handler: () => {
      throw error()
    },
  })

const app = createTestApp([
  failing('/refused/long', () => apiError(400, 'refused', 'x'.repeat(2_001))),
  failing('/refused/short', () => apiError(400, 'refused', 'x'.repeat(2_000))),
  failing('/refused/plain', () => apiError(400, 'refused', 'x'.repeat(100_000), { plain: true })),
  failing('/broken', () => new Error('y'.repeat(100_000))),
])

const answered = z.object({ error: z.object({ message: z.string() }) })
const messageOf = async (path: string): Promise<string> =>
  answered.parse(await (await app.request(path, post({}))).json()).error.message

test('a message of up to 2,000 characters is told whole', async () => {
  expect(await messageOf('/refused/short')).toBe('x'.repeat(2_000))
})

test('a longer one is cut after 2,000 characters, and shows that it is', async () => {
  expect(await messageOf('/refused/long')).toBe(`${'x'.repeat(2_000)}…`)
})

test('so is one that is no JSON', async () => {
  const response = await app.request('/refused/plain', post({}))
  expect(await response.text()).toBe(`${'x'.repeat(2_000)}…`)
})

test('so is that of a bug, with the id of the request before it', async () => {
  const message = await messageOf('/broken')
  expect(message).toMatch(/^This is a bug of the emulator, whose log has more on \S+: y+…$/)
  expect(message).toHaveLength(2_001)
})

const wordy = z.object({
  kinds: z.array(z.enum(Array.from({ length: 200 }, (_, n) => `kind_${n}`))).optional(),
  either: z.array(z.union([z.object({ a: z.number() }), z.object({ b: z.number() })])).optional(),
  table: z.record(z.string(), z.number()).optional(),
})

const strictApp = createTestApp([
  defineEndpoint({
    path: '/wordy',
    methods: ['POST'],
    auth: serverAuth,
    effect: 'read',
    params: () => wordy,
    result: () => ({}),
    handler: () => ({}),
  }),
])

const manyNames = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`z${n}`, 'z']))

test.each([
  ['wrong words', { kinds: Array.from({ length: 1_000 }, () => 'x'.repeat(1_000)) }],
  ['alternatives', { either: Array.from({ length: 1_000 }, () => ({})) }],
  ['long names', { table: { ...manyNames, ['n'.repeat(9_000)]: 'x', ['m'.repeat(9_000)]: 'y' } }],
])('what is told of %s is bounded, and says how much is left out', async (_, body) => {
  const response = await strictApp.request('/wordy', post(body))
  expect(response.status).toBe(400)
  const text = await response.text()
  expect(text.length).toBeLessThan(10_000)
  const rest = z.object({
    error: z.object({ validation_errors: z.looseObject({ _errors: z.array(z.string()) }) }),
  })
  expect(rest.parse(JSON.parse(text)).error.validation_errors['_errors']).toEqual([
    expect.stringMatching(/^\d+ more are not told$/),
  ])
})

test('a mistake that fits is told as it is', async () => {
  const response = await strictApp.request('/wordy', post({ table: { a: 'x' } }))
  expect(await response.json()).toMatchObject({
    error: {
      validation_errors: {
        _errors: [],
        table: { a: { _errors: ['Expected number, received string'] } },
      },
    },
  })
})
