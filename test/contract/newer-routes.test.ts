/** Every route under `api_version` 1.1038, judged by the document of that version as far as it is known. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '../../src/api/seam/index.ts'
import { changes, newerDocument } from '../support/newer-document.ts'
import { createContract } from '../support/openapi-contract.ts'
import { iso, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { furnish } from '../support/routes/furnish.ts'
import type { Furniture } from '../support/routes/furnish.ts'
import { recipes } from '../support/routes/recipes.ts'
import { jsonOf, send } from '../support/routes/send.ts'
import { deviations } from './deviations.ts'

const newer = createContract(newerDocument)

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const furnished = async (): Promise<{ place: Place; ids: Furniture }> => {
  const place = places.open()
  const ids = await furnish(place)
  await place.emulator.settings.update({ api_version: '1.1038' })
  return { place, ids }
}

const ask = async ({ api_key }: Place, path: string, body: object) => {
  const token =
    path === '/workspaces/create' ? api_key.replace('seam_test_', 'seam_at_test_') : api_key
  const answer = await send(places.running.port, {
    method: 'POST',
    path,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!(path in deviations)) newer.assertMatchesOpenApi(path, answer.status, jsonOf(answer))
  return answer.status
}

/** What takes something away comes last, so that the others find it. */
const isLast = (path: string): boolean => /delete|remove|revoke|reset|merge|disconnect/.test(path)

test('answers of every route are as the newer document says', async () => {
  const { place, ids } = await furnished()
  const inOrder = [
    ...endpoints.filter(({ effect }) => effect === 'read'),
    ...endpoints.filter(({ effect, path }) => effect !== 'read' && !isLast(path)),
    ...endpoints.filter(({ effect, path }) => effect !== 'read' && isLast(path)),
  ]
  const answered = []
  for (const { path } of inOrder) {
    const recipe = recipes[path]?.(ids) ?? {}
    const status = await ask(place, path, recipe)
    expect([path, status < 500]).toEqual([path, true])
    if (status === 200) answered.push(path)
  }
  await place.advance('1d')
  await ask(place, '/events/list', { since: iso(T0 - 1), limit: 1_000 })
  // Some find nothing any more: what others left is enough for most.
  expect(answered.length).toBeGreaterThan(150)
  // Two hundred schemas are compiled.
}, 240_000)

describe('each line of docs/api-version.md that the switch tells apart', () => {
  const page = readFileSync(new URL('../../docs/api-version.md', import.meta.url), 'utf8')
  const rows = page
    .split('\n')
    .filter((line) => /\| 1\.1038 +\|/.test(line))
    .map((line) => line.slice(2, line.indexOf(' | 1.1038')).trim())
  const source = readFileSync(new URL('../api/seam/api-version.test.ts', import.meta.url), 'utf8')

  /** Lines about what is asked, which no schema of an answer can hold: by their tests. */
  const byTest: Readonly<Record<string, string>> = {
    '`custom_metadata_has` takes null':
      'filters take null: metadata that is not there, and whoever it may be',
    'filters of `/client_sessions/list` and `/acs/users/list` take null':
      'filters take null: metadata that is not there, and whoever it may be',
    '`/acs/entrances/list` + `access_method_id`': 'entrances are listed by an access method',
  }

  test.each(rows)('%s: a schema or a test holds it', (row) => {
    const held = [
      ...Object.keys(changes),
      ...Object.keys(byTest).filter((it) => source.includes(`'${byTest[it] ?? ''}'`)),
    ]
    expect(held.some((beginning) => row.startsWith(beginning))).toBe(true)
  })

  test.each([...Object.keys(changes), ...Object.keys(byTest)])(
    '%s is a line of it',
    (beginning) => {
      expect(rows.filter((row) => row.startsWith(beginning))).toHaveLength(1)
    },
  )
})
