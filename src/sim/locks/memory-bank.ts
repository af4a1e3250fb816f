/**
 * The lock's own memory: numbered slots, and what they hold opens the door. It knows nothing of what
 * the API believes.
 */
import type { Slot } from '../../db/tables/locks.ts'
import { moveChronicle } from '../chronicle/chronicle.ts'
import { createMemo } from '../kernel/derived.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import type { LockProfile } from './profile.ts'
import {
  moveDoorHistory,
  noteMemoryErased,
  noteSlotErased,
  noteSlotLinked,
  noteSlotWritten,
} from './door-history.ts'
import { is } from '../../db/conditions.ts'
import { lock_memory_slots } from '../../db/tables/locks.ts'

const ofDevice = is(lock_memory_slots.device_id)

/** One numbered place in the lock's memory. */
export interface MemorySlot {
  /** From 1 up to the bank's capacity. */
  slot: number
  /** The PIN; unique in a bank. */
  code: string
  name: string | null
  /** The window that the lock's own clock honours, in ms; null where it is open. */
  starts_at: number | null
  ends_at: number | null
  /** The declared code that put it there; null when a person did. */
  access_code_id: string | null
  /** The lock forgets it after its first use. */
  one_time: boolean
}

/** A bank as it is kept at hand, so that no command to a lock need ask the table. */
interface Bank {
  slots: Map<number, Slot>
  byPin: Map<string, Slot>
  byAccessCode: Map<string, Slot>
}

const put = ({ slots, byPin, byAccessCode }: Bank, slot: Slot): void => {
  slots.set(slot.slot, slot)
  byPin.set(slot.code, slot)
  if (slot.access_code_id !== null) byAccessCode.set(slot.access_code_id, slot)
}

const take = ({ slots, byPin, byAccessCode }: Bank, number: number): void => {
  const slot = slots.get(number)
  if (slot === undefined) return
  slots.delete(number)
  byPin.delete(slot.code)
  if (slot.access_code_id !== null) byAccessCode.delete(slot.access_code_id)
}

const banks = createMemo<Bank>()

const bankOf = (world: World, device_id: string): Bank =>
  banks.get(world, device_id, () => {
    const bank: Bank = { slots: new Map(), byPin: new Map(), byAccessCode: new Map() }
    for (const slot of world.lock_memory_slots.all(ofDevice(device_id))) put(bank, slot)
    return bank
  })

/** What the lock's memory bank holds, in slot order. */
export const slotsOf = (world: World, device_id: string): Slot[] =>
  [...bankOf(world, device_id).slots.values()].sort((a, b) => a.slot - b.slot)

export const reservedSlots = (world: World, device_id: string): number =>
  bankOf(world, device_id).slots.size

/** The slot of this lock that the access code wrote. */
export const slotOfCode = (
  world: World,
  { device_id, access_code_id }: { device_id: string; access_code_id: string },
): Slot | undefined => bankOf(world, device_id).byAccessCode.get(access_code_id)

export const slotWithPin = (world: World, device_id: string, code: string): Slot | undefined =>
  bankOf(world, device_id).byPin.get(code)

/** A free slot number: the one above the highest in use, or else the lowest gap; null when the bank is full. */
export const freeSlot = (world: World, device_id: string, capacity: number): number | null => {
  const { slots } = bankOf(world, device_id)
  let highest = 0
  for (const slot of slots.keys()) if (slot > highest) highest = slot
  if (highest < capacity) return highest + 1
  for (let slot = 1; slot <= capacity; slot++) if (!slots.has(slot)) return slot
  return null
}

/**
 * The name as the lock stores it. Seam "may add additional characters to the name or truncate the
 * name to meet provider constraints" (OpenAPI); that a short one is filled up with `_` is assumed.
 * Counted in characters, so that no emoji is cut in half.
 */
