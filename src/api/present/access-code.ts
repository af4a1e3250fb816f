import { isBackupAvailable } from '../../sim/access-codes/backup-pool.ts'
import { allIssues } from '../../sim/access-codes/issues.ts'
import type { AccessCode } from '../../sim/access-codes/issues.ts'
import {
  isScheduledOnDevice,
  pendingMutationsOf,
  statusOf,
} from '../../sim/access-codes/lifecycle.ts'
import type { PendingMutation } from '../../sim/access-codes/lifecycle.ts'
import { mutationSides } from '../../sim/access-codes/changes.ts'
import { isTimeBound } from '../../sim/access-codes/reconcile.ts'
import { reconciledLock, requireLock } from '../../sim/devices/facts.ts'
import type { LockFacts } from '../../sim/devices/facts.ts'
import { toIso } from '../../sim/instant.ts'
import type { World } from '../../sim/world.ts'
import { keepText } from '../wire-text.ts'
import { presentIssue } from './issue.ts'
import { viewOf } from './unchanged.ts'
import type { LockView } from './unchanged.ts'

const presentMutation = (mutation: PendingMutation): Record<string, unknown> => ({
  mutation_code: mutation.mutation_code,
  message: mutation.message,
  created_at: toIso(mutation.created_at),
  ...('from' in mutation ? mutationSides(mutation) : {}),
  ...('scheduled_at' in mutation ? { scheduled_at: toIso(mutation.scheduled_at) } : {}),
})

/** Only codes of predefined slots have it: stays at a Dormakaba Oracode site. */
const oracodeMetadata = (code: AccessCode, facts: LockFacts) => {
  const slot_name = code.offline_issue?.time_slot_name ?? null
  if (slot_name === null) return {}
  const level = facts.profile.offline_codes?.predefined_time_slots.find(
    (slot) => slot.name === slot_name,
  )
  return {
    dormakaba_oracode_metadata: {
      is_cancellable: false,
      is_early_checkin_able: false,
      is_extendable: false,
      is_overridable: false,
      site_name: facts.device.location?.location_name ?? facts.account.display_name,
      stay_id: code.ordinal + 1,
      user_level_id: level?.user_level_id ?? slot_name,
      user_level_name: slot_name,
    },
  }
}

const common = (world: World, code: AccessCode, facts: LockFacts) => {
  const { errors, warnings } = allIssues(world, code, facts)
  return {
    access_code_id: code.access_code_id,
    workspace_id: world.workspace_id,
    device_id: code.device_id,
    type: isTimeBound(code) ? ('time_bound' as const) : ('ongoing' as const),
    name: code.name,
    code: code.code,
    ...(code.starts_at !== null && { starts_at: toIso(code.starts_at) }),
    ...(code.ends_at !== null && { ends_at: toIso(code.ends_at) }),
    created_at: toIso(code.created_at),
    ...oracodeMetadata(code, facts),
    errors: errors.map(presentIssue),
    warnings: warnings.map(presentIssue),
  }
}

/** The same without keeping it at hand: for a code that is new and may never be asked for again. */
export const presentNewAccessCode = (world: World, code: AccessCode) =>
  presentNow(world, code, requireLock(world, code.device_id))

const presentNow = (world: World, code: AccessCode, facts: LockFacts) => {
  const lock = reconciledLock(facts)
  return {
    ...common(world, code, facts),
    status: statusOf(code, lock, world.settings, world.now),
    common_code_key: code.common_code_key,
    is_managed: true as const,
    is_scheduled_on_device: isScheduledOnDevice(code, lock, world.now),
    is_waiting_for_code_assignment: code.code === null,
    is_backup: code.is_backup,
    is_backup_access_code_available: isBackupAvailable(world, code, facts),
    ...(code.pulled_backup_access_code_id !== null && {
      pulled_backup_access_code_id: code.pulled_backup_access_code_id,
    }),
    is_external_modification_allowed: code.is_external_modification_allowed,
    is_one_time_use: code.is_one_time_use,
    is_offline_access_code: code.is_offline,
    pending_mutations: pendingMutationsOf(code, lock, world.settings, world.now).map(
      presentMutation,
    ),
  }
}

const unmanagedStatus = (world: World, code: AccessCode, facts: LockFacts): 'set' | 'unset' =>
  statusOf(code, reconciledLock(facts), world.settings, world.now) === 'set' ? 'set' : 'unset'

/** The next instant at which a code looks otherwise by the passing of time alone, ms. */
const looksSameUntil = (world: World, { starts_at, ends_at }: AccessCode): number => {
  const { native_lead_time, just_in_time_lead_time } = world.settings
  let until = Number.POSITIVE_INFINITY
  const consider = (instant: number): void => {
    if (instant > world.now && instant < until) until = instant
  }
  if (ends_at !== null) consider(ends_at)
  if (starts_at !== null) {
    consider(starts_at)
    consider(starts_at - native_lead_time)
    consider(starts_at - just_in_time_lead_time)
  }
  return until
}

interface Unchanged {
  view: LockView
  from: number
  until: number
  wire: ReturnType<typeof presentNow>
}

const unchanged = new WeakMap<AccessCode, Unchanged>()

/**
 * A managed access code as it goes over the wire. As long as its row and its lock's stay what they
 * are, and no instant passes that matters to it, it is presented once.
 */
export const presentAccessCode = (
  world: World,
  code: AccessCode,
  facts = requireLock(world, code.device_id),
  view = viewOf(world, facts),
) => {
  if (view === null) return presentNow(world, code, facts)
  const { now } = world
  const known = unchanged.get(code)
  if (known?.view === view && now >= known.from && now < known.until) return known.wire
  const wire = keepText(presentNow(world, code, facts))
  unchanged.set(code, { view, from: now, until: looksSameUntil(world, code), wire })
  return wire
}

/** Presents many codes, looking at each of their locks once; knows until when all of it holds, ms. */
export const accessCodePresenter = (world: World) => {
  const facts = new Map<string, LockFacts>()
  const locks = new Map<string, LockView | null>()
  let until = Number.POSITIVE_INFINITY
  return {
    present: (code: AccessCode) => {
      const { device_id } = code
      const lock = facts.get(device_id) ?? requireLock(world, device_id)
      let view = locks.get(device_id)
      if (view === undefined) {
        view = viewOf(world, lock)
        facts.set(device_id, lock)
        locks.set(device_id, view)
      }
      const wire = presentAccessCode(world, code, lock, view)
      until = Math.min(until, unchanged.get(code)?.until ?? 0)
      return wire
    },
    locks,
    until: () => until,
  }
}

/** A code that Seam did not write, as it goes over the wire. */
export const presentUnmanagedAccessCode = (
  world: World,
  code: AccessCode,
  facts = requireLock(world, code.device_id),
) => ({
  ...common(world, code, facts),
  code: facts.profile.unmanaged_codes.shows_code ? code.code : null,
  status: unmanagedStatus(world, code, facts),
  is_managed: false as const,
  ...(!facts.profile.unmanaged_codes.convertible && { cannot_be_managed: true as const }),
  ...(!facts.profile.unmanaged_codes.deletable && {
    cannot_delete_unmanaged_access_code: true as const,
  }),
})
