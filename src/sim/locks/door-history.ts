/**
 * Keeps what a keypad would have said at any instant: which codes were in the lock, and when nobody
 * could get in. Rows are written when something changes and closed when it changes back; `report.ts`
 * reads them, and the keypad, which knows an offline code for one whose time is over.
 *
 * A report may ask about any stay of which the history is still kept (`sim/history/limits.ts`): in a
 * world whose clock stands still that is every stay since the first instant. A code leaves one row here,
 * and about five times as many events with their deliveries; readers find theirs by index.
 */
import { lockView } from './lock-view.ts'
import { noteHistory } from '../history/forget.ts'
import { createMemo } from '../kernel/derived.ts'
import type { World } from '../kernel/world.ts'
import { and, eq, gt, isNotNull, isNull, lte, is, where } from '../../db/conditions.ts'
import { door_history } from '../../db/tables/locks.ts'
import type { DoorSpan } from '../../db/tables/locks.ts'

const ofDevice = is(door_history.device_id)
const lastingInSlots = where(door_history, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNotNull(c.slot), isNull(c.ended_at)),
)
const lastingOffline = where(door_history, ['access_code_id'], (c, its) =>
  and(
    eq(c.access_code_id, its.access_code_id),
    isNull(c.slot),
    isNull(c.cause),
    isNull(c.ended_at),
  ),
)
const offlineUntil = where(door_history, ['device_id', 'code', 'ends_at'], (c, its) =>
  and(
    eq(c.device_id, its.device_id),
    eq(c.code, its.code),
    isNull(c.slot),
    lte(c.ends_at, its.ends_at),
  ),
)
const lockouts = where(door_history, ['device_id', 'ended_at'], (c, its) =>
  and(
    eq(c.device_id, its.device_id),
    isNull(c.code),
    eq(c.cause, 'too_many_attempts'),
    gt(c.ended_at, its.ended_at),
  ),
)
const lastingOutages = where(door_history, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNull(c.ended_at), isNotNull(c.cause)),
)
const lastingOutage = where(door_history, ['device_id', 'cause'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNull(c.ended_at), eq(c.cause, its.cause)),
)

/** Why nobody gets in, whatever they type. The first one that holds is named. */
export const outageCauses = [
  'no_power',
  'keypad_unavailable',
  'too_many_attempts',
  'blocked_by_privacy_mode',
  'jammed',
] as const

export type OutageCause = (typeof outageCauses)[number]

interface Held {
  device_id: string
  /** null for an offline code, which is in no slot. */
  slot: number | null
  code: string
  access_code_id: string | null
  /** The window that the lock itself keeps. */
  starts_at: number | null
  ends_at: number | null
}

const add = (world: World, span: Omit<DoorSpan, 'seq' | 'workspace_id'>): number => {
  noteHistory(world, 'door_history', 0)
  return world.door_history.insert(span)
}

const begin = (world: World, held: Held): number =>
  add(world, { ...held, cause: null, began_at: world.now, ended_at: null })

/** The spans that last, of codes in slots: by slot, as `seq`. */
const lasting = createMemo<Map<number, number>>()

const lastingOf = (world: World, device_id: string): Map<number, number> =>
  lasting.get(world, device_id, () => {
    const spans = new Map<number, number>()
    for (const { slot, seq } of world.door_history.all(lastingInSlots({ device_id }))) {
      if (slot !== null) spans.set(slot, seq)
    }
    return spans
  })

/** A slot holds this from now on, in place of what it held. */
export const noteSlotWritten = (world: World, held: Held & { slot: number }): void => {
  noteSlotErased(world, held.device_id, held.slot)
  const { device_id, slot, code, access_code_id, starts_at, ends_at } = held
  const seq = begin(world, { device_id, slot, code, access_code_id, starts_at, ends_at })
  lastingOf(world, device_id).set(slot, seq)
}

