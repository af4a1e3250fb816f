import { describe, expect, it } from 'vitest'
import { is, oneOf } from '../../../src/db/conditions.ts'
import { events } from '../../../src/db/tables/events.ts'
import type { FaultDefinition } from '../../../src/db/tables/faults.ts'
import { createFault, deleteFault } from '../../../src/sim/faults/operations.ts'
import { allFaults, stateOf } from '../../../src/sim/faults/registry.ts'
import { finishFirstSync } from '../../../src/sim/connect-webviews/first-sync.ts'
import { deleteAccount } from '../../../src/sim/connected-accounts/operations.ts'
import { openFrozenWorld, start } from '../../support/frozen-world.ts'
import type { FrozenWorld } from '../../support/frozen-world.ts'

const minute = 60_000
const ofType = is(events.event_type)
const ofDevice = is(events.device_id)
const ofTypes = oneOf(events.event_type)

const add = ({ write }: FrozenWorld, definition: FaultDefinition): string =>
  write((world) => createFault(world, definition).fault_id)

/** When the lock's connection was told to break (-) and to return (+), in minutes from the start. */
const story = ({ read }: FrozenWorld, device_id: string): string[] =>
  read((world) =>
    world.events
      .all([ofDevice(device_id), ofTypes(['device.connected', 'device.disconnected'])])
      .map(
        (event) =>
          // Whole minutes: of two that are told at one instant the second is stamped a moment later.
          `${event.event_type === 'device.connected' ? '+' : '-'}${Math.floor((event.created_at - start) / minute)}`,
      ),
  )

describe('faults of links', () => {
  it('holds a bridge down until the fault is deleted', () => {
    const world = openFrozenWorld()
    const id = add(world, {
      on: 'bridge.link',
      match: { bridge_id: 'bridge' },
      effect: { kind: 'down' },
    })
    world.advance(30 * minute)
    expect(story(world, 'bridge-lock')).toEqual(['-0'])
    world.write((inner) => deleteFault(inner, id))
    expect(story(world, 'bridge-lock')).toEqual(['-0', '+30'])
    expect(story(world, 'wifi-lock')).toEqual([])
  })

  it('is down for as long as it says, and counts as expired', () => {
    const world = openFrozenWorld()
    add(world, {
      on: 'device.link',
      match: { device_id: 'wifi-lock' },
      effect: { kind: 'down', for: 5 * minute },
    })
    world.advance(60 * minute)
    expect(story(world, 'wifi-lock')).toEqual(['-0', '+5'])
    world.read((inner) => {
      const [fault] = allFaults(inner)
      expect(fault).toMatchObject({ hits: 1, last_hit_at: start })
      expect(fault && stateOf(fault, inner.now)).toBe('expired')
    })
  })

  it('is down between its instants', () => {
    const world = openFrozenWorld()
    add(world, {
      on: 'connected_account.link',
      match: { connected_account_id: 'august-account' },
      between: [start + 10 * minute, start + 20 * minute],
      effect: { kind: 'down' },
    })
    world.advance(60 * minute)
    expect(story(world, 'bridge-lock')).toEqual(['-10', '+20'])
  })

  it('flaps as often as asked', () => {
    const world = openFrozenWorld()
    add(world, {
      on: 'device.link',
      match: { device_id: 'wifi-lock' },
      times: 3,
      effect: { kind: 'flap', every: 10 * minute, for: 2 * minute },
    })
    world.advance(120 * minute)
    expect(story(world, 'wifi-lock')).toEqual(['-0', '+2', '-10', '+12', '-20', '+22'])
    world.read((inner) => {
      const [fault] = allFaults(inner)
      expect(fault && stateOf(fault, inner.now)).toBe('exhausted')
    })
  })

  it('keeps no more of a link that breaks every second than of one that breaks now and then', () => {
    const world = openFrozenWorld()
    add(world, {
      on: 'device.link',
      match: { device_id: 'wifi-lock' },
      effect: { kind: 'flap', every: 1_000, for: 500 },
    })
    world.advance(30 * minute)
    world.read((inner) => {
      const device = inner.devices.get('wifi-lock')
      expect(inner.events.count(ofType('device.disconnected'))).toBe(1_801)
      expect(device?.disconnections).toEqual([world.now() - 1_000, world.now()])
      expect(device?.flaky_since).toBe(start + 2_000)
    })
  })

  it('leaves a link down that another fault still holds', () => {
    const world = openFrozenWorld()
    const match = { device_id: 'wifi-lock' }
    add(world, { on: 'device.link', match, effect: { kind: 'down', for: 10 * minute } })
    world.advance(5 * minute)
    add(world, { on: 'device.link', match, effect: { kind: 'down', for: 10 * minute } })
    world.advance(60 * minute)
    expect(story(world, 'wifi-lock')).toEqual(['-0', '+15'])
  })

  it('does not bring back what was down before it', () => {
    const world = openFrozenWorld()
    const match = { bridge_id: 'bridge' }
    world.write((inner) => inner.bridges.update('bridge', { offline_at: start }))
    add(world, { on: 'bridge.link', match, effect: { kind: 'down', for: minute } })
    world.advance(60 * minute)
    world.read((inner) => expect(inner.bridges.get('bridge')?.offline_at).toBe(start))
  })
})

describe('a lock whose account is deleted and connected again', () => {
  /** The same login connects once more: the lock comes back as a new device. */
  const connectAgain = ({ write, read }: FrozenWorld): string => {
    write((world) => {
      const account = world.connected_accounts.get('schlage-account')
      if (account === undefined) throw new Error('The fixture has this account')
      const { seq: _seq, workspace_id: _workspace, ...same } = account
      deleteAccount(world, 'schlage-account')
      world.connected_accounts.insert({ ...same, connected_account_id: 'again' })
      finishFirstSync(world, 'again')
    })
    const [device] = read((world) => world.devices.all()).filter(
      ({ connected_account_id }) => connected_account_id === 'again',
    )
    return device?.device_id ?? ''
  }

  it('is dark as long as the fault that holds it, and back at its end', () => {
    const world = openFrozenWorld()
    add(world, {
      on: 'device.link',
      match: { device_id: 'wifi-lock' },
      effect: { kind: 'down', for: 60 * minute },
    })
    world.advance(10 * minute)
    const device_id = connectAgain(world)
    expect(story(world, device_id)).toEqual(['+10', '-10'])
    world.advance(60 * minute)
    expect(story(world, device_id)).toEqual(['+10', '-10', '+60'])
  })

  it('keeps what was set otherwise on it, and what keeps people out', () => {
    const world = openFrozenWorld()
    world.write((inner) =>
      inner.locks.update('wifi-lock', {
        profile_overrides: { memory_slots: 3 },
        privacy_mode_at: start,
        bank_full_since: start,
        third_party_at: start,
      }),
    )
    const device_id = connectAgain(world)
    expect(world.read((inner) => inner.locks.get(device_id))).toMatchObject({
      profile_overrides: { memory_slots: 3 },
      privacy_mode_at: start,
      bank_full_since: null,
      third_party_at: null,
      abandoned: null,
    })
  })
})
