import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { knownRoutesSource } from '../../../scripts/generate-known-routes.ts'
import { knownRoutes } from '../../../src/api/http/known-routes.ts'
import { nearest } from '../../../src/lib/nearest.ts'

it('lists exactly the public routes of the OpenAPI document', () => {
  const file = new URL('../../../src/api/http/known-routes.ts', import.meta.url)
  expect(readFileSync(file, 'utf8'), 'run: npm run generate').toBe(knownRoutesSource())
  expect(Object.keys(knownRoutes)).toHaveLength(201)
})

it.each([
  ['/device/list', '/devices/list'],
  ['/access_codes/craete', '/access_codes/create'],
  ['/devices/get/', '/devices/get'],
  ['/something/else/entirely', undefined],
  [`/${'x'.repeat(5000)}`, undefined],
])('for %.40s it suggests %s', (path, near) => {
  expect(nearest(path, Object.keys(knownRoutes))).toBe(near)
})
