/** The world in which a story is played, its doors, and the host who goes there when alerted. */
import type { RunningEmulator } from '../../emulator.ts'
import type { World } from '../../sim/kernel/world.ts'
import { lockView } from '../../sim/locks/lock-view.ts'
import { insertWebhook } from '../../sim/webhooks/operations.ts'
import type { Alert, Booking, ToldPin } from '../integration.ts'
import { MINUTE, instantOf } from '../story/story.ts'
import type { Attention } from './attention.ts'
import type { Player } from './player.ts'
import type { Story } from '../story/story.ts'

/** A door that guests can be sent to. */
export interface Door {
  device_id: string
  name: string
  /** The lock model, such as `august`. */
  model: string
  bridge_id: string | null
  connected_account_id: string
  time_zone: string | null
  /** How many codes fit into its lock. */
  capacity: number
  has_battery: boolean
}

/** Something that is broken and that a person at the door can mend. */
export interface Damage {
  device_ids: readonly string[]
  mend: (world: World) => void
}

/** One guest of one booking: another guest of the same booking is another holder. */
export interface Holder {
  stay: string
  guest: string
  booking: Booking
  /** What was told, in order; `at` in ms. */
  told: (ToldPin & { at: number })[]
  /** When the guest was to get in, by door. */
  plans: { device_id: string; from: number; to: number; since: number; until: number }[]
  cancelled: boolean
}

/** How things come at once (see `steps/races.ts`). */
export type RaceKind = 'changes_together' | 'change_while_programming' | 'webhooks_meet_changes'

export interface Stage {
  readonly emulator: RunningEmulator
  readonly workspace_id: string
  readonly story: Story
  /** All who have or had a booking, in the order in which they booked. */
  readonly holders: Holder[]
  readonly damages: Damage[]
  /** Races that are on; `until` in ms. */
  races: { kind: RaceKind; until: number }[]
  /** What happens by itself later on; `at` in ms. */
  readonly pending: { at: number; act: () => void }[]
  readonly alerts: (Alert & { at: number })[]
  /** The app's calls to the API so far. */
  readonly attention: Attention
  /** Since when a door has had more codes than guests who need one, by device id; ms. */
  readonly extraSince: Map<string, number>
  /** How many codes more that were, where nobody took them away in time. */
  readonly left: Map<string, number>
  /** What the story has touched, such as `backup_pulled`. */
  readonly reached: Set<string>
  /** The workspace's present instant, ms. */
  now(): number
  /** Changes the world at its present instant. */
  change<T>(fn: (world: World) => T): T
  look<T>(fn: (world: World) => T): T
  /** Does something at a later instant, ms. */
  later(at: number, act: () => void): void
}

const HOST_ARRIVES_AFTER = 2 * 60 * MINUTE

/** The host is told; who goes there at once arrives two hours later. */
export const hostArrivesAt = (alert: { at: number }): number => alert.at + HOST_ARRIVES_AFTER

/** Doors with a keypad that the API can program, in the order of their ids. */
export const doorsOf = (world: World): Door[] =>
  world.devices
    .all()
    .flatMap(({ device_id, removed_at, is_managed }): Door[] => {
      const view = removed_at === null && is_managed ? lockView(world, device_id) : null
      if (view === null || !view.keypad.is_connected) return []
      const { device, profile, bridge } = view
      return [
        {
          device_id,
          name: device.nickname ?? device.name,
          model: profile.model,
          bridge_id: bridge?.bridge_id ?? null,
          connected_account_id: device.connected_account_id,
          time_zone: device.location?.time_zone ?? null,
          capacity: profile.memory_slots,
          has_battery: view.battery_level !== null,
        },
      ]
    })
    .toSorted((a, b) => (a.device_id < b.device_id ? -1 : 1))

/** Puts the workspace to the story's first instant, with the integration as its receiver. */
export const openStage = async (
  { emulator, workspace_id, integration, attention }: Player,
  told: Story,
): Promise<Stage> => {
  const { universe, services } = emulator
  await services.workspaces.reset(workspace_id, {
    seed: told.seed,
    clock: { mode: 'frozen', at: instantOf(told, 0) },
  })
  attention.begin()
  const { webhook_url, webhook_secret } = integration
  if (webhook_url !== null) {
    universe.write(workspace_id, (world) =>
      insertWebhook(world, webhook_url, ['*'], webhook_secret ?? undefined),
    )
  }
  const pending: Stage['pending'] = []
  return {
    emulator,
    workspace_id,
    story: told,
    pending,
    races: [],
    holders: [],
    damages: [],
    alerts: [],
    attention,
    extraSince: new Map(),
    left: new Map(),
    reached: new Set(),
    now: () => universe.now(workspace_id),
    change: (fn) => universe.write(workspace_id, fn),
    look: (fn) => universe.read(workspace_id, fn),
    later: (at, act) => void pending.push({ at, act }),
  }
}
