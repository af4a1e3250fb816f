import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { coded, flag, instant, number, partial, text, textOrNull } from '../common.ts'
import { accessCodeError, accessCodeWarning, presentIssue } from '../issues.ts'
import { isBackupAvailable } from '../../../sim/access-codes/backup-pool.ts'
import { allIssues } from '../../../sim/access-codes/issues.ts'
import type { AccessCode } from '../../../db/tables/access-codes.ts'
import {
  isScheduledOnDevice,
  pendingMutationsOf,
  statusOf,
} from '../../../sim/access-codes/lifecycle.ts'
import type { PendingMutation } from '../../../sim/access-codes/lifecycle.ts'
import { mutationSides } from '../../../sim/access-codes/changes.ts'
import { isTimeBound } from '../../../sim/access-codes/programming-window.ts'
import { reconciledLock } from '../../../sim/access-codes/reconciled-lock.ts'
import { requireLock } from '../../../sim/locks/lock-view.ts'
import type { LockView } from '../../../sim/locks/lock-view.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { keepText } from '../../answers/json-cache.ts'
import { fingerprintOf } from '../../answers/lock-fingerprint.ts'
import type { LockFingerprint } from '../../answers/lock-fingerprint.ts'

const oracode = once(() =>
  partial({
    is_cancellable: flag,
    is_early_checkin_able: flag,
    is_extendable: flag,
    is_overridable: flag,
    site_name: text,
    stay_id: number,
    user_level_id: text,
    user_level_name: textOrNull,
  }).nullish(),
)

const change = (value: z.ZodType<object>) => ({ from: value, to: value })

const pendingMutation = once(() =>
  coded(
    'mutation_code',
    { created_at: instant },
    {
      creating: {},
      deferring_creation: { scheduled_at: instant },
      deleting: {},
      updating_code: change(z.strictObject({ code: z.string().nullable() })),
      updating_name: change(z.strictObject({ name: z.string().nullable() })),
      updating_time_frame: change(
        z.strictObject({ starts_at: instant.nullable(), ends_at: instant.nullable() }),
      ),
    },
  ),
)

/** What managed and unmanaged access codes share. */
const common = once(() => ({
  access_code_id: z.guid(),
  workspace_id: z.guid(),
  device_id: z.guid(),
  type: z.enum(['ongoing', 'time_bound']),
  name: z.string().nullable(),
  code: z.string().nullable(),
  starts_at: instant.nullish(),
  ends_at: instant.nullish(),
  created_at: instant,
  errors: z.array(accessCodeError()),
  warnings: z.array(accessCodeWarning()),
  dormakaba_oracode_metadata: oracode(),
}))

export const accessCode = once(() =>
  z.strictObject({
    ...common(),
    status: z.enum(['setting', 'set', 'unset', 'removing', 'unknown']),
    common_code_key: z.string().nullable(),
    is_managed: z.literal(true),
    is_scheduled_on_device: flag,
    is_waiting_for_code_assignment: flag,
    is_backup: flag,
    is_backup_access_code_available: z.boolean(),
    pulled_backup_access_code_id: z.guid().nullish(),
    is_external_modification_allowed: z.boolean(),
    is_one_time_use: z.boolean(),
    is_offline_access_code: z.boolean(),
    pending_mutations: z.array(pendingMutation()),
  }),
)

export const unmanagedAccessCode = once(() =>
  z.strictObject({
    ...common(),
    status: z.enum(['set', 'unset']),
    is_managed: z.literal(false),
    cannot_be_managed: z.literal(true).optional(),
    cannot_delete_unmanaged_access_code: z.literal(true).optional(),
  }),
)

/** The answer of `/access_codes/generate_code`: a PIN that nothing holds yet. */
export const generatedCode = once(() => z.strictObject({ device_id: z.guid(), code: z.string() }))

