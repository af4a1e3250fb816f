/** Codes that the provider computes and the lock is never told of. */
import { expect } from 'vitest'
import { at, cabinDoor, scenarios } from './scenario.ts'

const scenario = scenarios()
const cabinBridge = 'b0000000-0000-4000-8000-000000000004'

scenario(
  'an hourly algoPIN comes from the cloud, opens the door, and never touches the lock',
  async (it) => {
    await it.control('bridges/unplug', { bridge_id: cabinBridge })
    const made = await it.seam.accessCodes.create({
      device_id: cabinDoor,
      name: 'Guest',
      is_offline_access_code: true,
      starts_at: at(2.25),
      ends_at: at(6),
    })
    // 02:15 is rounded to the hour.
    expect(made).toMatchObject({
      code: null,
      status: 'unset',
      is_waiting_for_code_assignment: true,
      is_offline_access_code: true,
      starts_at: at(2),
      ends_at: at(6),
    })
    const { access_code_id } = made
    await it.advance('1m')
    const issued = await it.seam.accessCodes.get({ access_code_id })
    expect(issued).toMatchObject({ status: 'set', is_waiting_for_code_assignment: false })
    expect(issued.code).toMatch(/^\d{9}$/)
    expect(await it.story(access_code_id)).toEqual(['created', 'changed', 'set_on_device'])
    expect((await it.eventsOf(access_code_id))[1]).toMatchObject({
      changed_properties: [{ property: 'code', from: null, to: issued.code }],
    })
    expect(await it.memory(cabinDoor)).toEqual([])
    expect(await it.door(cabinDoor, issued.code ?? '')).toBe('not_yet_valid')
    await it.advanceTo(at(3))
    expect(await it.door(cabinDoor, issued.code ?? '')).toBe('opens')
    await it.advanceTo(at(6))
    // Seam has forgotten it; the lock, which computes it, knows that its time is over.
    expect(await it.door(cabinDoor, issued.code ?? '')).toBe('expired_code')
    expect((await it.story(access_code_id)).slice(3)).toEqual(['deleted'])
  },
)

scenario('an algoPIN can be neither chosen, changed nor deleted', async (it) => {
  const offline = {
    device_id: cabinDoor,
    is_offline_access_code: true,
    starts_at: at(2),
    ends_at: at(6),
  }
  expect(await it.refused('/access_codes/create', { ...offline, code: '123456' })).toMatchObject({
    status: 400,
  })
  const { access_code_id } = await it.seam.accessCodes.create(offline)
  await it.advance('1m')
  expect(
    (await it.refused('/access_codes/update', { access_code_id, name: 'New' })).message,
  ).toContain('cannot be updated')
  expect((await it.refused('/access_codes/delete', { access_code_id })).message).toContain(
    'cannot be deleted',
  )
})

scenario('a long algoPIN dies unless it is used in its first 24 hours', async (it) => {
  const create = () =>
    it.seam.accessCodes.create({
      device_id: cabinDoor,
      is_offline_access_code: true,
      starts_at: at(1),
      ends_at: at(100),
    })
  const used = await create()
  const unused = await create()
  expect(it.issues(used)).toEqual(['igloo_algopin_must_be_used_within_24_hours'])
  await it.advance('2h')
  const pinOf = async (access_code_id: string) =>
    (await it.seam.accessCodes.get({ access_code_id })).code ?? ''
  const [first, second] = [await pinOf(used.access_code_id), await pinOf(unused.access_code_id)]
  expect(await it.door(cabinDoor, first)).toBe('opens')
  await it.advanceTo(at(30))
  expect(await it.door(cabinDoor, first)).toBe('opens')
  expect(await it.door(cabinDoor, second)).toBe('expired_code')
})

scenario('a one-time algoPIN opens once', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: cabinDoor,
    is_offline_access_code: true,
    is_one_time_use: true,
    starts_at: at(1),
  })
  await it.advance('90m')
  const { code, ends_at, is_one_time_use } = await it.seam.accessCodes.get({ access_code_id })
  expect({ ends_at, is_one_time_use }).toEqual({ ends_at: at(25), is_one_time_use: true })
  expect(await it.door(cabinDoor, code ?? '')).toBe('opens')
  expect(await it.door(cabinDoor, code ?? '')).toBe('expired_code')
  // The cloud never hears of it.
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
})

