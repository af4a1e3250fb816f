/**
 * The lock-out report of access grants: for how long each guest could not open the doors that were
 * promised, and still could open those that were theirs no longer. Read from what the locks held.
 */
import { and, asc, eq, orderBy, where } from '../../db/conditions.ts'
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import { events } from '../../db/tables/events.ts'
import { lockedOutFor, openingTimes, pinsHeldOf } from '../access-codes/lock-out-report.ts'
import type { BookingReport } from '../access-codes/lock-out-report.ts'
import { codesOfMethod } from '../access-methods/rows.ts'
import { domainError } from '../kernel/errors.ts'
import { intersect, normalize, subtract } from '../kernel/intervals.ts'
import type { Interval } from '../kernel/intervals.ts'
import type { World } from '../kernel/world.ts'
import { lockView } from '../locks/lock-view.ts'
import { methodsOf, nameOfGrant } from './rows.ts'

/** One door of a grant. */
export interface DoorReport {
  device_id: string
  name: string
  /** The PINs that were to open it. */
  codes: string[]
  /** From when to when it was promised, ms; null: it was not, or is no longer. */
  promised: Interval | null
  locked_out: BookingReport['locked_out']
  overstay: Interval[]
}

export interface GrantReport {
  grant: AccessGrant
  name: string
  doors: DoorReport[]
  /** Entrances of access systems, of whose past nobody knows whom they would have let in. */
  entrances_not_judged: { acs_entrance_id: string; name: string }[]
}

const codesDeclared = where(events, ['access_grant_id', 'device_id'], (c, its) =>
  and(
    eq(c.access_grant_id, its.access_grant_id),
    eq(c.device_id, its.device_id),
    eq(c.event_type, 'access_code.created'),
  ),
)
const oldestFirst = orderBy(events, (c) => [asc(c.created_at), asc(c.seq)])

/** The PINs of the grant that this very lock held, in codes that are gone by now. */
const pinsOfGoneCodes = (world: World, grant: AccessGrant, device_id: string): string[] => {
  const { access_grant_id } = grant
  const given = methodsOf(world, grant).flatMap(({ code }) => code ?? [])
  return world.events
    .all(codesDeclared({ access_grant_id, device_id }))
    .flatMap(({ access_code_id }) =>
      access_code_id === null ? [] : pinsHeldOf(world, access_code_id),
    )
    .filter((pin) => given.includes(pin))
}

/** PINs at this door: of its codes, and of methods whose codes are gone since their time is over. */
const pinsAt = (world: World, grant: AccessGrant, device_id: string): string[] => {
  const methods = methodsOf(world, grant)
  const held = methods
    .flatMap((method) => codesOfMethod(world, method))
    .filter((code) => code.device_id === device_id)
    .flatMap(({ code }) => code ?? [])
  const meant = methods
    .filter(({ doors }) => doors.some((door) => door.device_id === device_id))
    .flatMap(({ code }) => code ?? [])
  return [...new Set([...held, ...meant, ...pinsOfGoneCodes(world, grant, device_id)])]
}

/** The doors that a code of the grant still has to leave, with the instant at which it was asked to. */
const leavingDoors = (world: World, grant: AccessGrant): Map<string, number> =>
  new Map(
    methodsOf(world, grant)
      .flatMap((method) => codesOfMethod(world, method))
      .flatMap(({ device_id, deletion_requested_at }) =>
        deletion_requested_at === null ? [] : [[device_id, deletion_requested_at] as const],
      ),
  )

/** Since when the door is one of the grant's: it may have come later than the grant. */
const joinedAt = (world: World, { access_grant_id, ...grant }: AccessGrant, device_id: string) => {
  const of = codesDeclared({ access_grant_id, device_id })
  const first = world.events.first(of, { order: oldestFirst, limit: 1 })
  if (first === undefined) return grant.doors_changed_at ?? grant.created_at
  return first.created_at - (first.ahead ?? 0)
}

const promisedAt = (world: World, grant: AccessGrant, device_id: string): Interval => ({
  from: Math.max(grant.starts_at, joinedAt(world, grant, device_id)),
  to: Math.min(grant.ends_at ?? Infinity, grant.deletion_requested_at ?? Infinity),
})

const doorReport = (
  world: World,
  grant: AccessGrant,
  device_id: string,
  bounds: { from: number; left_at: number | undefined },
): DoorReport => {
  const { from, left_at } = bounds
  const { now } = world
  const codes = pinsAt(world, grant, device_id)
  const promised = grant.door_ids.includes(device_id) ? promisedAt(world, grant, device_id) : null
  const open = normalize(codes.flatMap((code) => openingTimes(world, device_id, code)))
  const stay =
    promised === null
      ? []
      : normalize([{ from: Math.max(promised.from, from), to: Math.min(promised.to, now) }])
  const over_at = promised === null ? (left_at ?? now) : promised.to
  const afterwards = normalize([{ from: Math.max(over_at, from), to: now }])
  return {
    device_id,
    name: world.devices.get(device_id)?.name ?? device_id,
    codes,
    promised: promised === null || promised.from >= promised.to ? null : promised,
    locked_out: lockedOutFor(world, device_id, codes, subtract(stay, open)),
    overstay: intersect(afterwards, open),
  }
}

const reportOf = (world: World, grant: AccessGrant, from: number): GrantReport => {
  const leaving = leavingDoors(world, grant)
  const ids = [...new Set([...grant.door_ids, ...leaving.keys()])]
  return {
    grant,
    name: nameOfGrant(world, grant),
    doors: ids
      .filter((device_id) => lockView(world, device_id) !== null)
      .map((device_id) =>
        doorReport(world, grant, device_id, { from, left_at: leaving.get(device_id) }),
      ),
    entrances_not_judged: (grant.entrance_ids ?? []).map((acs_entrance_id) => ({
      acs_entrance_id,
      name: world.acs_entrances.get(acs_entrance_id)?.display_name ?? acs_entrance_id,
    })),
  }
}

const isCalled = (grant: AccessGrant, key: string): boolean =>
  grant.access_grant_id === key || grant.access_grant_key === key || grant.reservation_key === key

/**
 * Looks at each grant from its beginning to now. One that is gone has left no word of what it promised.
 *
 * @param which ids, keys or reservation keys of grants; `all` for every grant of the workspace.
 * @param from nothing before this instant counts, ms.
 * @throws access_grant_not_found
 */
export const grantReports = (
  world: World,
  which: 'all' | readonly string[],
  from: number,
): GrantReport[] => {
  const all = world.access_grants.all()
  if (which === 'all') return all.map((grant) => reportOf(world, grant, from))
  const found = which.flatMap((key) => {
    const grants = all.filter((grant) => isCalled(grant, key))
    if (grants.length > 0) return grants
    throw domainError('access_grant_not_found', `There is no access grant or stay "${key}"`, {
      data: { key },
    })
  })
  return [...new Set(found)].map((grant) => reportOf(world, grant, from))
}
