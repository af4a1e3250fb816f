/**
 * The heart of access grants. A grant says who may open which doors and when; its methods and their
 * access codes are what has come of that. This one pure function looks at both and says what to do
 * next (`carry-out.ts` does it). It never talks to a lock: it makes, changes and deletes codes, and
 * reads what became of them.
 */
import type { AccessRequest } from '../../db/tables/access-grants.ts'
import type { GrantSettings, LeavingCode, ReconciledGrant, ReconciledMethod } from './reconciled.ts'
import { isOver, isDeferred, reportsOf, doorsFor, missingOf } from './terms.ts'

export type GrantWait = 'start' | 'end' | 'codes' | 'old_codes' | 'nothing'

export type GrantStep =
  | { do: 'take_off'; access_method_id: string; device_ids: string[]; keeps_doors: boolean }
  | { do: 'assign'; request: number; device_ids: string[] }
  | { do: 'declare_codes'; access_method_id: string; device_ids: string[] }
  | { do: 'change_codes'; access_method_id: string; access_code_ids: string[] }
  | { do: 'note_pin'; access_method_id: string; code: string }
  | { do: 'note_times'; access_method_id: string }
  | { do: 'revoke'; access_method_id: string }
  | { do: 'issue'; access_method_id: string }
  | { do: 'report_delay'; access_method_id: string }
  | { do: 'report_failure'; access_method_id: string }
  | { do: 'pull_spare'; access_code_id: string }
  | { do: 'adopt_spare'; access_method_id: string; device_id: string; access_code_id: string }
  | { do: 'forget_method'; access_method_id: string }
  | { do: 'forget_grant' }
  | { do: 'tell_missing'; device_ids: string[] | null }
  | { do: 'settle'; device_ids: string[]; tells: boolean }
  | { do: 'wait'; until: number | null; reason: GrantWait }

const methodsOf = (grant: ReconciledGrant, request: AccessRequest): ReconciledMethod[] =>
  grant.methods.filter(({ access_method_id }) =>
    request.access_method_ids.includes(access_method_id),
  )

const isLiving = (method: ReconciledMethod): boolean => method.deletion_requested_at === null

/** Old codes of the method that Seam waits for. */
const goingOf = (method: ReconciledMethod): LeavingCode[] =>
  method.leaving.filter(({ is_irrevocable }) => !is_irrevocable)

/** Everything of the method is as it should be, and its old codes are gone. */
const isReady = (method: ReconciledMethod): boolean =>
  method.doors.length > 0 &&
  goingOf(method).length === 0 &&
  method.doors.every(({ code }) => code !== null && code.is_usable && code.has_window)

/** A method that is on its way out: its codes first, then itself. */
const nextOfLeaving = (method: ReconciledMethod, isHeldUp: boolean): GrantStep | null => {
  const { access_method_id, doors } = method
  if (doors.length > 0) {
    const device_ids = doors.map((door) => door.device_id)
    return { do: 'take_off', access_method_id, device_ids, keeps_doors: false }
  }
  if (method.leaving.length > 0 || isHeldUp) return null
  return { do: 'forget_method', access_method_id }
}

const nextOfDeletion = (grant: ReconciledGrant): GrantStep => {
  // Methods go when the locks are clean of all of them.
  const isHeldUp = grant.methods.some(({ doors, leaving }) => doors.length + leaving.length > 0)
  for (const method of grant.methods) {
    const step = nextOfLeaving(method, isHeldUp)
    if (step !== null) return step
  }
  return grant.methods.length === 0
    ? { do: 'forget_grant' }
    : { do: 'wait', until: null, reason: 'old_codes' }
}

/** Its time is over: the codes go by themselves, and with the last of them the access. */
const nextOfOver = (grant: ReconciledGrant): GrantStep => {
  const issued = grant.methods.find(
    ({ issued_at, doors }) =>
      issued_at !== null && doors.every(({ code }) => code === null || !code.is_on_lock),
  )
  if (issued !== undefined) return { do: 'revoke', access_method_id: issued.access_method_id }
  const isWaiting = grant.methods.some(({ issued_at }) => issued_at !== null)
  return { do: 'wait', until: null, reason: isWaiting ? 'old_codes' : 'nothing' }
}