const presentMutation = (mutation: PendingMutation): Record<string, unknown> => ({
  mutation_code: mutation.mutation_code,
  message: mutation.message,
  created_at: toIso(mutation.created_at),
  ...('from' in mutation ? mutationSides(mutation) : {}),
  ...('scheduled_at' in mutation ? { scheduled_at: toIso(mutation.scheduled_at) } : {}),
})

/** Only codes of predefined slots have it: stays at a Dormakaba Oracode site. */
const oracodeMetadata = (code: AccessCode, view: LockView) => {
  const slot_name = code.offline_issue?.time_slot_name ?? null
  if (slot_name === null) return {}
  const level = view.profile.offline_codes?.predefined_time_slots.find(
    (slot) => slot.name === slot_name,
  )
  return {
    dormakaba_oracode_metadata: {
      is_cancellable: false,
      is_early_checkin_able: false,
      is_extendable: false,
      is_overridable: false,
      site_name: view.device.location?.location_name ?? view.account.display_name,
      stay_id: code.ordinal + 1,
      user_level_id: level?.user_level_id ?? slot_name,
      user_level_name: slot_name,
    },
  }
}

const presentCommon = (world: World, code: AccessCode, view: LockView) => {
  const { errors, warnings } = allIssues(world, code, view)
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
    ...oracodeMetadata(code, view),
    errors: errors.map(presentIssue),
    warnings: warnings.map(presentIssue),
  }
}

/** The same without keeping it at hand: for a code that is new and may never be asked for again. */
export const presentNewAccessCode = (world: World, code: AccessCode) =>
  presentNow(world, code, requireLock(world, code.device_id))

const presentNow = (world: World, code: AccessCode, view: LockView) => {
  const lock = reconciledLock(view)
  return {
    ...presentCommon(world, code, view),
    status: statusOf(code, lock, world.settings, world.now),
    common_code_key: code.common_code_key,
    is_managed: true as const,
    is_scheduled_on_device: isScheduledOnDevice(code, lock, world.now),
    is_waiting_for_code_assignment: code.code === null,
    is_backup: code.is_backup,
    is_backup_access_code_available: isBackupAvailable(world, code, view),
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

const unmanagedStatus = (world: World, code: AccessCode, view: LockView): 'set' | 'unset' =>
  statusOf(code, reconciledLock(view), world.settings, world.now) === 'set' ? 'set' : 'unset'

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
  fingerprint: LockFingerprint
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
  view = requireLock(world, code.device_id),
  fingerprint = fingerprintOf(world, view),
) => {
  if (fingerprint === null) return presentNow(world, code, view)
  const { now } = world
  const known = unchanged.get(code)
  if (known?.fingerprint === fingerprint && now >= known.from && now < known.until)
    return known.wire
  const wire = keepText(presentNow(world, code, view))
  unchanged.set(code, { fingerprint, from: now, until: looksSameUntil(world, code), wire })
  return wire
}

/** Presents many codes, looking at each of their locks once; knows until when all of it holds, ms. */
export const accessCodePresenter = (world: World) => {
  const view = new Map<string, LockView>()
  const locks = new Map<string, LockFingerprint | null>()
  let until = Number.POSITIVE_INFINITY
  return {
    present: (code: AccessCode) => {
      const { device_id } = code
      const lock = view.get(device_id) ?? requireLock(world, device_id)
      let fingerprint = locks.get(device_id)
      if (fingerprint === undefined) {
        fingerprint = fingerprintOf(world, lock)
        view.set(device_id, lock)
        locks.set(device_id, fingerprint)
      }
      const wire = presentAccessCode(world, code, lock, fingerprint)
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
  view = requireLock(world, code.device_id),
) => ({
  ...presentCommon(world, code, view),
  code: view.profile.unmanaged_codes.shows_code ? code.code : null,
  status: unmanagedStatus(world, code, view),
  is_managed: false as const,
  ...(!view.profile.unmanaged_codes.convertible && { cannot_be_managed: true as const }),
  ...(!view.profile.unmanaged_codes.deletable && {
    cannot_delete_unmanaged_access_code: true as const,
  }),
})
