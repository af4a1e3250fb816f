/** Which PIN is for which doors. One for all of them if they can share one, else as few as possible. */
import type { AccessGrant, AccessRequest } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { generatePin, sharedPinRules } from '../access-codes/pins.ts'
import { pinRulesOf } from '../access-codes/checks/pin.ts'
import { choosesOwnPin, hasProviderPins, takesPin } from '../access-methods/codes.ts'
import type { World } from '../kernel/world.ts'
import { lockView, requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { grantsOfPerson, methodsOf } from './rows.ts'

/** A PIN for some doors; null where the lock chooses it. */
export interface PinGroup {
  code: string | null
  device_ids: string[]
}

export interface PinPlan {
  /** Doors that an existing method takes in, by its id. */
  joins: ReadonlyMap<string, string[]>
  /** Each becomes a method. */
  groups: PinGroup[]
  /** Doors on which no PIN is free. */
  without: string[]
}

type Draw = () => number

const idsOf = (views: readonly LockView[]): string[] => views.map(({ device }) => device.device_id)

/** Draws of their own for each plan, so that equal worlds give equal PINs. */
const drawsOf = (world: World): Draw => {
  const stream = world.random.stream('access method pin')
  let position = world.random.next('access method pin') * 0x1_0000
  return () => stream.at(position++)
}

/** A PIN that all of these locks take; null when there is none. */
const pinFor = (world: World, views: readonly LockView[], draw: Draw): string | null => {
  const rules = views.map((view) => pinRulesOf(world, view))
  const [only] = rules
  const shared = rules.length === 1 ? (only ?? null) : sharedPinRules(rules)
  if (shared === null) return null
  const pin = generatePin(shared, draw)
  return pin.ok ? pin.code : null
}

/** Puts the locks together that can share a PIN, beginning with all of them. */
const groupsOf = (
  world: World,
  views: readonly LockView[],
  draw: Draw,
): { groups: PinGroup[]; without: string[] } => {
  const groups: PinGroup[] = []
  const without: string[] = []
  let rest = [...views]
  const whole = rest.length === 0 ? null : pinFor(world, rest, draw)
  if (whole !== null) return { groups: [{ code: whole, device_ids: idsOf(rest) }], without }
  while (rest.length > 0) {
    const group: LockView[] = []
    let code: string | null = null
    for (const view of rest) {
      const pin = pinFor(world, [...group, view], draw)
      if (pin === null) continue
      group.push(view)
      code = pin
    }
    if (code === null) return { groups, without: [...without, ...idsOf(rest)] }
    groups.push({ code, device_ids: idsOf(group) })
    rest = rest.filter((view) => !group.includes(view))
  }
  return { groups, without }
}

/** The method's code is on one of these locks: there is no need to ask whether another one fits there. */
const isOnOneOf = (
  world: World,
  { code, doors }: AccessMethod,
  device_ids: ReadonlySet<string>,
): boolean =>
  doors.some(
    ({ device_id, access_code_id }) =>
      access_code_id !== null &&
      device_ids.has(device_id) &&
      world.access_codes.get(access_code_id)?.code === code,
  )

/** A PIN that the person has from another grant that still stands, for which nobody need learn a second one. */
const familiarPin = (
  world: World,
  grant: AccessGrant,
  views: readonly LockView[],
): string | null => {
  const device_ids = new Set(idsOf(views))
  for (const other of grantsOfPerson(world, grant.user_identity_id).toReversed()) {
    const isOver = other.ends_at !== null && other.ends_at <= world.now
    if (other.access_grant_id === grant.access_grant_id || isOver) continue
    if (other.deletion_requested_at !== null) continue
    for (const method of methodsOf(world, other)) {
      const { code, is_chosen_by_lock, original_access_method_id: original } = method
      if (code === null || is_chosen_by_lock || original !== null) continue
      if (isOnOneOf(world, method, device_ids)) continue
      if (views.every((view) => takesPin(world, view, code))) return code
    }
  }
  return null
}

/** Whether it is the only one that asks for a PIN: a second one is to have another PIN. */
const isFirstOfItsKind = (grant: AccessGrant, request: AccessRequest): boolean =>
  grant.requested.find(({ mode }) => mode === 'code') === request

/** The account whose provider gives the PINs of this lock; null where it gives none. */
const pinAccountOf = (view: LockView | null): string | null =>
  view !== null && hasProviderPins(view) ? view.device.connected_account_id : null

/** Whether the lock can have the PIN of the method, which may not be known yet. */
const fitsMethod = (
  world: World,
  { code, is_chosen_by_lock, doors }: AccessMethod,
  view: LockView,
): boolean => {
  if (!is_chosen_by_lock)
    return !choosesOwnPin(view) && code !== null && takesPin(world, view, code)
  const [first] = doors
  const account = first === undefined ? null : pinAccountOf(lockView(world, first.device_id))
  if (account === null || account !== pinAccountOf(view)) return false
  return code === null || takesPin(world, view, code, 'provider')
}

/** Doors that can have the PIN of a method that is there already. */
const joiningOf = (world: World, grant: AccessGrant, request: AccessRequest, views: LockView[]) => {
  const joins = new Map<string, string[]>()
  let rest = views
  for (const method of methodsOf(world, grant)) {
    const { access_method_id, original_access_method_id } = method
    const isOurs = request.access_method_ids.includes(access_method_id)
    const isOnLocks = method.acs === null && original_access_method_id === null
    if (!isOnLocks || !isOurs || method.deletion_requested_at !== null) continue
    const fitting = rest.filter((view) => fitsMethod(world, method, view))
    if (fitting.length === 0) continue
    joins.set(access_method_id, idsOf(fitting))
    rest = rest.filter((view) => !fitting.includes(view))
  }
  return { joins, rest }
}

/** Locks of one account whose provider gives the PIN share it; any other that chooses has its own. */
const ownPins = (views: readonly LockView[]): PinGroup[] => {
  const groups: PinGroup[] = []
  const ofAccount = new Map<string, PinGroup>()
  for (const view of views) {
    const account = pinAccountOf(view)
    const shared = account === null ? undefined : ofAccount.get(account)
    if (shared !== undefined) {
      shared.device_ids.push(view.device.device_id)
      continue
    }
    const group = { code: null, device_ids: idsOf([view]) }
    groups.push(group)
    if (account !== null) ofAccount.set(account, group)
  }
  return groups
}

export interface DoorsToServe {
  device_ids: readonly string[]
  /** The person was made with this grant, and has no PIN from another one. */
  isNewcomer: boolean
}

/** The plan for doors that have no method of this request yet. */
export const planPins = (
  world: World,
  grant: AccessGrant,
  request: AccessRequest,
  { device_ids, isNewcomer }: DoorsToServe,
): PinPlan => {
  const draw = drawsOf(world)
  const views = device_ids.map((device_id) => requireLock(world, device_id))
  const { joins, rest: unserved } = joiningOf(world, grant, request, views)
  const rest = unserved.filter((view) => !choosesOwnPin(view))
  const groups: PinGroup[] = []
  let open = rest
  const wish =
    request.code ??
    (!isNewcomer && rest.length > 0 && isFirstOfItsKind(grant, request)
      ? familiarPin(world, grant, rest)
      : null)
  if (wish !== null) {
    const fitting = rest.filter((view) => takesPin(world, view, wish))
    if (fitting.length > 0) groups.push({ code: wish, device_ids: idsOf(fitting) })
    open = rest.filter((view) => !fitting.includes(view))
  }
  const made = groupsOf(world, open, draw)
  const own = ownPins(unserved.filter(choosesOwnPin))
  return { joins, groups: [...groups, ...made.groups, ...own], without: made.without }
}