export const noteSlotErased = (world: World, device_id: string, slot: number): void => {
  const spans = lastingOf(world, device_id)
  const seq = spans.get(slot)
  if (seq === undefined) return
  world.door_history.update(String(seq), { ended_at: world.now })
  spans.delete(slot)
}

/** What a slot holds is known as this access code. */
export const noteSlotLinked = (
  world: World,
  { device_id, slot }: Pick<Held, 'device_id'> & { slot: number },
  access_code_id: string,
): void => {
  const seq = lastingOf(world, device_id).get(slot)
  if (seq !== undefined) world.door_history.update(String(seq), { access_code_id })
}

/** Everything that was in the lock's memory is gone. */
export const noteMemoryErased = (world: World, device_id: string): void => {
  for (const slot of lastingOf(world, device_id).keys()) noteSlotErased(world, device_id, slot)
}

/** The lock has another device id from now on. */
export const moveDoorHistory = (world: World, from: string, to: string): void => {
  world.door_history.updateWhere(ofDevice(from), { device_id: to })
  lasting.forget(world, from)
  lasting.forget(world, to)
}

/** The lock takes a computed code from now on, without having been told of it. */
export const noteOfflineCode = (
  world: World,
  code: Omit<Held, 'slot' | 'access_code_id'> & { access_code_id: string },
): void => {
  noteOfflineCodeEnded(world, code.access_code_id)
  const { device_id, access_code_id, starts_at, ends_at } = code
  begin(world, { device_id, slot: null, code: code.code, access_code_id, starts_at, ends_at })
}

export const noteOfflineCodeEnded = (world: World, access_code_id: string): void =>
  void world.door_history.updateWhere(lastingOffline({ access_code_id }), {
    ended_at: world.now,
  })

/** The windows, all of them over, in which this PIN was an offline code of the lock. */
export const endedOfflineCodes = (world: World, device_id: string, code: string) =>
  world.door_history
    .all(offlineUntil({ device_id, code, ends_at: world.now }))
    .flatMap(({ access_code_id, starts_at, ends_at }) =>
      access_code_id === null ? [] : [{ code, access_code_id, starts_at: starts_at ?? 0, ends_at }],
    )

/** Too many wrong codes: the keypad is deaf until then. */
export const noteLockout = (world: World, device_id: string, until: number): void => {
  add(world, {
    device_id,
    slot: null,
    code: null,
    access_code_id: null,
    starts_at: null,
    ends_at: null,
    cause: 'too_many_attempts',
    began_at: world.now,
    ended_at: until,
  })
}

/** The keypad listens again before its time. */
export const noteLockoutOver = (world: World, device_id: string): void => {
  world.door_history.updateWhere(lockouts({ device_id, ended_at: world.now }), {
    ended_at: world.now,
  })
}

/** Compares what keeps people out now with what was noted last. Call it after any change of that. */
export const noteDoor = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null) return
  const holds: Record<Exclude<OutageCause, 'too_many_attempts'>, boolean> = {
    no_power: view.battery_level !== null && view.battery_level <= 0,
    keypad_unavailable: !view.keypad.is_connected || !view.keypad.has_power,
    blocked_by_privacy_mode: view.lock.privacy_mode_at !== null,
    jammed: view.lock.jammed,
  }
  const noted = new Set(
    world.door_history.all(lastingOutages({ device_id })).map(({ cause }) => cause),
  )
  for (const [cause, isSo] of Object.entries(holds)) {
    if (isSo && !noted.has(cause)) {
      add(world, {
        device_id,
        slot: null,
        code: null,
        access_code_id: null,
        starts_at: null,
        ends_at: null,
        cause,
        began_at: world.now,
        ended_at: null,
      })
    }
    if (!isSo && noted.has(cause)) {
      world.door_history.updateWhere(lastingOutage({ device_id, cause }), {
        ended_at: world.now,
      })
    }
  }
}
