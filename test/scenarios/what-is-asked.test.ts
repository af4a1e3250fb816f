/** What a request for a code may ask for, and what is refused at once. */
import { expect } from 'vitest'
import {
  at,
  frontBridge,
  frontDoor,
  garageDoor,
  noKeypadDoor,
  scenarios,
  studioDoor,
} from './scenario.ts'

const scenario = scenarios()

scenario('generate_code proposes a PIN that the lock takes, and stores nothing', async (it) => {
  const device_id = await it.makeLock('nuki')
  const { code } = await it.seam.accessCodes.generateCode({ device_id })
  expect(code).toMatch(/^(?!12)[1-9]{6}$/)
  expect(await it.seam.accessCodes.list({ device_id })).toEqual([])
  const made = await it.seam.accessCodes.create({ device_id, code: code ?? '' })
  expect(made.code).toBe(code)
})

scenario('a PIN that breaks the rules of the lock is refused with the rule', async (it) => {
  const nuki = await it.makeLock('nuki')
  const ask = (code: string) => it.refused('/access_codes/create', { device_id: nuki, code })
  expect((await ask('102345')).message).toContain('no_zeros')
  expect((await ask('125555')).message).toContain('cannot_start_with_12')
  expect((await ask('1357')).message).toContain('takes 6')
  expect(await ask('135791')).toMatchObject({ status: 200 })
})

scenario('reported PIN lengths count where the provider cannot tell them', async (it) => {
  const device_id = studioDoor
  await it.seam.accessCodes.reportDeviceConstraints({
    device_id,
    min_code_length: 5,
    max_code_length: 6,
  })
  expect((await it.seam.devices.get({ device_id })).properties).toMatchObject({
    supported_code_lengths: [5, 6],
  })
  expect(await it.refused('/access_codes/create', { device_id, code: '1357' })).toMatchObject({
    status: 400,
  })
  expect((await it.seam.accessCodes.create({ device_id })).code).toHaveLength(5)
  await it.seam.accessCodes.reportDeviceConstraints({ device_id, supported_code_lengths: [8] })
  expect((await it.seam.accessCodes.create({ device_id })).code).toHaveLength(8)

  const both = { device_id, supported_code_lengths: [4], min_code_length: 4, max_code_length: 4 }
  const path = '/access_codes/report_device_constraints'
  expect(await it.refused(path, both)).toMatchObject({ status: 400, type: 'invalid_input' })
  expect(await it.refused(path, { device_id, min_code_length: 4 })).toMatchObject({ status: 400 })
  expect(
    await it.refused(path, { device_id: frontDoor, supported_code_lengths: [4] }),
  ).toMatchObject({
    status: 400,
    type: 'device_type_not_supported',
  })
})

scenario(
  'a lock that needs its time zone refuses time-bound codes until it is told',
  async (it) => {
    const device_id = await it.makeLock('ultraloq')
    expect(it.issues(await it.seam.devices.get({ device_id }))).toEqual([
      'ultraloq_time_zone_unknown',
    ])
    const window = { device_id, starts_at: at(1), ends_at: at(2) }
    expect((await it.refused('/access_codes/create', window)).message).toContain(
      'report_provider_metadata',
    )
    const { access_code_id } = await it.seam.accessCodes.create({ device_id, code: '1357' })
    await it.advance('1m')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
  },
)

scenario('a stay over the change to summer time ends at the right instant', async (it) => {
  // Clocks in New York go forward at 07:00 UTC on 9 March 2025.
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    code: '1357',
    starts_at: '2025-03-08T16:00:00-05:00',
    ends_at: '2025-03-09T11:00:00-04:00',
  })
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    starts_at: '2025-03-08T21:00:00.000Z',
    ends_at: '2025-03-09T15:00:00.000Z',
  })
  await it.advanceTo('2025-03-08T20:59:59Z')
  expect(await it.door(garageDoor, '1357')).toBe('not_yet_valid')
  await it.advanceTo('2025-03-09T14:59:59Z')
  expect(await it.door(garageDoor, '1357')).toBe('opens')
  await it.advanceTo('2025-03-09T15:00:00Z')
  expect(await it.door(garageDoor, '1357')).toBe('expired_code')
})

scenario('a start in the past counts from now; an end in the past is refused', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    code: '1357',
    starts_at: at(-48),
    ends_at: at(1),
  })
  await it.advance('1m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
  expect(await it.door(garageDoor, '1357')).toBe('opens')
  const refused = (window: object) =>
    it.refused('/access_codes/create', { device_id: garageDoor, ...window })
  expect(await refused({ starts_at: at(-48), ends_at: at(-1) })).toMatchObject({ status: 400 })
  expect(await refused({ starts_at: at(3), ends_at: at(2) })).toMatchObject({ status: 400 })
  expect(await refused({ starts_at: at(3) })).toMatchObject({ status: 400 })
})

