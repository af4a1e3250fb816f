/** What changes in a world, row by row, while somebody looks. */
import { IDS_PER_FRAME } from '../../contract/stream.ts'
import type { Changed } from '../../contract/stream.ts'
import { is } from '../../db/conditions.ts'
import { devices } from '../../db/tables/devices.ts'
import { locks } from '../../db/tables/locks.ts'
import { worldTables } from '../../db/tables/index.ts'
import type { WorldTable } from '../../db/tables/index.ts'
import { thermostatsBehind } from '../../sim/thermostats/link.ts'
import type { World } from '../../sim/kernel/world.ts'

const behind = is(locks.bridge_id)
const of = is(devices.connected_account_id)

/** The parts of a world that are told from a table. */
export type PartsOf = (table: WorldTable) => readonly string[]

type Row = Readonly<Record<string, unknown>>
type Ids = Set<string> | 'all'

/** What is named by its rows, and the tables of those rows, of which the id is the first. */
const named = {
  devices: ['devices', 'locks', 'lock_memory_slots', 'noise_sensors', 'thermostats'],
  access_codes: ['access_codes'],
  bridges: ['bridges'],
  connected_accounts: ['connected_accounts'],
} as const satisfies Partial<Record<keyof Changed, readonly WorldTable[]>>

type Named = keyof typeof named
const names: readonly Named[] = ['devices', 'access_codes', 'bridges', 'connected_accounts']

const wire = (ids: Ids): string[] | 'all' => (ids === 'all' ? ids : [...ids])

const noneYet = (): Record<Named, Ids> => ({
  devices: new Set(),
  access_codes: new Set(),
  bridges: new Set(),
  connected_accounts: new Set(),
})

export interface Watch {
  /** What has changed since it was last asked; a call counts as one. */
  readonly take: (requests: number) => Changed
  /** Looks away from what is taken back afterwards; the answer looks again. */
  readonly pause: () => () => void
  readonly stop: () => void
}

const add = (all: Record<Named, Ids>, name: Named, id: string): void => {
  const ids = all[name]
  if (ids === 'all') return
  ids.add(id)
  if (ids.size > IDS_PER_FRAME) all[name] = 'all'
}

/** A device is another one where its bridge or its account is. */
const addDevicesBehind = (world: World, ids: Record<Named, Ids>): void => {
  if (ids.bridges === 'all' || ids.connected_accounts === 'all') ids.devices = 'all'
  for (const bridge_id of ids.bridges === 'all' ? [] : ids.bridges) {
    for (const { device_id } of world.locks.all(behind(bridge_id))) add(ids, 'devices', device_id)
    for (const device_id of thermostatsBehind(world, bridge_id)) add(ids, 'devices', device_id)
  }
  for (const account_id of ids.connected_accounts === 'all' ? [] : ids.connected_accounts) {
    for (const { device_id } of world.devices.all(of(account_id))) add(ids, 'devices', device_id)
  }
}

/** The tables that changed since they were last asked for. */
const tableWatch = (world: World) => {
  const versions = new Map(worldTables.map((name) => [name, world[name].version]))
  let noted = new Set<WorldTable>()
  const look = (): WorldTable[] =>
    worldTables.filter((name) => {
      const { version } = world[name]
      if (versions.get(name) === version) return false
      versions.set(name, version)
      return true
    })
  return {
    take: (): WorldTable[] => {
      const changed = [...new Set([...noted, ...look()])]
      noted = new Set()
      return changed
    },
    pause: () => {
      for (const name of look()) noted.add(name)
      return () => void look()
    },
  }
}

/** Keypads that are deaf: they listen again by time alone. */
const deafWatch = (world: World) => {
  const until = new Map<string, number>()
  const note = (device_id: string, instant: unknown): void => {
    if (typeof instant === 'number') until.set(device_id, instant)
  }
  for (const lock of world.locks.all()) note(lock.device_id, lock.locked_out_until)
  return {
    note,
    /** Those that have begun to listen. */
    takeOver: (): string[] => {
      const over = [...until].filter(([, instant]) => instant <= world.now).map(([id]) => id)
      for (const id of over) until.delete(id)
      return over
    },
  }
}

/** Watches the rows of what is named by id. */
const idWatch = (world: World) => {
  let ids = noneYet()
  let isPaused = false
  const deaf = deafWatch(world)
  const noteRow = (name: Named, table: WorldTable, key: string, row: Row | null): void => {
    if (isPaused) return
    const end = key.indexOf('\n')
    add(ids, name, end === -1 ? key : key.slice(0, end))
    // A lock is another one where one of its codes is.
    const device_id = table === 'access_codes' ? row?.['device_id'] : undefined
    if (typeof device_id === 'string') add(ids, 'devices', device_id)
    if (table === 'locks') deaf.note(key, row?.['locked_out_until'])
  }
  for (const name of names) {
    for (const table of named[name]) {
      world[table].watch((key, row) => noteRow(name, table, key, row))
    }
  }
  return {
    take: (): Record<Named, string[] | 'all'> => {
      addDevicesBehind(world, ids)
      for (const device_id of deaf.takeOver()) add(ids, 'devices', device_id)
      const { devices, access_codes, bridges, connected_accounts } = ids
      ids = noneYet()
      return {
        devices: wire(devices),
        access_codes: wire(access_codes),
        bridges: wire(bridges),
        connected_accounts: wire(connected_accounts),
      }
    },
    pause: () => {
      isPaused = true
      return () => void (isPaused = false)
    },
    stop: (): void => {
      for (const name of names) for (const table of named[name]) world[table].watch(null)
    },
  }
}

/** Counts the writes of what is too much to be named. */
const countWatch = ({ webhook_deliveries, inbox_messages }: World) => {
  let counts = { deliveries: 0, inbox: 0 }
  webhook_deliveries.watch(() => counts.deliveries++)
  inbox_messages.watch(() => counts.inbox++)
  return {
    take: () => {
      const taken = counts
      counts = { deliveries: 0, inbox: 0 }
      return taken
    },
    pause: () => {
      const before = { ...counts }
      return () => void (counts = before)
    },
    stop: (): void => {
      webhook_deliveries.watch(null)
      inbox_messages.watch(null)
    },
  }
}

/** Watches a world until it is stopped. */
export const watchWorld = (world: World, partsOf: PartsOf): Watch => {
  const ids = idWatch(world)
  const counts = countWatch(world)
  const changedTables = tableWatch(world)
  return {
    take: (requests) => {
      const tables = changedTables.take()
      return {
        ...ids.take(),
        faults: tables.includes('faults'),
        webhooks: tables.includes('webhooks'),
        ...counts.take(),
        requests,
        parts: [...new Set(tables.flatMap(partsOf))],
      }
    },
    pause: () => {
      const again = [ids.pause(), counts.pause(), changedTables.pause()]
      return () => {
        for (const look of again) look()
      }
    },
    stop: () => {
      ids.stop()
      counts.stop()
    },
  }
}
