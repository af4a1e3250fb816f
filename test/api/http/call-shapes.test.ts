import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineEndpoint } from '../../../src/api/http/endpoint.ts'
import { createTestApp, post } from '../../support/api-universe.ts'
import { shapeComparer } from '../../support/shapes.ts'

const common = {
  methods: ['POST'] as const,
  auth: ['api_key'] as const,
  params: () => z.object({}),
  result: () => ({}),
}

test('what handlers are given has the same shape in every call, so that nothing of one outlives it', async () => {
  const given: Record<string, object[]> = { read: [], write: [], async: [] }
  const keep = (effect: string) => (context: object) => {
    given[effect]?.push(context)
    return {}
  }
  const app = createTestApp([
    defineEndpoint({ ...common, path: '/read', effect: 'read', handler: keep('read') }),
    defineEndpoint({ ...common, path: '/write', effect: 'write', handler: keep('write') }),
    defineEndpoint({
      ...common,
      path: '/async',
      effect: 'async',
      handler: (context) => Promise.resolve(keep('async')(context)),
    }),
  ])
  for (const effect of ['read', 'write', 'async', 'read', 'write', 'async']) {
    expect((await app.request(`/${effect}`, post({}))).status).toBe(200)
  }
  const haveSameShape = shapeComparer()
  for (const [effect, [first, second]] of Object.entries(given)) {
    expect(first && second && haveSameShape(first, second), effect).toBe(true)
  }
})
