import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { desc, is, orderBy } from '../../src/db/conditions.ts'
import { events } from '../../src/db/tables/events.ts'
import { webhook_deliveries } from '../../src/db/tables/webhooks.ts'
import { exportWorkspace } from '../../src/db/snapshot.ts'
import { parseSnapshot } from '../../src/db/snapshot-format.ts'
import type { Snapshot } from '../../src/db/snapshot-format.ts'
import { restoreWorkspace } from '../../src/sim/workspaces/operations.ts'
import { unplugBridge } from '../../src/sim/devices/bridges.ts'
import { openFrozenWorld, start } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'
import { action, perform } from '../support/random-history.ts'

const ofType = is(events.event_type)
const newest = orderBy(webhook_deliveries, (delivery) => [desc(delivery.seq)])

const copy = ({ universe, workspace_id, now }: FrozenWorld): Snapshot =>
  exportWorkspace(universe.db, workspace_id, now())

/** As text, with what must differ between two workspaces made equal. */
const text = (world: FrozenWorld): string =>
  JSON.stringify(copy(world)).replaceAll(world.workspace_id, 'workspace')

const restored = (world: FrozenWorld, json: string): FrozenWorld => {
  const { universe, workspace_id } = world
  restoreWorkspace(universe, workspace_id, parseSnapshot(universe.db, JSON.parse(json)), start)
  return world
}

describe('a snapshot', () => {
  it('lets another workspace go on exactly as the first one would', () => {
    const history = fc.array(action, { maxLength: 15 })
    fc.assert(
      fc.property(history, history, (before, after) => {
        const first = openFrozenWorld(undefined, 'first')
        for (const it of before) perform(first, it)
        const json = JSON.stringify(copy(first))
        const second = restored(openFrozenWorld(undefined, 'second'), json)
        expect(text(second)).toBe(text(first))
        for (const it of after) {
          perform(first, it)
          perform(second, it)
        }
        expect(text(second)).toBe(text(first))
      }),
      { numRuns: 40 },
    )
  })

  it('takes the world back to where it was', () => {
    const world = openFrozenWorld()
    const before = text(world)
    const json = JSON.stringify(copy(world))
    perform(world, {
      do: 'create',
      device_id: 'wifi-lock',
      code: '4711',
      starts_in: null,
      lasts: 1,
    })
    perform(world, { do: 'advance', by: 1_000_000 })
    expect(text(world)).not.toBe(before)
    expect(text(restored(world, json))).toBe(before)
    expect(world.now()).toBe(start)
  })

  it('keeps the order in which locks were made', () => {
    const account = { connected_account_id: 'account' }
    const hub = { bridge_id: 'hub', ...account }
    const lock = (device_id: string) => ({
      ...hub,
      device_id,
      model: 'smartthings',
      name: device_id,
    })
    const world = openFrozenWorld({
      name: 'three on a hub',
      loose_ids: true,
      connected_accounts: [{ ...account, model: 'smartthings' }],
      bridges: [{ ...hub, name: 'Hub' }],
      devices: [lock('c'), lock('a'), lock('b')],
    })
    const locksLost = (): string[] =>
      world.write((open) => {
        unplugBridge(open, 'hub')
        const lost = open.events.all(ofType('device.disconnected'))
        return lost.map((event) => event.device_id ?? '')
      })
    const json = JSON.stringify(copy(world))
    const before = locksLost()
    expect(before).toEqual(['c', 'a', 'b'])
    restored(world, json)
    expect(locksLost()).toEqual(before)
  })

  it('keeps the attempts of each delivery with it, whatever numbers are taken already', () => {
    const first = openFrozenWorld()
    perform(first, { do: 'webhook' })
    perform(first, {
      do: 'create',
      device_id: 'wifi-lock',
      code: '4711',
      starts_in: null,
      lasts: 1,
    })
    first.write((world) => {
      const [delivery] = world.webhook_deliveries.all(undefined, { order: newest, limit: 1 })
      world.webhook_attempts.insert({
        delivery_seq: delivery?.seq ?? 0,
        webhook_id: delivery?.webhook_id ?? '',
        event_id: delivery?.event_id ?? '',
        attempt: 1,
        attempted_at: world.now,
        duration: 1,
        status: 200,
        response_body: '',
        error: null,
        fault_id: null,
      })
    })
    const json = JSON.stringify(copy(first))
    const second = openFrozenWorld(undefined, 'busy')
    perform(second, { do: 'webhook' })
    perform(second, {
      do: 'create',
      device_id: 'wifi-lock',
      code: '2580',
      starts_in: null,
      lasts: 1,
    })
    restored(second, json)
    second.read((world) => {
      const [attempt] = world.webhook_attempts.all()
      const delivery = world.webhook_deliveries.get(String(attempt?.delivery_seq))
      expect(delivery?.event_id).toBe(attempt?.event_id)
      expect(attempt?.event_id).not.toBeUndefined()
    })
  })

  it('says what is wrong with JSON that is none, or of another version', () => {
    const world = openFrozenWorld()
    const parse = (value: unknown) => () => parseSnapshot(world.universe.db, value)
    const good = copy(world)
    expect(parse({ hello: 1 })).toThrow(/needs format "seam-emulator-snapshot"/)
    expect(parse({ ...good, version: 99 })).toThrow(/version 99, of a newer seam-emulator/)
    const [lock, ...others] = good.tables.devices
    const broken = { ...lock, name: 7 }
    expect(parse({ ...good, tables: { ...good.tables, devices: [...others, broken] } })).toThrow(
      /tables\.devices\.\d\.name: .*expected string/,
    )
    const { seed: _, ...unseeded } = good.workspace
    expect(parse({ ...good, workspace: unseeded })).toThrow(/workspace\.seed/)
  })
})
