/**
 * The heart of access grants. A grant says who may open which doors and when; its methods and their
 * access codes are what has come of that. This one pure function looks at both and says what to do
 * next (`carry-out.ts` does it). It never talks to a lock or an access system: it makes, changes and
 * deletes codes and credentials, and reads what became of them.
 */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import type { AccessRequest } from '../../db/tables/access-grants.ts'
import type { GrantSettings, LeavingCode, ReconciledGrant, ReconciledMethod } from './reconciled.ts'
import {
  hasCredentialPart,
  isCredentialReady,
  isSystemsTurn,
  nextOfCredential,
  nextOfEntrances,
  nextOfLeavingCredential,
  nextOfToldEntrances,
} from './reconcile-credentials.ts'
import type { GrantStep, GrantWait } from './steps.ts'
import { nextOfSpares } from './reconcile-spares.ts'
import {
  doorsFor,
  entrancesFor,
  isDeferred,
  isEachEntranceServed,
  isOver,
  missingOf,
  reportsOf,
} from './terms.ts'

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
  method.acs === null
    ? method.doors.length > 0 &&
      goingOf(method).length === 0 &&
      method.doors.every(({ code }) => code !== null && code.is_usable && code.has_window)
    : isCredentialReady(method.acs)

/** It is for no door any more. */
const isEmpty = ({ doors, acs }: ReconciledMethod): boolean =>
  (acs?.entrance_ids ?? doors).length === 0

/** Something of it is still on a lock, or in an access system. */
const isHeld = ({ doors, leaving, acs }: ReconciledMethod): boolean =>
  doors.length + leaving.length > 0 || (acs !== null && acs.credential !== null)

/** A method that is on its way out: its codes or its credential first, then itself. */
const nextOfLeaving = (method: ReconciledMethod, isHeldUp: boolean): GrantStep | null => {
  const { access_method_id, doors } = method
  if (hasCredentialPart(method) && isHeld(method)) return nextOfLeavingCredential(method)
  if (doors.length > 0) {
    const device_ids = doors.map((door) => door.device_id)
    return { do: 'take_off', access_method_id, device_ids, keeps_doors: false }
  }
  if (method.leaving.length > 0 || isHeldUp) return null
  return { do: 'forget_method', access_method_id }
}

const nextOfDeletion = (grant: ReconciledGrant): GrantStep => {
  // Methods go when the locks are clean of all of them.
  const isHeldUp = grant.methods.some(isHeld)
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
  for (const method of grant.methods.filter(hasCredentialPart)) {
    const step = nextOfLeavingCredential(method)
    if (step !== null) return step
  }
  const issued = grant.methods.find(
    ({ issued_at, doors, acs }) =>
      issued_at !== null &&
      (acs === null
        ? doors.every(({ code }) => code === null || !code.is_on_lock)
        : acs.credential === null),
  )
  if (issued !== undefined) return { do: 'revoke', access_method_id: issued.access_method_id }
  const isWaiting = grant.methods.some(({ issued_at }) => issued_at !== null)
  return { do: 'wait', until: null, reason: isWaiting ? 'old_codes' : 'nothing' }
}

