/** A person changes codes in the manufacturer's app, past Seam. */
import { expect } from 'vitest'
import { at, garageDoor, scenarios, studioDoor } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const scenario = scenarios()

const setCode = async (
  it: Scenario,
  device_id: string,
  is_external_modification_allowed = false,
) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id,
    name: 'Ann',
    code: '1357',
    is_external_modification_allowed,
  })
  await it.advance('1m')
  return access_code_id
}

scenario('a PIN changed at the lock is seen at the next poll and written back', async (it) => {
  const access_code_id = await setCode(it, garageDoor)
  await it.control('manufacturer_app/update_code', {
    device_id: garageDoor,
    access_code_id,
    code: '2468',
  })
  expect(await it.door(garageDoor, '2468')).toBe('opens')
  expect(await it.door(garageDoor, '1357')).toBe('unknown_code')
  expect(it.issues(await it.seam.accessCodes.get({ access_code_id }))).toEqual([])

  const fault = await it.fault({ on: 'access_code.update', times: 1, effect: { kind: 'fail' } })
  await it.advance('11m')
  const conflicting = await it.seam.accessCodes.get({ access_code_id })
  expect(conflicting).toMatchObject({ code: '1357', status: 'setting' })
  expect(conflicting.errors).toMatchObject([
    {
      error_code: 'conflicting_external_modification',
      is_access_code_error: true,
      change_type: 'modified',
      modified_fields: [{ field: 'code', from: '1357', to: '2468' }],
    },
  ])
  await it.endFault(fault)
  await it.advance('11m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'set',
    errors: [],
  })
  expect(await it.door(garageDoor, '1357')).toBe('opens')
  expect(await it.door(garageDoor, '2468')).toBe('unknown_code')
  expect(await it.story(access_code_id)).toEqual([
    'created',
    'set_on_device',
    'modified_external_to_seam',
    'delay_in_setting_on_device',
    'set_on_device',
  ])
  expect((await it.eventsOf(access_code_id))[2]).not.toHaveProperty('code')
})

scenario('a code deleted at the lock is put back, again and again', async (it) => {
  const access_code_id = await setCode(it, garageDoor)
  for (let times = 0; times < 2; times++) {
    await it.control('manufacturer_app/delete_code', { device_id: garageDoor, access_code_id })
    expect(await it.door(garageDoor, '1357')).toBe('unknown_code')
    await it.advance('11m')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
      status: 'set',
      errors: [],
    })
    expect(await it.door(garageDoor, '1357')).toBe('opens')
  }
  expect(await it.story(access_code_id)).toEqual([
    'created',
    'set_on_device',
    'deleted_external_to_seam',
    'set_on_device',
    'deleted_external_to_seam',
    'set_on_device',
  ])
})

scenario('a change that is allowed is left as it is, and the API follows the lock', async (it) => {
  const access_code_id = await setCode(it, garageDoor, true)
  await it.control('manufacturer_app/update_code', {
    device_id: garageDoor,
    access_code_id,
    code: '2468',
    name: 'Anna',
  })
  await it.advance('11m')
  const changed = await it.seam.accessCodes.get({ access_code_id })
  expect(changed).toMatchObject({
    code: '2468',
    name: 'Anna',
    status: 'set',
    errors: [],
    pending_mutations: [],
  })
  expect(changed.warnings).toMatchObject([
    {
      warning_code: 'external_modification_in_effect',
      change_type: 'modified',
      modified_fields: [
        { field: 'code', from: '1357', to: '2468' },
        { field: 'name', from: 'Ann', to: 'Anna' },
      ],
    },
  ])
  await it.advance('24h')
  expect(await it.door(garageDoor, '2468')).toBe('opens')
  expect(await it.story(access_code_id)).toEqual([
    'created',
    'set_on_device',
    'modified_external_to_seam',
  ])

  // The next change through the API starts from there, and takes the code back.
  await it.seam.accessCodes.update({ access_code_id, code: '9753' })
  await it.advance('1m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    warnings: [],
    status: 'set',
  })
  expect((await it.eventsOf(access_code_id)).at(-3)).toMatchObject({
    event_type: 'access_code.code_changed',
    from: { code: '2468' },
    to: { code: '9753' },
  })
})

scenario('a deletion that is allowed is not put back', async (it) => {
  const access_code_id = await setCode(it, garageDoor, true)
  await it.control('manufacturer_app/delete_code', { device_id: garageDoor, access_code_id })
  await it.advance('24h')
  const gone = await it.seam.accessCodes.get({ access_code_id })
  expect(gone).toMatchObject({ status: 'unset', errors: [], pending_mutations: [] })
  expect(gone.warnings).toMatchObject([
    { warning_code: 'external_modification_in_effect', change_type: 'removed' },
  ])
  expect(await it.door(garageDoor, '1357')).toBe('unknown_code')
  expect((await it.story(access_code_id)).at(-1)).toBe('deleted_external_to_seam')
})

scenario(
  'a window moved at the lock is moved back while the lock keeps windows itself',
  async (it) => {
    const { access_code_id } = await it.seam.accessCodes.create({
      device_id: garageDoor,
      code: '1357',
      starts_at: at(1),
      ends_at: at(24),
    })
    await it.advance('2h')
    await it.control('manufacturer_app/update_code', {
      device_id: garageDoor,
      access_code_id,
      ends_at: at(3),
    })
    const fault = await it.fault({ on: 'access_code.update', times: 1, effect: { kind: 'fail' } })
    await it.advance('11m')
    expect((await it.seam.accessCodes.get({ access_code_id })).errors).toMatchObject([
      { modified_fields: [{ field: 'ends_at', from: at(24), to: at(3) }] },
    ])
    await it.advance('70m')
    expect(await it.door(garageDoor, '1357')).toBe('opens')
    await it.endFault(fault)
  },
)

scenario('behind a dark hub a change is only seen when the hub is back', async (it) => {
  const access_code_id = await setCode(it, studioDoor)
  await it.control('bridges/unplug', { bridge_id: 'b0000000-0000-4000-8000-000000000002' })
  await it.control('manufacturer_app/update_code', {
    device_id: studioDoor,
    access_code_id,
    code: '2468',
  })
  await it.advance('3h')
  expect(await it.story(access_code_id)).toEqual(['created', 'set_on_device'])
  expect(await it.door(studioDoor, '2468')).toBe('opens')
  await it.control('bridges/plug', { bridge_id: 'b0000000-0000-4000-8000-000000000002' })
  await it.advance('1m')
  expect(await it.story(access_code_id)).toEqual([
    'created',
    'set_on_device',
    'modified_external_to_seam',
    'set_on_device',
  ])
  expect(await it.door(studioDoor, '2468')).toBe('unknown_code')
  expect(await it.door(studioDoor, '1357')).toBe('opens')
})

scenario(
  'a code that the lock lost by itself is missed at the next poll and set again',
  async (it) => {
    await it.fault({ on: 'access_code.set', times: 1, effect: { kind: 'lose_later', after: '2h' } })
    const access_code_id = await setCode(it, garageDoor)
    await it.advance('1h')
    expect(await it.door(garageDoor, '1357')).toBe('opens')
    await it.advance('61m')
    expect(await it.door(garageDoor, '1357')).toBe('unknown_code')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
      status: 'set',
      errors: [],
    })
    await it.advance('1h')
    expect(await it.story(access_code_id)).toEqual([
      'created',
      'set_on_device',
      'deleted_external_to_seam',
      'set_on_device',
    ])
    expect(await it.door(garageDoor, '1357')).toBe('opens')
  },
)
