import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { coverageSource } from '../../scripts/generate-coverage.ts'
import { routesSource } from '../../scripts/generate-routes.ts'
import { createFetchApp } from '../support/fetch-app.ts'
import { routeCoverage } from '../../src/api/coverage.ts'
import { knownRoutes } from '../../src/api/http/known-routes.ts'
import { endpoints } from '../../src/api/seam/index.ts'
import { unknownPath, unmatchedPath } from '../../src/api/http/not-emulated.ts'
import { createTestUniverse, testServices } from '../support/api-universe.ts'

const app = createFetchApp({
  universe: createTestUniverse(),
  services: testServices,
  auth: { isMember: () => false },
  reportError: () => undefined,
})

const all = routeCoverage().resources.flatMap(({ routes }) => routes)
const missing = all.filter((route) => !route.is_implemented)

describe('coverage', () => {
  it('counts every public route once', () => {
    const { implemented, total, lock_side } = routeCoverage()
    expect(total).toBe(201)
    expect(implemented).toBe(endpoints.length)
    expect(lock_side.total).toBe(68)
    expect(all.map(({ path }) => path).sort()).toEqual(Object.keys(knownRoutes).sort())
  })

  it('knows all routes of the folders; if not: npm run generate', () => {
    const bare = (text: string) => text.replaceAll(/\s+/g, '').replaceAll(/,(?=[\]}])/g, '')
    const file = new URL('../../src/api/seam/index.ts', import.meta.url)
    expect(bare(readFileSync(file, 'utf8'))).toBe(bare(routesSource()))
  })

  it('is what docs/coverage.md says', () => {
    const file = new URL('../../docs/coverage.md', import.meta.url)
    expect(readFileSync(file, 'utf8'), 'run: npm run generate').toBe(coverageSource())
  })
})

describe('a public route that the emulator lacks', () => {
  it('is none', () => {
    expect(missing).toEqual([])
  })

  it('would be answered 501 by name; what is no route of Seam is not', () => {
    const path = '/acs/systems/get'
    const unmatched = unmatchedPath(path, [])
    expect(unknownPath(path, unmatched)).toMatchObject({ status: 501, type: 'not_implemented' })
    expect(unknownPath(path, unmatched).message).toContain(path)
    const other = '/acs/system/get'
    expect(unknownPath(other, unmatchedPath(other, [path]))).toMatchObject({ status: 404 })
  })
})

describe('/openapi.json', () => {
  it('lists what is implemented, with its methods', async () => {
    const response = await app.request('/openapi.json')
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await response.json())
    const listed = Object.entries(paths).map(([path, operations]) => ({
      path,
      methods: Object.keys(operations).map((method) => method.toUpperCase()),
      is_implemented: true,
    }))
    const byPath = (routes: typeof listed) =>
      routes.map((route) => ({ ...route, methods: [...route.methods].sort() }))
    const ours = all.filter((route) => route.is_implemented)
    const wanted = byPath(
      ours.map((route) => ({ ...route, methods: [...route.methods], is_implemented: true })),
    )
    expect(byPath(listed).sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
      wanted.sort((a, b) => (a.path < b.path ? -1 : 1)),
    )
  })
})
