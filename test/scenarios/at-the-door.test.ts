/** The API says that a code is set only where the door opens, and sees what changed there. */
import { expect } from 'vitest'
import { at, frontBridge, frontDoor, garageDoor, scenarios, studioDoor } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const scenario = scenarios()

const create = async (it: Scenario, device_id: string, more: object = {}) =>
  (await it.seam.accessCodes.create({ device_id, code: '1357', name: 'Ann', ...more }))
    .access_code_id

const statusOf = async (it: Scenario, access_code_id: string) =>
  (await it.seam.accessCodes.get({ access_code_id })).status

for (const [what, device_id, more] of [
  ['an ongoing code', garageDoor, {}],
  ['a just-in-time code', studioDoor, { starts_at: at(0), ends_at: at(300) }],
  [
    'a code without native scheduling',
    garageDoor,
    { starts_at: at(0), ends_at: at(300), prefer_native_scheduling: false },
  ],
  ['a native code', garageDoor, { starts_at: at(0), ends_at: at(300) }],
] as const) {
  scenario(`a window that a person gives ${what} at the lock is seen and undone`, async (it) => {
    const access_code_id = await create(it, device_id, more)
    await it.advance('5m')
    await it.control('manufacturer_app/update_code', {
      device_id,
      access_code_id,
      ends_at: at(1),
    })
    await it.advance('3h')
    expect(await it.story(access_code_id)).toContain('modified_external_to_seam')
    expect(await statusOf(it, access_code_id)).toBe('set')
    expect(await it.door(device_id, '1357')).toBe('opens')
  })
}

scenario('a window that a person may give an ongoing code becomes its own', async (it) => {
  const access_code_id = await create(it, garageDoor, { is_external_modification_allowed: true })
  await it.advance('5m')
  await it.control('manufacturer_app/update_code', {
    device_id: garageDoor,
    access_code_id,
    ends_at: at(10),
  })
  await it.advance('3h')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    type: 'time_bound',
    ends_at: at(10),
    status: 'set',
  })
  await it.advance('8h')
  expect(await it.door(garageDoor, '1357')).not.toBe('opens')
  expect(await it.story(access_code_id)).toContain('deleted')
})

scenario('a one-time code is not used up at a bolt that does not move', async (it) => {
  const access_code_id = await create(it, garageDoor, { is_one_time_use: true })
  await it.advance('5m')
  await it.control('locks/jam', { device_id: garageDoor, jammed: true })
  expect(await it.door(garageDoor, '1357')).toBe('jammed')
  await it.control('locks/jam', { device_id: garageDoor, jammed: false })
  expect(await statusOf(it, access_code_id)).toBe('set')
  expect(await it.door(garageDoor, '1357')).toBe('opens')
  expect(await it.door(garageDoor, '1357')).not.toBe('opens')
})

scenario(
  'a code whose end is moved while it is taken off is not called set until it opens',
  async (it) => {
    const access_code_id = await create(it, studioDoor, { starts_at: at(0), ends_at: at(2) })
    await it.advanceTo(at(2))
    expect(await statusOf(it, access_code_id)).toBe('removing')
    await it.seam.accessCodes.update({ access_code_id, ends_at: at(5) })
    expect(await statusOf(it, access_code_id)).toBe('setting')
    for (let second = 0; second < 120; second++) {
      if ((await statusOf(it, access_code_id)) === 'set')
        expect(await it.door(studioDoor, '1357'), `after ${second} s`).toBe('opens')
      await it.advance('1s')
    }
    expect(await statusOf(it, access_code_id)).toBe('set')
    expect((await it.story(access_code_id)).filter((it) => it === 'set_on_device')).toHaveLength(2)
  },
)

scenario(
  'a removal that nobody confirmed leaves no code that is called set and does not open',
  async (it) => {
    const access_code_id = await create(it, studioDoor, { starts_at: at(0), ends_at: at(2) })
    await it.fault({ on: 'access_code.remove', times: 1, effect: { kind: 'never_confirm' } })
    await it.advanceTo(at(2))
    await it.advance('1m')
    expect(await statusOf(it, access_code_id)).toBe('removing')
    await it.seam.accessCodes.update({ access_code_id, ends_at: at(5) })
    expect(await statusOf(it, access_code_id)).toBe('setting')
    await it.advance('2m')
    expect(await statusOf(it, access_code_id)).toBe('set')
    expect(await it.door(studioDoor, '1357')).toBe('opens')
  },
)

scenario(
  'a change that is taken back on its way is not called set until the lock has it',
  async (it) => {
    const access_code_id = await create(it, garageDoor)
    await it.advance('5m')
    await it.seam.accessCodes.update({ access_code_id, code: '2468' })
    await it.seam.accessCodes.update({ access_code_id, code: '1357' })
    expect(await statusOf(it, access_code_id)).toBe('setting')
    for (let second = 0; second < 60; second++) {
      if ((await statusOf(it, access_code_id)) === 'set')
        expect(await it.door(garageDoor, '1357'), `after ${second} s`).toBe('opens')
      await it.advance('1s')
    }
    expect(await statusOf(it, access_code_id)).toBe('set')
  },
)

scenario('a kept code that is over can be renamed, and that is told', async (it) => {
  await it.control('settings/update', { keep_expired_codes: true })
  const access_code_id = await create(it, garageDoor, { starts_at: at(0), ends_at: at(1) })
  await it.advance('2h')
  await it.seam.accessCodes.update({ access_code_id, name: 'Bob' })
  expect((await it.story(access_code_id)).slice(-3)).toEqual([
    'mutations_requested',
    'name_changed',
    'changed',
  ])
})

