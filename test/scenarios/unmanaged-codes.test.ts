/** Codes on the lock that Seam did not write. */
import { expect } from 'vitest'
import { at, frontBridge, frontDoor, garageDoor, scenarios, studioDoor } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const scenario = scenarios()

/** A person puts a code on the lock; answers the id under which the API lists it after the poll. */
const foreignCode = async (it: Scenario, device_id: string, code: string, more: object = {}) => {
  await it.control('manufacturer_app/create_code', { device_id, code, name: 'Cleaner', ...more })
  await it.advance('11m')
  const codes = await it.seam.accessCodes.unmanaged.list({ device_id })
  const found = codes.at(-1)
  if (found === undefined) throw new Error('The code is not listed')
  return found.access_code_id
}

scenario(
  'a code that a person puts on the lock appears as unmanaged and goes as quietly',
  async (it) => {
    await it.control('manufacturer_app/create_code', {
      device_id: garageDoor,
      code: '1357',
      name: 'Cleaner',
    })
    expect(await it.seam.accessCodes.unmanaged.list({ device_id: garageDoor })).toEqual([])
    await it.advance('11m')
    const [found] = await it.seam.accessCodes.unmanaged.list({ device_id: garageDoor })
    expect(found).toMatchObject({
      code: '1357',
      name: 'Cleaner',
      status: 'set',
      type: 'ongoing',
      is_managed: false,
      errors: [],
    })
    const access_code_id = found?.access_code_id ?? ''
    expect(
      await it.seam.accessCodes.unmanaged.get({ device_id: garageDoor, code: '1357' }),
    ).toEqual(found)
    expect(await it.seam.accessCodes.list({ device_id: garageDoor })).toEqual([])
    expect(await it.refused('/access_codes/get', { access_code_id })).toMatchObject({ status: 404 })

    await it.control('manufacturer_app/delete_code', { device_id: garageDoor, access_code_id })
    await it.advance('11m')
    expect(await it.seam.accessCodes.unmanaged.list({ device_id: garageDoor })).toEqual([])
    expect(await it.story(access_code_id)).toEqual(['unmanaged.created', 'unmanaged.removed'])
  },
)

scenario(
  'an unmanaged code with a window outlives it on the lock, but opens nothing any more',
  async (it) => {
    const window = { starts_at: at(0), ends_at: at(2) }
    const access_code_id = await foreignCode(it, garageDoor, '1357', window)
    expect(await it.seam.accessCodes.unmanaged.get({ access_code_id })).toMatchObject({
      type: 'time_bound',
      status: 'set',
      ...window,
    })
    await it.advance('3h')
    expect(await it.seam.accessCodes.unmanaged.get({ access_code_id })).toMatchObject({
      status: 'unset',
    })
    expect(await it.memory(garageDoor)).toEqual(['1: 1357 Cleaner'])
    expect(await it.door(garageDoor, '1357')).toBe('expired_code')
  },
)

scenario('an unmanaged code is deleted from the lock through the API', async (it) => {
  const access_code_id = await foreignCode(it, garageDoor, '1357')
  await it.seam.accessCodes.unmanaged.delete({ access_code_id })
  await it.advance('1m')
  expect(await it.door(garageDoor, '1357')).toBe('unknown_code')
  expect(await it.story(access_code_id)).toEqual(['unmanaged.created', 'unmanaged.removed'])
})

scenario(
  'an unmanaged code is converted, and keeps its id, PIN and place on the lock',
  async (it) => {
    const access_code_id = await foreignCode(it, garageDoor, '1357')
    await it.seam.accessCodes.unmanaged.convertToManaged({
      access_code_id,
      is_external_modification_allowed: true,
    })
    await it.advance('1m')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
      code: '1357',
      name: 'Cleaner',
      status: 'set',
      is_managed: true,
      is_external_modification_allowed: true,
    })
    expect(await it.seam.accessCodes.unmanaged.list({ device_id: garageDoor })).toEqual([])
    expect(await it.story(access_code_id)).toEqual([
      'unmanaged.created',
      'unmanaged.converted_to_managed',
    ])

    await it.seam.accessCodes.update({ access_code_id, code: '2468' })
    await it.advance('1m')
    expect(await it.door(garageDoor, '2468')).toBe('opens')
    await it.seam.accessCodes.delete({ access_code_id })
    await it.advance('1m')
    expect(await it.memory(garageDoor)).toEqual([])
  },
)

