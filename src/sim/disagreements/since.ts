/** Since when it is so, exactly: from what the lock held and from what was asked for. */
import { desc, and, eq, isNotNull, orderBy, where } from '../../db/conditions.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { door_history } from '../../db/tables/locks.ts'
import type { DoorSpan } from '../../db/tables/locks.ts'
import { openingTimes } from '../access-codes/lock-out-report.ts'
import type { World } from '../kernel/world.ts'
import { isOver } from './judge.ts'
import type { CodeFacts, DisagreementKind } from './judge.ts'

const inSlots = where(door_history, ['access_code_id'], (c, its) =>
  and(eq(c.access_code_id, its.access_code_id), isNotNull(c.slot)),
)
const newestFirst = orderBy(door_history, (c) => [desc(c.seq)])

/** The last that the lock held of the code. */
export const lastHeld = (world: World, access_code_id: string): DoorSpan | undefined =>
  world.door_history.first(inSlots({ access_code_id }), { order: newestFirst, limit: 1 })

/** Since when it is declared as it is now, as far as the lock has not been told. */
const declaredSince = (code: AccessCode): number => {
  const { in_effect } = code
  const isTold =
    in_effect.code === code.code &&
    in_effect.starts_at === code.starts_at &&
    in_effect.ends_at === code.ends_at
  return isTold ? code.created_at : (code.mutations_requested_at ?? code.created_at)
}

const endedAt = (code: AccessCode): number =>
  Math.min(
    code.deletion_requested_at ?? Number.POSITIVE_INFINITY,
    code.ends_at ?? Number.POSITIVE_INFINITY,
  )

const lockedOutSince = (world: World, code: AccessCode): number => {
  const from = Math.max(code.starts_at ?? code.created_at, declaredSince(code))
  const last =
    code.code === null ? undefined : openingTimes(world, code.device_id, code.code).at(-1)
  return last === undefined ? from : Math.max(from, last.to)
}

const overstaySince = (world: World, { code, slot, opens }: CodeFacts): number => {
  const pin = code.code !== null && opens(code.code) ? code.code : (slot?.code ?? code.code)
  const last = pin === null ? undefined : openingTimes(world, code.device_id, pin).at(-1)
  return Math.max(endedAt(code), last?.from ?? 0)
}

/** The first instant of the disagreement, ms. */
export const sinceOf = (world: World, kind: DisagreementKind, facts: CodeFacts): number => {
  const { code, slot, now } = facts
  switch (kind) {
    case 'locked_out':
      return lockedOutSince(world, code)
    case 'overstay':
      return overstaySince(world, facts)
    case 'lost':
      return lastHeld(world, code.access_code_id)?.ended_at ?? now
    case 'stuck':
      return code.effort?.since ?? now
    case 'stored':
      return endedAt(code)
    case 'different':
      return isOver(code, now) ? now : Math.max(slot?.written_at ?? 0, declaredSince(code))
    case 'stranger':
      return slot?.written_at ?? now
    default:
      return kind satisfies never
  }
}