const sameSet = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  a === null || b === null ? a === b : a.length === b.length && a.every((item) => b.includes(item))

/** Doors that came and went, request by request. */
const nextOfDoors = (grant: ReconciledGrant): GrantStep | null => {
  for (const [index, request] of grant.requested.entries()) {
    const wanted = doorsFor(grant, request)
    const methods = methodsOf(grant, request).filter(isLiving)
    const served = methods
      .filter(({ is_spare }) => !is_spare)
      .flatMap(({ doors }) => doors.map((door) => door.device_id))
    // A door whose old code is still there is given its new one afterwards: perhaps the same PIN.
    const blocked = methods.flatMap((method) => goingOf(method).map((code) => code.device_id))
    const gained = wanted.filter((id) => !served.includes(id) && !blocked.includes(id))
    if (gained.length > 0) return { do: 'assign', request: index, device_ids: gained }
    for (const { access_method_id, doors, issued_at } of methods) {
      const lost = doors.map((door) => door.device_id).filter((id) => !wanted.includes(id))
      if (lost.length === 0) continue
      return issued_at === null
        ? { do: 'take_off', access_method_id, device_ids: lost, keeps_doors: false }
        : { do: 'revoke', access_method_id }
    }
  }
  return null
}

/** What the codes of a method need. */
const nextOfCodes = (
  grant: ReconciledGrant,
  method: ReconciledMethod,
  now: number,
): GrantStep | null => {
  const { access_method_id, doors } = method
  const held = doors.flatMap(({ code }) => (code === null ? [] : [code]))
  if (isDeferred(grant, now)) {
    const device_ids = doors.filter(({ code }) => code !== null).map(({ device_id }) => device_id)
    // It was to begin earlier, or to end: its codes come back when it begins.
    if (device_ids.length === 0) return null
    return { do: 'take_off', access_method_id, device_ids, keeps_doors: true }
  }
  const blocked = goingOf(method).map(({ device_id }) => device_id)
  const bare = doors
    .filter(({ device_id, code }) => code === null && !blocked.includes(device_id))
    .map(({ device_id }) => device_id)
  // A provider tells a PIN for one of its locks; the others have the same afterwards.
  const isAwaited = method.is_chosen_by_lock && method.code === null
  const ready = isAwaited ? bare.slice(0, held.length === 0 ? 1 : 0) : bare
  if (ready.length > 0) return { do: 'declare_codes', access_method_id, device_ids: ready }
  const stale = held.filter((code) => !code.has_window || !code.has_name)
  if (stale.length > 0) {
    const access_code_ids = stale.map(({ access_code_id }) => access_code_id)
    return { do: 'change_codes', access_method_id, access_code_ids }
  }
  for (const { code } of held) {
    if (code !== null && code !== method.code) return { do: 'note_pin', access_method_id, code }
  }
  return null
}

const hasTimes = (grant: ReconciledGrant, { in_effect }: ReconciledMethod): boolean =>
  in_effect.starts_at === grant.starts_at && in_effect.ends_at === grant.ends_at

/** Spare codes stand in where all attempts failed until the start. */
const nextOfSpares = (method: ReconciledMethod): GrantStep | null => {
  const { access_method_id } = method
  for (const { device_id, code } of method.doors) {
    if (code === null) continue
    if (code.spare !== null) {
      return { do: 'adopt_spare', access_method_id, device_id, access_code_id: code.spare }
    }
    if (method.failure_told_at !== null && !code.is_usable && code.has_spare) {
      return { do: 'pull_spare', access_code_id: code.access_code_id }
    }
  }
  return null
}

const nextOfIssuing = (
  grant: ReconciledGrant,
  method: ReconciledMethod,
  settings: GrantSettings,
  now: number,
): GrantStep | null => {
  const { access_method_id, issued_at } = method
  if (isReady(method)) return issued_at === null ? { do: 'issue', access_method_id } : null
  if (issued_at !== null || method.doors.length === 0) return null
  const { delay_at, fail_at } = reportsOf(grant, method, settings)
  if (method.failure_told_at !== null) return null
  if (now >= fail_at) return { do: 'report_failure', access_method_id }
  if (now >= delay_at && method.delay_told_at === null)
    return { do: 'report_delay', access_method_id }
  return null
}