scenario(
  'unmanaged/update with is_managed converts as well, and without does nothing',
  async (it) => {
    const access_code_id = await foreignCode(it, garageDoor, '1357')
    await it.seam.accessCodes.unmanaged.update({ access_code_id, is_managed: false })
    await it.advance('1m')
    expect(await it.seam.accessCodes.unmanaged.get({ access_code_id })).toMatchObject({
      is_managed: false,
    })
    await it.seam.accessCodes.unmanaged.update({ access_code_id, is_managed: true })
    await it.advance('1m')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ is_managed: true })
  },
)

scenario(
  'a conversion fails while the lock cannot be asked, and may be tried again',
  async (it) => {
    const access_code_id = await foreignCode(it, frontDoor, '1357')
    await it.control('bridges/unplug', { bridge_id: frontBridge })
    await it.seam.accessCodes.unmanaged.convertToManaged({ access_code_id })
    await it.advance('1m')
    expect((await it.eventsOf(access_code_id)).at(-1)).toMatchObject({
      event_type: 'access_code.unmanaged.failed_to_convert_to_managed',
      access_code_errors: [{ error_code: 'provider_issue' }],
      access_code_warnings: [],
      device_errors: [{ error_code: 'hub_disconnected' }],
      device_warnings: [],
      connected_account_errors: [],
      connected_account_warnings: [],
    })
    expect(await it.seam.accessCodes.unmanaged.get({ access_code_id })).toMatchObject({
      is_managed: false,
    })
    await it.control('bridges/plug', { bridge_id: frontBridge })
    await it.seam.accessCodes.unmanaged.convertToManaged({ access_code_id })
    await it.advance('1m')
    expect((await it.story(access_code_id)).at(-1)).toBe('unmanaged.converted_to_managed')
  },
)

scenario(
  'some brands show codes of others without their PIN and cannot take them over',
  async (it) => {
    const access_code_id = await foreignCode(it, studioDoor, '1357')
    const found = await it.seam.accessCodes.unmanaged.get({ access_code_id })
    expect(found).toMatchObject({ code: null, cannot_be_managed: true })
    const refusal = await it.refused('/access_codes/unmanaged/convert_to_managed', {
      access_code_id,
    })
    expect(refusal).toMatchObject({ status: 400, type: 'access_code_cannot_be_managed' })
    expect(await it.seam.accessCodes.unmanaged.get({ access_code_id })).toEqual(found)
  },
)

scenario(
  'a brand without unmanaged codes never shows what a person put on the lock',
  async (it) => {
    const device_id = await it.makeLock('kwikset')
    await it.control('manufacturer_app/create_code', { device_id, code: '1357' })
    await it.advance('1h')
    expect(await it.seam.accessCodes.unmanaged.list({ device_id })).toEqual([])
    expect(await it.door(device_id, '1357')).toBe('opens')
    expect(
      await it.refused('/access_codes/simulate/create_unmanaged_access_code', {
        device_id,
        code: '2468',
        name: 'X',
      }),
    ).toMatchObject({ status: 400, type: 'device_type_not_supported' })
  },
)

scenario('the sandbox makes an unmanaged code appear at once', async (it) => {
  const made = await it.seam.accessCodes.simulate.createUnmanagedAccessCode({
    device_id: frontDoor,
    code: '1357',
    name: 'Cleaner',
  })
  expect(made).toMatchObject({ code: '1357', is_managed: false, status: 'set' })
  expect(await it.door(frontDoor, '1357')).toBe('opens')
  expect(await it.story(made.access_code_id)).toEqual(['unmanaged.created'])
})

