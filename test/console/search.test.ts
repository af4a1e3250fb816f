/** What somebody has in hand is found: a name, a PIN, an id. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isWhole } from '../../src/console/model/apply-change.ts'
import { search } from '../../src/console/model/search.ts'
import type { WorldModel } from '../../src/console/model/types.ts'
import { home, startPlaces } from '../support/place.ts'
import type { Places } from '../support/place.ts'

let places: Places
let world: WorldModel
let access_code_id: string
beforeAll(async () => {
  places = await startPlaces()
  const place = places.open('search')
  const create = (name: string, code: string) =>
    place.seam.accessCodes.create({ device_id: home.august, name, code })
  ;({ access_code_id } = await create('Ada Lovelace', '4821'))
  await create('Grace', '7148')
  const piece = await place.emulator.world()
  if (!isWhole(piece)) throw new Error('a part is missing')
  world = piece
})
afterAll(() => places.stop())

const labels = (text: string): string[] => search(world, text).map((it) => it.label)

test.each([
  ['a PIN', '4821', 'Ada Lovelace at Front Door'],
  ['a part of a name, in any case', 'LOVE', 'Ada Lovelace at Front Door'],
  ['a door', 'front door', 'Front Door'],
])('%s', (_, text, label) => {
  expect(labels(text)[0]).toBe(label)
})

test('an id leads to its place, with its door chosen', () => {
  expect(search(world, access_code_id)).toEqual([
    {
      kind: 'access code',
      label: 'Ada Lovelace at Front Door',
      place: 'code',
      id: access_code_id,
      device_id: home.august,
      access_code_id,
    },
  ])
  expect(search(world, home.august)[0]).toMatchObject({ place: 'door', id: home.august })
})

test('the whole word stands before words that begin with it, and those before others', () => {
  // 48 is a part of both PINs.
  expect(labels('48')).toEqual(['Ada Lovelace at Front Door', 'Grace at Front Door'])
  expect(labels('48').length).toBe(2)
})

test('what only the traffic can have is looked for there', () => {
  const event_id = '0b1ac2d3-0000-4000-8000-00000000abcd'
  for (const id of [event_id, 'request12']) {
    expect(search(world, id)).toMatchObject([{ place: 'traffic', id }])
  }
  expect(search(world, 'nobody')).toEqual([])
  expect(search(world, ' ')).toEqual([])
})
