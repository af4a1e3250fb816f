/** Locks with more codes than a handful, whose PINs nobody chose. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockProfiles } from '../../src/sim/locks/models/index.ts'
import { home, startPlaces } from '../support/place.ts'
import type { Places } from '../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

test('a lock that wants unlike first digits takes as many codes as it has room for', async () => {
  const { seam } = places.open()
  const pins = new Set<string>()
  for (let n = 0; n < 40; n++) {
    const { code } = await seam.accessCodes.create({ device_id: home.schlage, name: `Guest ${n}` })
    pins.add(String(code).slice(0, 4))
  }
  expect(pins.size).toBe(40)
})

test.each(Object.keys(lockProfiles))('%s takes twenty codes without a PIN', async (model) => {
  const place = places.open()
  const device_id = await place.hang(model)
  for (let n = 0; n < 20; n++) {
    const answer = await place.raw('/access_codes/create', { device_id, name: `Guest ${n}` })
    if (answer.status !== 200) expect(JSON.stringify(answer.body)).not.toContain('can be generated')
  }
})
