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
