/** What the API tells when a lock is slow, refuses, or cannot be reached, and how it ends. */
import { expect } from 'vitest'
import { at, frontBridge, frontDoor, garageDoor, scenarios } from './scenario.ts'

const scenario = scenarios()

scenario(
  'a code that takes long to set is reported as delayed, then as failed, and recovers',
  async (it) => {
    const fault = await it.fault({ on: 'access_code.set', effect: { kind: 'fail' } })
    const { access_code_id } = await it.seam.accessCodes.create({
      device_id: garageDoor,
      name: 'Ann',
      code: '4321',
    })
    const code = () => it.seam.accessCodes.get({ access_code_id })

    await it.advance('9m')
    expect(it.issues(await code())).toEqual([])
    await it.advance('2m')
    expect(await code()).toMatchObject({ status: 'setting' })
    expect(it.issues(await code())).toEqual(['delay_in_setting_on_device'])
    await it.advance('10m')
    expect(await code()).toMatchObject({ status: 'setting' })
    expect(it.issues(await code())).toEqual([
      'failed_to_set_on_device',
      'delay_in_setting_on_device',
    ])
    expect(await it.door(garageDoor, '4321')).toBe('unknown_code')

    // Seam keeps trying every ten minutes, and tells nothing twice.
    await it.advance('2h')
    expect(await it.story(access_code_id)).toEqual([
      'created',
      'delay_in_setting_on_device',
      'failed_to_set_on_device',
    ])
    const [, delayed, failed] = await it.eventsOf(access_code_id)
    expect(delayed).toMatchObject({
      occurred_at: at(10 / 60),
      access_code_errors: [],
      access_code_warnings: [
        { warning_code: 'delay_in_setting_on_device', created_at: at(10 / 60) },
      ],
      device_errors: [],
      device_warnings: [],
      connected_account_errors: [],
      connected_account_warnings: [],
    })
    expect(failed).toMatchObject({
      occurred_at: at(20 / 60),
      access_code_errors: [{ error_code: 'failed_to_set_on_device', created_at: at(20 / 60) }],
    })
    expect(failed).not.toHaveProperty('code')

    await it.endFault(fault)
    await it.advance('11m')
    expect(await code()).toMatchObject({
      status: 'set',
      errors: [],
      warnings: [],
      pending_mutations: [],
    })
    expect((await it.story(access_code_id)).at(-1)).toBe('set_on_device')
    expect(await it.door(garageDoor, '4321')).toBe('opens')
  },
)

scenario('a refusal that waiting does not mend is reported at once', async (it) => {
  await it.fault({
    on: 'access_code.set',
    times: 1,
    effect: { kind: 'fail', error_code: 'provider_issue', message: 'The vendor says no.' },
  })
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    code: '4321',
  })
  await it.advance('1m')
  const refused = await it.seam.accessCodes.get({ access_code_id })
  expect(it.issues(refused)).toEqual(['provider_issue'])
  expect(refused.errors[0]).toMatchObject({
    message: 'The vendor says no.',
    is_access_code_error: true,
  })
  await it.advance('10m')
  expect(await it.story(access_code_id)).toEqual([
    'created',
    'failed_to_set_on_device',
    'set_on_device',
  ])
})

scenario(
  'the provider tells that a code is inactive, or that the account may not manage codes',
  async (it) => {
    for (const error_code of ['access_code_inactive', 'insufficient_permissions'] as const) {
      const fault = await it.fault({ on: 'access_code.set', effect: { kind: 'fail', error_code } })
      const made = await it.seam.accessCodes.create({ device_id: garageDoor })
      await it.advance('1m')
      expect(
        it.issues(await it.seam.accessCodes.get({ access_code_id: made.access_code_id })),
      ).toEqual([error_code])
      await it.endFault(fault)
    }
  },
)

scenario('while an update fails, the old PIN opens the door', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    name: 'Ann',
    code: '1111',
  })
  await it.advance('1m')
  await it.fault({ on: 'access_code.update', times: 3, effect: { kind: 'fail' } })
  await it.seam.accessCodes.update({ access_code_id, code: '2222' })
  await it.advance('25m')
  const pending = await it.seam.accessCodes.get({ access_code_id })
  expect(pending).toMatchObject({
    code: '2222',
    status: 'setting',
    pending_mutations: [
      { mutation_code: 'updating_code', from: { code: '1111' }, to: { code: '2222' } },
    ],
  })
  expect(it.issues(pending)).toEqual(['failed_to_set_on_device', 'delay_in_setting_on_device'])
  expect(await it.door(garageDoor, '1111')).toBe('opens')
  expect(await it.door(garageDoor, '2222')).toBe('unknown_code')

  await it.advance('10m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'set',
    errors: [],
    warnings: [],
  })
  expect(await it.door(garageDoor, '1111')).toBe('unknown_code')
  expect(await it.door(garageDoor, '2222')).toBe('opens')
  expect((await it.story(access_code_id)).slice(2)).toEqual([
    'mutations_requested',
    'delay_in_setting_on_device',
    'failed_to_set_on_device',
    'code_changed',
    'changed',
    'set_on_device',
  ])
})

