import { describe, expect, test } from 'vitest'
import { listedPresenter } from '../../../src/api/seam/devices/presenter.ts'
import { deviceKinds } from '../../../src/sim/device-kinds.ts'
import { deviceKindNames, kindNameOf } from '../../../src/sim/devices/kinds.ts'
import { simulateRemoval } from '../../../src/sim/devices/simulate.ts'
import { requireDevice } from '../../../src/sim/devices/rows.ts'
import { lockProfiles } from '../../../src/sim/locks/models/index.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'

describe('the kind of a device', () => {
  test.each(Object.values(lockProfiles))('$model is a lock', ({ model, device_type }) => {
    expect(kindNameOf({ model, device_type })).toBe('lock')
  })

  test.each([
    ['ecobee', 'ecobee_thermostat', 'thermostat'],
    ['smartthings', 'smartthings_thermostat', 'thermostat'],
    ['smartthings', 'smartthings_lock', 'lock'],
    ['minut', 'minut_sensor', 'noise_sensor'],
  ])('%s as %s is a %s', (model, device_type, kind) => {
    expect(kindNameOf({ model, device_type })).toBe(kind)
  })

  test.each(['ecobee_thermostat', 'minut_sensor', 'august_lock', 'something_else'])(
    '%s without a model is not simulated',
    (device_type) => {
      expect(kindNameOf({ model: null, device_type })).toBe('other')
    },
  )

  test('every kind has an entry', () => {
    expect(Object.keys(deviceKinds).sort()).toEqual([...deviceKindNames].sort())
  })
})

describe('a device that is no lock', () => {
  const fixture = {
    name: 'a-thermostat',
    loose_ids: true,
    connected_accounts: [{ connected_account_id: 'home', account_type: 'ecobee' }],
    devices: [
      {
        device_id: 'hall',
        connected_account_id: 'home',
        device_type: 'ecobee_thermostat',
        name: 'Hall',
        wire: {
          capabilities_supported: ['thermostat'],
          properties: { name: 'Hall', online: true },
        },
      },
    ],
  }

  test('is made from its fixture and listed as it says, by the name that its user gave', () => {
    const { write } = openFrozenWorld(fixture)
    write((world) => world.devices.update('hall', { nickname: 'Corridor' }))
    const wire = write((world) => listedPresenter.managed(world, requireDevice(world, 'hall')))
    expect(wire).toMatchObject({
      device_id: 'hall',
      display_name: 'Corridor',
      capabilities_supported: ['thermostat'],
      properties: { name: 'Corridor', online: true },
    })
  })

  test('takes no simulation before its kind says so, and the error names who does', () => {
    const { write } = openFrozenWorld(fixture)
    expect(() => write((world) => simulateRemoval(world, deviceKinds, 'hall'))).toThrow(
      /ecobee_thermostat, without can_simulate_removal\. Devices that have it: .*august_lock/,
    )
  })
})
