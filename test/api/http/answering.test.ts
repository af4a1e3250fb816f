import { expect, test } from 'vitest'
import { z } from 'zod'
import { thisTurn } from '../../../src/api/answers/answer-turn.ts'
import { createAnswering } from '../../../src/api/app.ts'
import { serverAuth } from '../../../src/api/http/auth.ts'
import { defineEndpoint } from '../../../src/api/http/endpoint.ts'
import type { Soon } from '../../../src/lib/known.ts'
import { createTestUniverse, testServices } from '../../support/api-universe.ts'

const read = defineEndpoint({
  path: '/devices/get',
  methods: ['POST'],
  auth: serverAuth,
  effect: 'read',
  params: () => z.object({ fail: z.boolean().optional() }),
  result: () => ({}),
  handler: (_, { fail }) => {
    if (fail === true) throw new Error('a bug')
    return {}
  },
})

const answering = createAnswering(
  {
    universe: createTestUniverse(),
    services: testServices,
    auth: { isMember: () => false },
    reportError: () => undefined,
    wholeTurns: true,
  },
  { api: [read], control: [], compat: [] },
)

/** What happens, in its order, from a call that comes with its body until its turn is over. */
const orderOf = async (text: () => Soon<string>) => {
  const seen: string[] = []
  const headers = new Map([
    ['authorization', 'Bearer seam_test_one'],
    ['content-type', 'application/json'],
  ])
  await new Promise<void>((resolve) => {
    const incoming = {
      method: 'POST',
      path: '/devices/get',
      query: '',
      origin: 'http://localhost',
      header: (name: string) => headers.get(name),
      text,
      node: {},
    }
    answering(incoming, {
      reply: ({ status }) => {
        seen.push(String(status))
        resolve()
      },
      fail: () => seen.push('failed'),
    })
    void Promise.resolve().then(() => seen.push('a promise'))
    thisTurn().atEnd(() => seen.push('the end of the turn'), true)
  })
  await thisTurn().end()
  return seen
}

test('a call whose body is there is answered without waiting for a promise', async () => {
  expect(await orderOf(() => '{}')).toEqual(['a promise', '200', 'the end of the turn'])
})

test('so is one that fails', async () => {
  expect(await orderOf(() => '{"fail":true}')).toEqual(['a promise', '500', 'the end of the turn'])
})

test('a call whose body has yet to come waits for it', async () => {
  const late = () =>
    new Promise<string>((resolve) => {
      setImmediate(() => resolve('{}'))
    })
  expect(await orderOf(late)).toEqual(['a promise', 'the end of the turn', '200'])
})
