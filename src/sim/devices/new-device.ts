/** A new device of any kind: what it may be told, and the row of what every device has. */
import { batteryStatus } from './battery-level.ts'
import { linkState } from './link.ts'
import { insertDevice } from './rows.ts'
import type { World } from '../kernel/world.ts'

/** What any new device may be told, whatever it is. */
export interface NewDevice {
  model: string
  device_id?: string | undefined
  connected_account_id?: string | undefined
  name?: string | undefined
  nickname?: string | undefined
  is_managed?: boolean | undefined
  is_online?: boolean | undefined
  location?: { location_name?: string | undefined; time_zone?: string | undefined } | undefined
  custom_metadata?: Record<string, string | boolean> | undefined
  customer_key?: string | undefined
  wire?: Record<string, unknown> | undefined
}

/** What its model, its bridge and its cells make of it. */
interface Hardware {
  profile: { model: string; device_type: string; display_name: string }
  /** Null: it has its own network. */
  bridge_id: string | null
  /** 0 to 1; null: wired. */
  battery_level: number | null
}

type Placed = NewDevice & { device_id: string; connected_account_id: string }

const linkOfNew = (world: World, input: Placed, { bridge_id, battery_level }: Hardware) => {
  const account = world.connected_accounts.get(input.connected_account_id)
  const bridge = bridge_id === null ? undefined : world.bridges.get(bridge_id)
  return linkState({
    account: { connected: account?.disconnected_at === null },
    bridge: bridge_id === null ? null : { online: bridge?.offline_at === null },
    lock: {
      radio_online: input.is_online ?? true,
      battery_dead: battery_level !== null && battery_level <= 0,
      removed: false,
    },
  })
}

/** Puts its row there; nothing is told of it. */
export const insertNewDevice = (world: World, input: Placed, hardware: Hardware): void => {
  const { profile, battery_level } = hardware
  const link = linkOfNew(world, input, hardware)
  insertDevice(world, {
    device_id: input.device_id,
    connected_account_id: input.connected_account_id,
    model: profile.model,
    device_type: profile.device_type,
    name: input.name ?? profile.display_name,
    nickname: input.nickname ?? null,
    is_managed: input.is_managed ?? true,
    custom_metadata: input.custom_metadata ?? {},
    customer_key: input.customer_key ?? null,
    location: input.location === undefined ? null : { ...input.location },
    wire_overrides: input.wire ?? null,
    radio_offline_at: (input.is_online ?? true) ? null : world.now,
    battery_status: battery_level === null ? null : batteryStatus(battery_level),
    offline_cause: link.cause,
    offline_since: link.online ? null : world.now,
  })
}