scenario('the lock refuses a PIN that an unmanaged code has', async (it) => {
  const unmanaged_access_code_id = await foreignCode(it, garageDoor, '1357')
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    code: '1357',
  })
  await it.advance('1m')
  expect((await it.seam.accessCodes.get({ access_code_id })).errors).toMatchObject([
    { error_code: 'duplicate_code_on_device', unmanaged_access_code_id },
  ])
  expect((await it.eventsOf(access_code_id)).at(-1)).toMatchObject({
    event_type: 'access_code.failed_to_set_on_device',
    access_code_errors: [{ error_code: 'duplicate_code_on_device' }],
  })
  await it.seam.accessCodes.unmanaged.delete({ access_code_id: unmanaged_access_code_id })
  await it.advance('11m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'set',
    errors: [],
  })
})

scenario('a managed code is handed over to the lock by updating it to unmanaged', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    name: 'Ann',
    code: '1357',
  })
  await it.advance('1m')
  await it.seam.accessCodes.update({ access_code_id, is_managed: false })
  expect(await it.seam.accessCodes.unmanaged.get({ access_code_id })).toMatchObject({
    code: '1357',
    name: 'Ann',
  })
  await it.control('manufacturer_app/update_code', {
    device_id: garageDoor,
    access_code_id,
    code: '2468',
  })
  await it.advance('11m')
  expect(await it.seam.accessCodes.unmanaged.get({ access_code_id })).toMatchObject({
    code: '2468',
  })
  expect(await it.story(access_code_id)).toEqual(['created', 'set_on_device'])
})

scenario('where another integration manages the lock too, a conversion needs force', async (it) => {
  const access_code_id = await foreignCode(it, garageDoor, '1357')
  await it.control('locks/set_third_party', { device_id: garageDoor })
  expect(it.issues(await it.seam.accessCodes.unmanaged.get({ access_code_id }))).toEqual([
    'third_party_integration_detected',
  ])
  await it.seam.accessCodes.unmanaged.convertToManaged({ access_code_id })
  await it.advance('1m')
  expect((await it.eventsOf(access_code_id)).at(-1)).toMatchObject({
    event_type: 'access_code.unmanaged.failed_to_convert_to_managed',
    access_code_errors: [{ error_code: 'insufficient_permissions' }],
    access_code_warnings: [{ warning_code: 'third_party_integration_detected' }],
  })
  await it.seam.accessCodes.unmanaged.convertToManaged({ access_code_id, force: true })
  await it.advance('1m')
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ is_managed: true })
})

scenario(
  'unmanaging a device leaves its codes on the lock, unmanaged, also when it is managed again',
  async (it) => {
    const guest = await it.seam.accessCodes.create({
      device_id: garageDoor,
      name: 'Guest',
      code: '1357',
      starts_at: at(0),
      ends_at: at(48),
      use_backup_access_code_pool: true,
    })
    await it.advance('5m')
    await it.seam.devices.update({ device_id: garageDoor, is_managed: false })
    expect(
      await it.refused('/access_codes/get', { access_code_id: guest.access_code_id }),
    ).toMatchObject({
      status: 404,
    })
    await it.advance('1h')
    // Spare codes go; what a guest may be using stays.
    expect(await it.memory(garageDoor)).toEqual(['1: 1357 Guest'])
    expect(await it.door(garageDoor, '1357')).toBe('opens')

    await it.seam.devices.unmanaged.update({ device_id: garageDoor, is_managed: true })
    const [code] = await it.seam.accessCodes.unmanaged.list({ device_id: garageDoor })
    expect(code).toMatchObject({
      access_code_id: guest.access_code_id,
      code: '1357',
      status: 'set',
    })
    expect(await it.seam.accessCodes.list({ device_id: garageDoor })).toEqual([])
  },
)
