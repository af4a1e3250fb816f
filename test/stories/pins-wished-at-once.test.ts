/** One PIN of an office is wished for twice before its server has heard of either. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteOf } from '../support/hotel.ts'
import { hour, minute, startPlaces } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const PIN = '471159'

test('two grants made at once get a PIN each: the first has the wished one, and both open', async () => {
  const place = emulator.open()
  const { accessGrants, accessMethods } = place.seam
  const office = await siteOf(place, 'brivo')
  // Whichever the server hears of first: its delays differ from pair to pair.
  for (let pair = 0; pair < 6; pair++) {
    const made = []
    for (const full_name of ['Ada', 'Bea']) {
      made.push(
        await accessGrants.create({
          user_identity: { full_name },
          acs_entrance_ids: [office.lobby],
          requested_access_methods: [{ mode: 'code', code: PIN }],
        }),
      )
    }
    await place.advance(minute)
    const pins = []
    for (const { access_grant_id } of made) {
      const [method] = await accessMethods.list({ access_grant_id })
      expect(method?.is_issued).toBe(true)
      pins.push(method?.code ?? '')
      expect(await office.show(office.lobby, { code: method?.code ?? '' })).toBe('opened')
    }
    expect(pins[0]).toBe(PIN)
    expect(pins[1]).not.toBe(PIN)
    for (const { access_grant_id } of made) await accessGrants.delete({ access_grant_id })
    await place.advance(hour)
  }
})

test('of two credentials that are given one PIN the first has it, and the second says that it is in use', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const office = await siteOf(place, 'brivo')
  const { acs_system_id } = office
  for (let pair = 0; pair < 6; pair++) {
    const made = []
    for (const full_name of ['Ada', 'Bea']) {
      const { acs_user_id } = await acs.users.create({ acs_system_id, full_name })
      await place.advance(minute)
      made.push({ acs_user_id })
    }
    const ids = []
    for (const { acs_user_id } of made) {
      const given = { acs_user_id, access_method: 'code', code: PIN } as const
      ids.push((await acs.credentials.create(given)).acs_credential_id)
    }
    await place.advance(minute)
    const errors = []
    for (const acs_credential_id of ids)
      errors.push(
        (await acs.credentials.get({ acs_credential_id })).errors.map((it) => it.error_code),
      )
    expect(errors).toEqual([[], ['code_already_in_use']])
    for (const { acs_user_id } of made) await acs.users.delete({ acs_user_id })
    await place.advance(hour)
  }
})
