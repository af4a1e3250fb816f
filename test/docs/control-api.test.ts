/** What people are told of the control API comes from its contract, is whole, and works as written. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { controlApiPage, settingsPage } from '../../scripts/generate-control-api.ts'
import { controlRoutes } from '../../src/contract/index.ts'
import type { AnyRoute } from '../../src/contract/route.ts'
import { defaultSettings } from '../../src/sim/kernel/settings.ts'
import { prepared } from '../support/contract-examples.ts'
import { startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'

const unpadded = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')

test.each([
  ['control-api.md', controlApiPage],
  ['settings.md', settingsPage],
])('%s is current; if not: npm run generate', (file, page) => {
  expect(unpadded(readFileSync(`docs/reference/${file}`, 'utf8'))).toBe(unpadded(page()))
})

test('every setting is told, with its default and what it means', () => {
  const rows = settingsPage().split('\n')
  for (const name of Object.keys(defaultSettings)) {
    const row = rows.find((it) => it.startsWith(`| \`${name}\` |`))
    expect(row, name).toMatch(/^\|( [^|]+ \|){4}$/)
  }
})

const tried = async (place: Place, route: AnyRoute) => {
  const body = await prepared(route, place.endpoint, async (path, given) => {
    const { status, body: answer } = await place.raw(path, given)
    expect([path, status]).toEqual([path, 200])
    return z.looseObject({}).parse(answer)
  })
  return place.raw(route.path, body)
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