scenario(
  'the PIN of a code that is over cannot be changed, unless it gets a new end',
  async (it) => {
    const access_code_id = await create(it, garageDoor, {
      starts_at: at(0),
      ends_at: at(1),
      prefer_native_scheduling: false,
    })
    await it.advance('50m')
    await it.fault({ on: 'access_code.remove', times: 3, effect: { kind: 'fail' } })
    await it.advance('15m')
    expect(await statusOf(it, access_code_id)).toBe('removing')
    const refused = await it.refused('/access_codes/update', { access_code_id, code: '7777' })
    expect(refused).toMatchObject({ status: 400, type: 'invalid_input' })
    expect(refused.message).toContain(at(1))
    expect((await it.seam.accessCodes.get({ access_code_id })).code).toBe('1357')
    await it.seam.accessCodes.update({ access_code_id, code: '7777', ends_at: at(9) })
    await it.advance('1h')
    expect(await it.door(garageDoor, '7777')).toBe('opens')
    expect(await it.door(garageDoor, '1357')).toBe('unknown_code')
  },
)

scenario('a one-time code that the lock lost is put back, for nobody has used it', async (it) => {
  await it.fault({
    on: 'access_code.set',
    times: 1,
    effect: { kind: 'lose_later', after: '10m' },
  })
  const access_code_id = await create(it, frontDoor, { is_one_time_use: true })
  await it.advance('12m')
  await it.control('bridges/unplug', { bridge_id: frontBridge })
  await it.advance('1m')
  await it.control('bridges/plug', { bridge_id: frontBridge })
  await it.advance('1h')
  expect(await statusOf(it, access_code_id)).toBe('set')
  await it.control('locks/factory_reset', { device_id: frontDoor })
  await it.control('bridges/unplug', { bridge_id: frontBridge })
  await it.advance('1m')
  await it.control('bridges/plug', { bridge_id: frontBridge })
  await it.advance('1h')
  expect(await statusOf(it, access_code_id)).toBe('set')
  expect(await it.door(frontDoor, '1357')).toBe('opens')
})

scenario(
  'a one-time code that was used while nobody could hear it is gone when the lock says so',
  async (it) => {
    const access_code_id = await create(it, frontDoor, { is_one_time_use: true })
    await it.advance('5m')
    await it.control('bridges/unplug', { bridge_id: frontBridge })
    expect(await it.door(frontDoor, '1357')).toBe('opens')
    await it.advance('1m')
    expect(await statusOf(it, access_code_id)).toBe('set')
    await it.control('bridges/plug', { bridge_id: frontBridge })
    expect((await it.story(access_code_id)).slice(-2)).toEqual(['removed_from_device', 'deleted'])
    await it.advance('1h')
    expect(await it.door(frontDoor, '1357')).toBe('unknown_code')
  },
)

scenario('every brand takes a start that is now or past, and a name of any length', async (it) => {
  for (const model of ['kwikset', 'igloohome', 'schlage', 'nuki', 'yale']) {
    const bridge =
      model === 'igloohome' ? { bridge_id: 'b0000000-0000-4000-8000-000000000004' } : {}
    const device_id = await it.makeLock(model, bridge)
    const { access_code_id, code } = await it.seam.accessCodes.create({
      device_id,
      name: 'A',
      starts_at: at(-0.001),
      ends_at: at(20),
    })
    await it.advance('5m')
    expect(await statusOf(it, access_code_id), model).toBe('set')
    expect(await it.door(device_id, code ?? ''), model).toBe('opens')
    await it.seam.accessCodes.update({
      access_code_id,
      name: 'A very long name, by any measure 🙂🙂',
    })
    await it.advance('5m')
    expect(await statusOf(it, access_code_id), model).toBe('set')
  }
})

scenario('a name is filled up or cut for the lock, and stays as it is for the API', async (it) => {
  const kwikset = await it.makeLock('kwikset')
  const short = await it.seam.accessCodes.create({ device_id: kwikset, code: '1357', name: 'A' })
  await it.seam.accessCodes.create({ device_id: kwikset, code: '2468', name: '🙂'.repeat(20) })
  await it.advance('5m')
  expect(await it.memory(kwikset)).toEqual(['1: 1357 A_', `2: 2468 ${'🙂'.repeat(14)}`])
  expect(await it.seam.accessCodes.get({ access_code_id: short.access_code_id })).toMatchObject({
    name: 'A',
    status: 'set',
    errors: [],
  })
})

scenario(
  'the PIN of a code that is being removed is free when the lock has forgotten it',
  async (it) => {
    const access_code_id = await create(it, garageDoor)
    await it.advance('5m')
    await it.seam.accessCodes.delete({ access_code_id })
    const again = { device_id: garageDoor, code: '1357' }
    const refused = await it.refused('/access_codes/create', again)
    expect(refused).toMatchObject({ status: 409, type: 'duplicate_access_code' })
    const until = /due at (\S+)\. Wait/.exec(refused.message)?.[1] ?? ''
    expect(await it.door(garageDoor, '1357')).toBe('opens')
    await it.advanceTo(until)
    await it.seam.accessCodes.create(again)
    await it.advance('5m')
    expect(await it.door(garageDoor, '1357')).toBe('opens')
  },
)
