/** Locks and their codes, as a world shows them. */
import { statusOf } from '../../../sim/access-codes/lifecycle.ts'
import { reconciledLock } from '../../../sim/access-codes/reconciled-lock.ts'
import { accountIssues } from '../../../sim/connected-accounts/issues.ts'
import type { Issue } from '../../../sim/events/issues.ts'
import { toIso, toIsoOrNull } from '../../../sim/kernel/instant.ts'
import { lockIssues } from '../../../sim/locks/issues.ts'
import { zoneOf } from '../../../sim/locks/lock-view.ts'
import type { LockView } from '../../../sim/locks/lock-view.ts'
import { reservedSlots, slotOfCode } from '../../../sim/locks/memory-bank.ts'
import { presentWiring } from '../locks.ts'
import type { WorldPart, WorldView } from './view.ts'

/** Errors and warnings in the fields that both sides know. */
export const presentIssues = (issues: readonly Issue[]) =>
  issues.map(({ error_code, warning_code, message }) => ({
    ...(typeof error_code === 'string' && { error_code }),
    ...(typeof warning_code === 'string' && { warning_code }),
    message,
  }))

const lockOf = ({ world, codes }: WorldView, view: LockView) => {
  const { device, lock, profile } = view
  const { device_id } = device
  const own = lockIssues(world, view)
  const account = accountIssues(view.account)
  const { shown, total } = codes().get(device_id) ?? { shown: [], total: 0 }
  const deafUntil = lock.locked_out_until
  return {
    ...presentWiring(view),
    is_managed: device.is_managed,
    connected_account_id: device.connected_account_id,
    location_name: device.location?.location_name ?? null,
    time_zone: zoneOf(view),
    scheduling: profile.scheduling,
    door_open: lock.door_open,
    privacy_mode: lock.privacy_mode_at !== null,
    locked_out_until: deafUntil !== null && deafUntil > world.now ? toIso(deafUntil) : null,
    memory_bank: { capacity: profile.memory_slots, used: reservedSlots(world, device_id) },
    access_codes: { total, shown: shown.length },
    errors: presentIssues([...own.errors, ...account.errors]),
    warnings: presentIssues(own.warnings),
  }
}

export const locksPart: WorldPart<'locks'> = {
  tables: ['locks', 'devices', 'lock_memory_slots'],
  tell: (view) => view.locks().map((lock) => lockOf(view, lock)),
}

export const accessCodesPart: WorldPart<'access_codes'> = {
  tables: ['access_codes'],
  tell: ({ world, locks, codes }) => {
    const rows = locks().flatMap((view) => {
      const lock = reconciledLock(view)
      return (codes().get(view.device.device_id)?.shown ?? []).map((code) => ({
        code,
        status: statusOf(code, lock, world.settings, world.now),
        slot: slotOfCode(world, code)?.slot ?? null,
      }))
    })
    return {
      access_code_id: rows.map(({ code }) => code.access_code_id),
      device_id: rows.map(({ code }) => code.device_id),
      name: rows.map(({ code }) => code.name),
      code: rows.map(({ code }) => code.code),
      starts_at: rows.map(({ code }) => toIsoOrNull(code.starts_at)),
      ends_at: rows.map(({ code }) => toIsoOrNull(code.ends_at)),
      status: rows.map(({ status }) => status),
      is_managed: rows.map(({ code }) => code.is_managed),
      slot: rows.map(({ slot }) => slot),
    }
  },
}
