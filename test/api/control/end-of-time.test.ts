import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPlaces } from '../../support/place.ts'

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const end = '9999-12-31T23:59:59.999Z'

it('a clock goes to the end of the year 9999 and no further', async () => {
  const place = places.open()
  const refused = { status: 400, body: { error: { type: 'invalid_input' } } }
  for (const by of [9_007_199_254_740_991, '3000000d', '99999999999d']) {
    expect(await place.raw('/_emulator/clock/advance', { by })).toMatchObject(refused)
  }
  await place.control('clock/advance', { to: end })
  expect(await place.raw('/_emulator/clock/advance', { by: 1 })).toMatchObject(refused)
  const inbox = { timeout: '3000000d' }
  expect(await place.raw('/_emulator/inbox/wait_for', inbox)).toMatchObject({ status: 408 })
  await place.control('clock/resume', { rate: 1_000_000 })
  expect(await place.control('clock/get')).toMatchObject({ clock: { now: end } })
})

it('what is made near the end of time ends with it', async () => {
  const place = places.open()
  await place.control('clock/freeze', { at: '9999-12-30T00:00:00Z' })
  const session = await place.seam.clientSessions.create({})
  expect(new Date(session.expires_at).toISOString()).toBe(end)
  expect(await place.seam.clientSessions.list()).toHaveLength(1)
  const { user_identity_id } = await place.seam.userIdentities.create({ full_name: 'Jo' })
  const key = await place.seam.userIdentities.generateInstantKey({ user_identity_id })
  expect(new Date(key.expires_at).toISOString()).toBe(end)
})