const nextOfMethod = (
  grant: ReconciledGrant,
  method: ReconciledMethod,
  settings: GrantSettings,
  now: number,
): GrantStep | null => {
  const { access_method_id } = method
  if (!isLiving(method)) return nextOfLeaving(method, false)
  if (method.doors.length === 0) {
    return method.leaving.length === 0 ? { do: 'forget_method', access_method_id } : null
  }
  if (method.issued_at !== null && !isReady(method)) return { do: 'revoke', access_method_id }
  const step = nextOfCodes(grant, method, now)
  if (step !== null) return step
  const areInEffect = method.doors.every(({ code }) => code === null || code.has_window_in_effect)
  if (!hasTimes(grant, method) && areInEffect) return { do: 'note_times', access_method_id }
  return nextOfSpares(method) ?? nextOfIssuing(grant, method, settings, now)
}

/** Whether every door of every request is provided for. */
const nextOfWhole = (grant: ReconciledGrant): GrantStep | null => {
  const missing = missingOf(grant)
  if (!sameSet(missing, grant.told_missing)) return { do: 'tell_missing', device_ids: missing }
  const living = grant.requested.filter(({ is_ended }) => !is_ended)
  const isDone = living.every((request) => {
    const methods = methodsOf(grant, request).filter(isLiving)
    const open = methods.flatMap(({ issued_at, doors }) =>
      issued_at === null ? [] : doors.map(({ device_id }) => device_id),
    )
    return doorsFor(grant, request).every((id) => open.includes(id))
  })
  const isClean = grant.methods.every((method) => goingOf(method).length === 0)
  const device_ids = grant.doors
    .filter(({ obstacle }) => obstacle === null)
    .map(({ device_id }) => device_id)
  const hasMethods = grant.methods.length > 0
  // Nothing was ever provided for, and nothing is.
  if (!isDone || !isClean || (!hasMethods && grant.settled_doors === null)) return null
  if (sameSet(device_ids, grant.settled_doors)) return null
  const hasGained = device_ids.some((id) => grant.settled_doors?.includes(id) !== true)
  const isWhole = grant.doors.every(({ obstacle }) => obstacle === null) && missing === null
  return { do: 'settle', device_ids, tells: hasMethods && hasGained && isWhole }
}

const nextInstant = (
  grant: ReconciledGrant,
  settings: GrantSettings,
  now: number,
): number | null => {
  const instants = [grant.ends_at ?? Infinity]
  if (isDeferred(grant, now)) instants.push(grant.starts_at)
  for (const method of grant.methods) {
    if (method.issued_at !== null || method.failure_told_at !== null || !isLiving(method)) continue
    if (method.doors.length === 0) continue
    const { delay_at, fail_at } = reportsOf(grant, method, settings)
    if (method.delay_told_at === null) instants.push(delay_at)
    instants.push(fail_at)
  }
  const next = Math.min(...instants.filter((at) => at > now))
  return next === Infinity ? null : next
}

const waitReason = (grant: ReconciledGrant, now: number): GrantWait => {
  if (grant.methods.some((method) => goingOf(method).length > 0)) return 'old_codes'
  if (isDeferred(grant, now)) return 'start'
  if (grant.methods.some(({ issued_at }) => issued_at === null)) return 'codes'
  return grant.methods.length === 0 ? 'nothing' : 'end'
}

/**
 * What to do about a grant now. Called again after each step until it says `wait`; `until: null`
 * means that only something from outside (a call, a code that got on its lock) changes anything.
 */
export const reconcileGrant = (
  grant: ReconciledGrant,
  settings: GrantSettings,
  now: number,
): GrantStep => {
  if (grant.deletion_requested_at !== null) return nextOfDeletion(grant)
  if (isOver(grant, now)) {
    const leaving = grant.methods.filter((method) => !isLiving(method))
    for (const method of leaving) {
      const step = nextOfLeaving(method, false)
      if (step !== null) return step
    }
    return nextOfOver(grant)
  }
  const doors = nextOfDoors(grant)
  if (doors !== null) return doors
  for (const method of grant.methods) {
    const step = nextOfMethod(grant, method, settings, now)
    if (step !== null) return step
  }
  const whole = nextOfWhole(grant)
  if (whole !== null) return whole
  return { do: 'wait', until: nextInstant(grant, settings, now), reason: waitReason(grant, now) }
}