scenario('windows that no algoPIN has are refused with what would fit', async (it) => {
  const ask = (starts_at: string, ends_at: string, more: object = {}) =>
    it.refused('/access_codes/create', {
      device_id: cabinDoor,
      is_offline_access_code: true,
      starts_at,
      ends_at,
      ...more,
    })
  expect((await ask(at(1), at(1 + 28.5 * 24))).message).toContain('Daily from P29D up to P367D')
  expect((await ask(at(1), at(1 + 400 * 24))).status).toBe(400)
  // Three codes may start in the same hour.
  for (let n = 0; n < 3; n++) expect((await ask(at(1), at(5))).status).toBe(200)
  expect((await ask(at(1), at(5))).message).toContain('which is the most it takes')
})

scenario('a daily algoPIN keeps its time of day when the clocks change', async (it) => {
  // Berlin moves its clocks on 30 March 2025; both ends are 15:00 there.
  const { starts_at, ends_at } = await it.seam.accessCodes.create({
    device_id: cabinDoor,
    is_offline_access_code: true,
    max_time_rounding: '1day',
    starts_at: '2025-03-10T14:00:00.000Z',
    ends_at: '2025-04-15T14:00:00.000Z',
  })
  expect([starts_at, ends_at]).toEqual(['2025-03-10T14:00:00.000Z', '2025-04-16T13:00:00.000Z'])
})

scenario('without a time zone hours are those of UTC, which a warning tells', async (it) => {
  const device_id = await it.makeLock('igloohome')
  const code = await it.seam.accessCodes.create({
    device_id,
    is_offline_access_code: true,
    starts_at: at(1),
    ends_at: at(3),
  })
  expect(it.issues(code)).toEqual(['time_frame_adjusted_for_unknown_time_zone'])
})

scenario('an Oracode door takes only windows that the installer set up', async (it) => {
  const location = { time_zone: 'America/New_York', location_name: 'Ocean Beach' }
  const device_id = await it.makeLock('dormakaba_oracode', { location })
  const offline = { device_id, is_offline_access_code: true }
  expect(await it.refused('/access_codes/create', { device_id })).toMatchObject({ status: 400 })
  const misfit = { ...offline, starts_at: '2025-01-02T00:00:00Z', ends_at: '2025-01-05T00:00:00Z' }
  expect((await it.refused('/access_codes/create', misfit)).message).toContain('Fixed start times')
  const { access_code_id, starts_at, ends_at } = await it.seam.accessCodes.create({
    ...offline,
    starts_at: '2025-01-02T20:30:00Z',
    ends_at: '2025-01-05T15:00:00Z',
  })
  // 16:00 to 10:00 in New York.
  expect([starts_at, ends_at]).toEqual(['2025-01-02T21:00:00.000Z', '2025-01-05T15:00:00.000Z'])
  await it.advance('1m')
  const issued = await it.seam.accessCodes.get({ access_code_id })
  expect(issued).toMatchObject({
    status: 'set',
    dormakaba_oracode_metadata: {
      is_cancellable: false,
      site_name: 'Ocean Beach',
      user_level_name: 'Guest 4pm-10am',
    },
  })
  await it.advanceTo('2025-01-03T00:00:00Z')
  expect(await it.door(device_id, issued.code ?? '')).toBe('opens')
})

scenario('an Oracode door of unknown time zone takes no code', async (it) => {
  const device_id = await it.makeLock('dormakaba_oracode')
  const refusal = await it.refused('/access_codes/create', {
    device_id,
    is_offline_access_code: true,
    starts_at: '2025-01-02T21:00:00Z',
    ends_at: '2025-01-05T15:00:00Z',
  })
  expect(refusal.message).toContain('time zone')
})

scenario('a Lockly offline code has a start and an end', async (it) => {
  const device_id = await it.makeLock('lockly', { location: { time_zone: 'America/New_York' } })
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id,
    is_offline_access_code: true,
    starts_at: at(1),
    ends_at: at(3),
  })
  await it.advance('90m')
  const { code } = await it.seam.accessCodes.get({ access_code_id })
  expect(await it.door(device_id, code ?? '')).toBe('opens')
  expect(await it.memory(device_id)).toEqual([])
})
