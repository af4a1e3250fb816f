/** What is refused of grants over access systems: by a clear error, and nothing is changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { siteOf } from '../support/hotel.ts'
import { hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { refusal } from '../support/refusal.ts'

const UNKNOWN = '00000000-0000-4000-8000-0000000000ff'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const furnished = async (place: Place) => {
  const hotel = await siteOf(place, 'visionline')
  const office = await siteOf(place, 'brivo')
  const create = async (acs_entrance_id: string, mode: 'card' | 'cloud_key' | 'code') => {
    const { access_method_ids } = await place.seam.accessGrants.create({
      user_identity: { full_name: 'Ada' },
      acs_entrance_ids: [acs_entrance_id],
      requested_access_methods: [{ mode }],
      starts_at: iso(T0),
      ends_at: iso(T0 + hour),
    })
    return access_method_ids[0] ?? ''
  }
  const ids = {
    hotel,
    office,
    card: await create(hotel.first, 'card'),
    cloud: await create(office.first, 'cloud_key'),
    code: await create(office.first, 'code'),
  }
  await place.advance(minute)
  return ids
}

type Furnished = Awaited<ReturnType<typeof furnished>>

const cases: [string, string, (ids: Furnished) => object, number, string][] = [
  [
    'an entrance that is not there',
    '/access_grants/create',
    () => ({
      user_identity: { full_name: 'Bea' },
      acs_entrance_ids: [UNKNOWN],
      requested_access_methods: [{ mode: 'card' }],
    }),
    404,
    'acs_entrance_not_found',
  ],
  [
    'no door at all',
    '/access_grants/create',
    () => ({
      user_identity: { full_name: 'Bea' },
      acs_entrance_ids: [],
      requested_access_methods: [{ mode: 'card' }],
    }),
    400,
    'invalid_input',
  ],
  [
    'a PIN for a cloud key',
    '/access_grants/create',
    ({ office }) => ({
      user_identity: { full_name: 'Bea' },
      acs_entrance_ids: [office.first],
      requested_access_methods: [{ mode: 'cloud_key', code: '4711' }],
    }),
    400,
    'invalid_input',
  ],
  [
    'an encoder of another system',
    '/access_methods/encode',
    ({ card, office }) => ({
      access_method_id: card,
      acs_encoder_id: office.acs_encoder_id || UNKNOWN,
    }),
    404,
    'acs_encoder_not_found',
  ],
  [
    'a cloud key on an encoder',
    '/access_methods/encode',
    ({ cloud, hotel }) => ({ access_method_id: cloud, acs_encoder_id: hotel.acs_encoder_id }),
    400,
    'invalid_input',
  ],
  [
    'a method that is not there on an encoder',
    '/access_methods/encode',
    ({ hotel }) => ({ access_method_id: UNKNOWN, acs_encoder_id: hotel.acs_encoder_id }),
    404,
    'access_method_not_found',
  ],
  [
    'a number for a card that is to be encoded',
    '/access_methods/assign_card',
    ({ card }) => ({ access_method_id: card, card_number: '1' }),
    400,
    'invalid_input',
  ],
  [
    'a PIN by remote',
    '/access_methods/unlock_door',
    ({ code, office }) => ({ access_method_id: code, acs_entrance_id: office.first }),
    400,
    'invalid_input',
  ],
  [
    'an entrance that is not the method’s, by remote',
    '/access_methods/unlock_door',
    ({ cloud, hotel }) => ({ access_method_id: cloud, acs_entrance_id: hotel.first }),
    400,
    'invalid_input',
  ],
  [
    'both a credential and a method on an encoder',
    '/acs/encoders/encode_credential',
    ({ card, hotel }) => ({
      access_method_id: card,
      acs_credential_id: UNKNOWN,
      acs_encoder_id: hotel.acs_encoder_id,
    }),
    400,
    'invalid_input',
  ],
]

describe('is refused, and changes nothing:', () => {
  test.each(cases)('%s', async (_, path, body, status, type) => {
    const place = emulator.open()
    const ids = await furnished(place)
    const before = JSON.stringify((await place.control('snapshots/export')) ?? null)
    expect(await refusal(place, path, body(ids))).toMatchObject({ status, type })
    expect(JSON.stringify((await place.control('snapshots/export')) ?? null)).toBe(before)
  })
})

test('an encoding is refused once the method is over', async () => {
  const place = emulator.open()
  const { card, hotel } = await furnished(place)
  await place.advanceTo(T0 + 2 * hour)
  expect(
    await refusal(place, '/access_methods/encode', {
      access_method_id: card,
      acs_encoder_id: hotel.acs_encoder_id,
    }),
  ).toMatchObject({ status: 400, type: 'invalid_input' })
})
