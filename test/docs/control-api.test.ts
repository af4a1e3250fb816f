/** What people are told of the control API comes from its contract, is whole, and works as written. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { controlApiPage, settingsPage } from '../../scripts/generate-control-api.ts'
import { controlRoutes } from '../../src/contract/index.ts'
import type { AnyRoute } from '../../src/contract/route.ts'
import { defaultSettings } from '../../src/sim/kernel/settings.ts'
import { startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'

const unpadded = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

test.each([
  ['control-api.md', controlApiPage],
  ['settings.md', settingsPage],
])('%s is current: run `npx node scripts/generate-control-api.ts` and format', (file, page) => {
  expect(unpadded(readFileSync(`docs/reference/${file}`, 'utf8'))).toBe(unpadded(page()))
})

test('every setting is told, with its default and what it means', () => {
  const rows = settingsPage().split('\n')
  for (const name of Object.keys(defaultSettings)) {
    const row = rows.find((it) => it.startsWith(`| \`${name}\` |`))
    expect(row, name).toMatch(/^\|( [^|]+ \|){4}$/)
  }
})

const any = z.record(z.string(), z.unknown())

/** `<a.b>` stands for what the calls before answered, `<endpoint>` for the emulator's URL. */
const filled = (value: unknown, scope: Record<string, unknown>): unknown => {
  if (Array.isArray(value)) return value.map((it) => filled(it, scope))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, filled(it, scope)]))
  }
  if (typeof value !== 'string') return value
  const [, path] = /^<([\w.]+)>$/.exec(value) ?? []
  if (path === undefined) return value.replace('<endpoint>', String(scope['endpoint']))
  const found = path
    .split('.')
    .reduce<unknown>(
      (it, key) => any.parse(Array.isArray(it) ? Object.fromEntries(it.entries()) : it)[key],
      scope,
    )
  expect(found, `what ${value} stands for`).toBeDefined()
  return found
}

const tried = async (place: Place, { path, example, after }: AnyRoute) => {
  let scope: Record<string, unknown> = { endpoint: place.endpoint }
  for (const call of after?.() ?? []) {
    const { status, body } = await place.raw(call.path, filled(call.body, scope))
    expect([call.path, status]).toEqual([call.path, 200])
    scope = { ...scope, ...any.parse(body) }
  }
  return place.raw(path, filled(example?.(), scope))
}

describe('the example of', () => {
  let places: Places
  beforeAll(async () => {
    places = await startPlaces()
  })
  afterAll(() => places.stop())

  // What webhooks send there is an event of the workspace, signed.
  // A stream has no end: `test/api/control/stream.test.ts` reads it.
  const shown = controlRoutes.filter(
    ({ path, streams }) => !path.includes(':') && streams === undefined,
  )

  it.each(shown.map((route) => [route.path, route] as const))(
    '%s works as written, in a fresh workspace',
    async (path, route) => {
      expect(route.example, `${path} has an example`).toBeDefined()
      expect(await tried(places.open(), route)).toMatchObject({ status: 200, body: { ok: true } })
    },
  )
})