/** Doors that came and went, request by request. */
const nextOfDoors = (grant: ReconciledGrant): GrantStep | null => {
  for (const [index, request] of grant.requested.entries()) {
    const wanted = doorsFor(grant, request)
    const methods = methodsOf(grant, request).filter((it) => isLiving(it) && it.acs === null)
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

const nextOfIssuing = (
  grant: ReconciledGrant,
  method: ReconciledMethod,
  settings: GrantSettings,
  now: number,
): GrantStep | null => {
  const { access_method_id, issued_at } = method
  if (isReady(method)) return issued_at === null ? { do: 'issue', access_method_id } : null
  if (issued_at !== null || isEmpty(method)) return null
  // A card that nobody has encoded, and a guest without a phone, are nobody's failure.
  if (method.acs !== null && !isSystemsTurn(method.acs)) return null
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
  if (isEmpty(method)) return nextOfLeaving(method, false)
  if (method.issued_at !== null && !isReady(method)) return { do: 'revoke', access_method_id }
  if (hasCredentialPart(method))
    return nextOfCredential(grant, method) ?? nextOfIssuing(grant, method, settings, now)
  const step = nextOfCodes(grant, method, now)
  if (step !== null) return step
  const areInEffect = method.doors.every(({ code }) => code === null || code.has_window_in_effect)
  if (!hasTimes(grant, method) && areInEffect) return { do: 'note_times', access_method_id }
  return nextOfSpares(method) ?? nextOfIssuing(grant, method, settings, now)
}

/** Whether every door of every request is provided for. */
const nextOfWhole = (grant: ReconciledGrant): GrantStep | null => {
  const missing = missingOf(grant)
  if (!hasSameMembers(missing, grant.told_missing))
    return { do: 'tell_missing', device_ids: missing }
  const told = nextOfToldEntrances(grant)
  if (told !== null) return told
  const living = grant.requested.filter(({ is_ended }) => !is_ended)
  const isDone = living.every((request) => {
    const methods = methodsOf(grant, request).filter(isLiving)
    const open = methods.flatMap(({ issued_at, doors, acs }) =>
      issued_at === null
        ? []
        : [...doors.map(({ device_id }) => device_id), ...(acs?.entrance_ids ?? [])],
    )
    const entrances = entrancesFor(grant, request).map(({ acs_entrance_id }) => acs_entrance_id)
    const wanted = [...doorsFor(grant, request), ...entrances]
    return wanted.every((id) => open.includes(id))
  })
  const isClean = grant.methods.every(
    (method) =>
      goingOf(method).length === 0 && (method.acs === null || isLiving(method) || !isHeld(method)),
  )
  const device_ids = grant.doors
    .filter(({ obstacle }) => obstacle === null)
    .map(({ device_id }) => device_id)
  const acs_entrance_ids = grant.entrances.map((entrance) => entrance.acs_entrance_id)
  const hasMethods = grant.methods.length > 0
  // Nothing was ever provided for, and nothing is.
  if (!isDone || !isClean || (!hasMethods && grant.settled_doors === null)) return null
  const settled = [...(grant.settled_doors ?? []), ...(grant.settled_entrances ?? [])]
  const all = [...device_ids, ...acs_entrance_ids]
  if (grant.settled_doors !== null && hasSameMembers(all, settled)) return null
  const hasGained = all.some((id) => !settled.includes(id))
  const isWhole =
    grant.doors.every(({ obstacle }) => obstacle === null) &&
    missing === null &&
    isEachEntranceServed(grant)
  const tells = hasMethods && hasGained && isWhole
  return { do: 'settle', device_ids, acs_entrance_ids, tells }
}

const nextInstant = (
  grant: ReconciledGrant,
  settings: GrantSettings,
  now: number,
): number | null => {
  const instants = [grant.ends_at ?? Infinity]
  if (isDeferred(grant, now)) instants.push(grant.starts_at)
  for (const method of grant.methods) {
    if (method.issued_at !== null || !isLiving(method) || isEmpty(method)) continue
    instants.push(method.acs?.credential?.doors_know_at ?? Infinity)
    const isOthersTurn = method.acs !== null && !isSystemsTurn(method.acs)
    if (isOthersTurn || method.failure_told_at !== null) continue
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
  const doors = nextOfDoors(grant) ?? nextOfEntrances(grant)
  if (doors !== null) return doors
  for (const method of grant.methods) {
    const step = nextOfMethod(grant, method, settings, now)
    if (step !== null) return step
  }
  const whole = nextOfWhole(grant)
  if (whole !== null) return whole
  return { do: 'wait', until: nextInstant(grant, settings, now), reason: waitReason(grant, now) }
}