scenario('a removal that fails goes on opening the door until it works', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    code: '4321',
  })
  await it.advance('1m')
  const fault = await it.fault({
    on: 'access_code.remove',
    effect: { kind: 'provider_unavailable' },
  })
  await it.seam.accessCodes.delete({ access_code_id })
  await it.advance('25m')
  const removing = await it.seam.accessCodes.get({ access_code_id })
  expect(removing).toMatchObject({
    status: 'removing',
    pending_mutations: [{ mutation_code: 'deleting' }],
  })
  expect(it.issues(removing)).toEqual([
    'failed_to_remove_from_device',
    'delay_in_removing_from_device',
    'being_deleted',
  ])
  expect(await it.door(garageDoor, '4321')).toBe('opens')

  await it.endFault(fault)
  await it.advance('10m')
  expect(await it.refused('/access_codes/get', { access_code_id })).toMatchObject({ status: 404 })
  expect(await it.door(garageDoor, '4321')).toBe('unknown_code')
  expect((await it.story(access_code_id)).slice(2)).toEqual([
    'delay_in_removing_from_device',
    'failed_to_remove_from_device',
    'removed_from_device',
    'deleted',
  ])
})

scenario('thresholds and retries follow the settings of the workspace', async (it) => {
  await it.control('settings/update', { delay_after: '1m', fail_after: 'PT2M', retry_every: '30s' })
  expect(await it.control('settings/get')).toMatchObject({
    settings: { delay_after: 60_000, fail_after: 120_000, retry_every: 30_000 },
  })
  await it.fault({ on: 'access_code.set', times: 6, effect: { kind: 'fail' } })
  const { access_code_id } = await it.seam.accessCodes.create({ device_id: garageDoor })
  await it.advance('10m')
  const events = await it.eventsOf(access_code_id)
  expect(events.map((event) => event.event_type)).toEqual([
    'access_code.created',
    'access_code.delay_in_setting_on_device',
    'access_code.failed_to_set_on_device',
    'access_code.set_on_device',
  ])
  expect(events.slice(1, 3).map((event) => event.occurred_at)).toEqual([at(1 / 60), at(2 / 60)])
})

scenario(
  'behind an unplugged bridge a code waits, is reported, and is set when the bridge is back',
  async (it) => {
    await it.control('bridges/unplug', { bridge_id: frontBridge })
    const { access_code_id } = await it.seam.accessCodes.create({
      device_id: frontDoor,
      code: '4321',
    })
    await it.advance('30m')
    const waiting = await it.seam.accessCodes.get({ access_code_id })
    expect(it.issues(waiting)).toEqual([
      'failed_to_set_on_device',
      'hub_disconnected',
      'delay_in_setting_on_device',
    ])
    expect((await it.eventsOf(access_code_id)).at(-1)).toMatchObject({
      event_type: 'access_code.failed_to_set_on_device',
      device_errors: [{ error_code: 'hub_disconnected', created_at: at(0) }],
    })
    await it.control('bridges/plug', { bridge_id: frontBridge })
    await it.advance('1m')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
      status: 'set',
      errors: [],
      warnings: [],
    })
    expect(await it.door(frontDoor, '4321')).toBe('opens')
  },
)

scenario(
  'a command whose answer never comes is cleared away when the code is deleted meanwhile',
  async (it) => {
    await it.fault({ on: 'access_code.set', effect: { kind: 'never_confirm' } })
    const { access_code_id } = await it.seam.accessCodes.create({
      device_id: garageDoor,
      code: '4321',
    })
    await it.advance('5m')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'setting' })
    expect(await it.door(garageDoor, '4321')).toBe('opens')
    await it.seam.accessCodes.delete({ access_code_id })
    await it.advance('1m')
    expect(await it.door(garageDoor, '4321')).toBe('unknown_code')
    expect(await it.story(access_code_id)).toEqual(['created', 'removed_from_device', 'deleted'])
  },
)

scenario('a full memory takes a new code as soon as an old one is gone', async (it) => {
  const device_id = await it.makeLock('schlage', { memory_slots: 2 })
  const old = await it.seam.accessCodes.create({ device_id, code: '1111' })
  await it.seam.accessCodes.create({ device_id, code: '2222' })
  await it.advance('1m')
  const late = await it.seam.accessCodes.create({ device_id, code: '3333' })
  await it.advance('1m')
  const { access_code_id } = late
  expect(it.issues(await it.seam.accessCodes.get({ access_code_id }))).toEqual([
    'no_space_for_access_code_on_device',
  ])
  const device = await it.seam.devices.get({ device_id })
  expect(device.warnings).toMatchObject([
    {
      warning_code: 'max_access_codes_reached',
      active_access_code_count: 2,
      max_active_access_code_count: 2,
    },
  ])
  await it.seam.accessCodes.delete({ access_code_id: old.access_code_id })
  await it.advance('1m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'set',
    errors: [],
  })
  expect(await it.door(device_id, '3333')).toBe('opens')
})

scenario('what is wrong with the lock itself shows on its codes', async (it) => {
  const nuki = await it.makeLock('nuki')
  const codes = new Map<string, string>()
  for (const device_id of [garageDoor, frontDoor, nuki]) {
    const { access_code_id } = await it.seam.accessCodes.create({ device_id })
    codes.set(device_id, access_code_id)
  }
  await it.advance('1m')
  await it.control('locks/disconnect', { device_id: garageDoor })
  await it.seam.devices.simulate.remove({ device_id: frontDoor })
  await it.seam.devices.simulate.paidSubscription({ device_id: nuki, is_expired: true })
  await it.advance('11m')
  const issuesOf = async (device_id: string) =>
    it.issues(await it.seam.accessCodes.get({ access_code_id: codes.get(device_id) ?? '' }))
  expect(await issuesOf(garageDoor)).toEqual(['device_disconnected'])
  expect(await issuesOf(nuki)).toEqual(['subscription_required'])
  expect(await issuesOf(frontDoor)).toContain('device_removed')
})