scenario('a workspace may hold a lock to its constraints by the letter', async (it) => {
  await it.control('settings/update', { enforce_code_constraints: true })
  const kwikset = await it.makeLock('kwikset')
  const late = { device_id: kwikset, name: 'Ann', starts_at: at(-1), ends_at: at(2) }
  expect((await it.refused('/access_codes/create', late)).message).toContain('start_date_in_future')
  const short = { device_id: kwikset, name: 'A' }
  expect((await it.refused('/access_codes/create', short)).message).toContain('name_length')
  const { access_code_id } = await it.seam.accessCodes.create({ device_id: kwikset, name: 'Ann' })
  const change = { access_code_id, type: 'time_bound', starts_at: at(-1), ends_at: at(2) }
  expect((await it.refused('/access_codes/update', change)).message).toContain(
    'start_date_in_future',
  )
})

scenario(
  'the same PIN twice on one lock is refused, also where the windows never meet',
  async (it) => {
    const first = { device_id: garageDoor, code: '1357', starts_at: at(1), ends_at: at(2) }
    const second = { device_id: garageDoor, code: '1357', starts_at: at(100), ends_at: at(101) }
    // Both are sent at once: exactly one wins.
    const answers = await Promise.all([
      it.refused('/access_codes/create', first),
      it.refused('/access_codes/create', second),
    ])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)).toMatchObject({
      type: 'duplicate_access_code',
    })
    expect(await it.seam.accessCodes.list({ device_id: garageDoor })).toHaveLength(1)
    expect(
      await it.refused('/access_codes/create', { ...first, device_id: frontDoor }),
    ).toMatchObject({
      status: 200,
    })
  },
)

scenario('a caller may refuse to wait for a lock that is offline', async (it) => {
  const code = { device_id: frontDoor, attempt_for_offline_device: false }
  const { access_code_id } = await it.seam.accessCodes.create(code)
  await it.advance('1m')
  await it.control('bridges/unplug', { bridge_id: frontBridge })
  expect(await it.refused('/access_codes/create', code)).toMatchObject({
    status: 400,
    type: 'device_offline',
  })
  const change = { access_code_id, name: 'New', attempt_for_offline_device: false }
  expect(await it.refused('/access_codes/update', change)).toMatchObject({ type: 'device_offline' })
  const waiting = await it.seam.accessCodes.create({ device_id: frontDoor })
  expect(waiting).toMatchObject({ status: 'setting' })
})

scenario('a lock without a keypad takes no codes until one is connected', async (it) => {
  expect((await it.refused('/access_codes/create', { device_id: noKeypadDoor })).message).toContain(
    'no keypad',
  )
  await it.control('locks/set_keypad', { device_id: noKeypadDoor, connected: true })
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: noKeypadDoor,
    code: '1357',
  })
  await it.control('locks/set_keypad', { device_id: noKeypadDoor, connected: false })
  await it.advance('5m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'setting' })
  await it.control('locks/set_keypad', { device_id: noKeypadDoor, connected: true })
  await it.advance('1m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
})

scenario('a provider that chooses the PIN tells it later', async (it) => {
  const device_id = await it.makeLock('salto_ks')
  expect(await it.refused('/access_codes/create', { device_id, code: '135791' })).toMatchObject({
    status: 400,
  })
  const made = await it.seam.accessCodes.create({ device_id, name: 'Ann' })
  expect(made).toMatchObject({ code: null, status: 'unset', is_waiting_for_code_assignment: true })
  const { access_code_id } = made
  await it.advance('5m')
  const issued = await it.seam.accessCodes.get({ access_code_id })
  expect(issued).toMatchObject({ status: 'set', is_waiting_for_code_assignment: false })
  expect(issued.code).toMatch(/^\d{6}$/)
  expect(await it.door(device_id, issued.code ?? '')).toBe('opens')
  expect(await it.story(access_code_id)).toEqual(['created', 'changed', 'set_on_device'])
})

scenario('while the account is disconnected nobody knows how a code is', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    code: '1357',
  })
  await it.advance('1m')
  const fault = await it.fault({
    on: 'connected_account.link',
    match: { connected_account_id: 'a0000000-0000-4000-8000-000000000002' },
    effect: { kind: 'down' },
  })
  const lost = await it.seam.accessCodes.get({ access_code_id })
  expect(lost).toMatchObject({ status: 'unknown' })
  expect(it.issues(lost)).toEqual(['account_disconnected'])
  expect(await it.door(garageDoor, '1357')).toBe('opens')
  await it.endFault(fault)
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'set',
    errors: [],
  })
})

scenario(
  'a list of the codes of a user or customer follows what changes around them',
  async (it) => {
    await it.seam.accessCodes.create({ device_id: frontDoor, code: '1357' })
    const listed = async () =>
      (await it.seam.accessCodes.list({ user_identifier_key: 'jane' })).length
    expect(await listed()).toBe(0)
    const { client_session_id } = await it.seam.clientSessions.create({
      user_identifier_key: 'jane',
      connected_account_ids: ['a0000000-0000-4000-8000-000000000001'],
    })
    expect(await listed()).toBe(1)
    expect(await listed()).toBe(1)
    await it.seam.clientSessions.delete({ client_session_id })
    expect(await listed()).toBe(0)
  },
)
