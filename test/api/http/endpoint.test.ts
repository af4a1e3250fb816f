import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { serverAuth } from '../../../src/api/http/auth.ts'
import { defineEndpoint } from '../../../src/api/http/endpoint.ts'
import { createTestApp, post } from '../../support/api-universe.ts'

const define = (check: boolean) => {
  const params = vi.fn(() => z.object({ name: z.string() }))
  const result = vi.fn(() => ({ name: z.string() }))
  const endpoint = defineEndpoint({
    path: '/devices/get',
    methods: ['GET', 'POST'],
    auth: serverAuth,
    effect: 'read',
    params,
    result,
    handler: (_, { name }) => ({ name }),
  })
  const app = createTestApp([endpoint], { checkResponses: check })
  const call = async () => (await app.request('/devices/get?name=query', post({}))).json()
  return { params, result, endpoint, call }
}

it('an endpoint makes its schemas when they are first needed, and once', async () => {
  const { params, result, endpoint, call } = define(true)
  expect(params).not.toHaveBeenCalled()
  expect(result).not.toHaveBeenCalled()
  expect(await call()).toEqual({ name: 'query', ok: true })
  expect(await call()).toEqual({ name: 'query', ok: true })
  expect(endpoint.params).toBe(endpoint.params)
  expect(endpoint.result).toBe(endpoint.result)
  expect(params).toHaveBeenCalledTimes(1)
  expect(result).toHaveBeenCalledTimes(1)
})

it('an endpoint whose answers nobody checks never makes their schema', async () => {
  const { result, call } = define(false)
  expect(await call()).toEqual({ name: 'query', ok: true })
  expect(result).not.toHaveBeenCalled()
})