export const nameOnLock = (
  name: string | null,
  profile: Pick<LockProfile, 'max_name_length_on_lock' | 'code_constraints'>,
): string | null => {
  if (name === null) return null
  const { max_name_length_on_lock: most, code_constraints } = profile
  let fitted = name
  // So many code units hold at most as many characters: most names need not be taken apart.
  if (most !== null && name.length > most) fitted = Array.from(name).slice(0, most).join('')
  for (const constraint of code_constraints) {
    if (constraint.constraint_type !== 'name_length') continue
    const missing = (constraint.min_length ?? 0) - Array.from(fitted).length
    if (missing > 0) fitted += '_'.repeat(missing)
  }
  return fitted
}

/** The lock does not know the PIN any more: whoever else was refused for it may try again. */
const freePin = (world: World, { device_id, code, access_code_id: owner }: Slot): void => {
  for (const { access_code_id } of world.access_codes.matching(device_id, code)) {
    if (access_code_id !== owner) react(world, 'pin_free_on_lock', access_code_id)
  }
}

/** Writes a slot, in place of what it held. */
export const writeSlot = (world: World, slot: Omit<Slot, 'workspace_id' | 'written_at'>): void => {
  const { device_id } = slot
  const bank = bankOf(world, device_id)
  const before = bank.slots.get(slot.slot)
  world.lock_memory_slots.replace({ ...slot, written_at: world.now })
  take(bank, slot.slot)
  const written = world.lock_memory_slots.get([device_id, String(slot.slot)])
  if (written !== undefined) put(bank, written)
  noteSlotWritten(world, slot)
  if (before !== undefined && before.code !== slot.code) freePin(world, before)
}

/** A slot is known as this access code from now on. */
export const linkSlot = (world: World, slot: Slot, access_code_id: string): void => {
  const { device_id } = slot
  world.lock_memory_slots.update([device_id, String(slot.slot)], { access_code_id })
  const bank = bankOf(world, device_id)
  take(bank, slot.slot)
  put(bank, { ...slot, access_code_id })
  noteSlotLinked(world, slot, access_code_id)
}

/** Empties a slot; codes that found no room may try again. */
export const eraseSlot = (world: World, device_id: string, slot: number): void => {
  const bank = bankOf(world, device_id)
  const before = bank.slots.get(slot)
  world.lock_memory_slots.delete([device_id, String(slot)])
  take(bank, slot)
  noteSlotErased(world, device_id, slot)
  if (before !== undefined) freePin(world, before)
  if (typeof world.locks.get(device_id)?.bank_full_since !== 'number') return
  world.locks.update(device_id, { bank_full_since: null })
  react(world, 'slot_free', device_id)
}

/** The codes in the memory are no access codes any more; they still open the door. */
export const unlinkBank = (world: World, device_id: string): void => {
  world.lock_memory_slots.updateWhere(ofDevice(device_id), { access_code_id: null })
  banks.forget(world, device_id)
}

/** The lock has another device id from now on, and its memory with it. */
export const moveBank = (world: World, from: string, to: string): void => {
  world.lock_memory_slots.updateWhere(ofDevice(from), { device_id: to })
  banks.forget(world, from)
  banks.forget(world, to)
  moveDoorHistory(world, from, to)
  moveChronicle(world, from, to)
}

/** The lock is gone, with all that it held. */
export const dropBank = (world: World, device_id: string): void => {
  world.lock_memory_slots.deleteWhere(ofDevice(device_id))
  banks.forget(world, device_id)
  noteMemoryErased(world, device_id)
}

/** Empties the whole memory. */
export const emptyBank = (world: World, device_id: string): void => {
  for (const { slot } of slotsOf(world, device_id)) eraseSlot(world, device_id, slot)
}

/** Remembers since when the memory bank is full: when no slot is free. */
export const noteFill = (world: World, device_id: string, capacity: number): void => {
  if (reservedSlots(world, device_id) < capacity) return
  if (world.locks.get(device_id)?.bank_full_since === null) {
    world.locks.update(device_id, { bank_full_since: world.now })
  }
}
