/**
 * The lock's own memory: numbered slots, and what they hold opens the door. It knows nothing of what
 * the API believes.
 */
import type { lock_memory_slots } from '../../db/schema.ts'
import { scheduleJob } from '../jobs.ts'
import type { World } from '../world.ts'
import { noteSlotErased, noteSlotWritten } from './door-history.ts'

export type Slot = typeof lock_memory_slots.$inferSelect

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

/** What the lock's memory bank holds, in slot order. */
export const slotsOf = (world: World, device_id: string): Slot[] =>
  world.lock_memory_slots.all('device_id = ?', [device_id], 'order by slot')

export const reservedSlots = (world: World, device_id: string): number =>
  world.lock_memory_slots.count('device_id = ?', [device_id])

/** The slot that this access code wrote. */
export const slotOfCode = (world: World, access_code_id: string): Slot | undefined =>
  world.lock_memory_slots.get(access_code_id)

export const slotWithPin = (world: World, device_id: string, code: string): Slot | undefined =>
  world.lock_memory_slots.first('device_id = ? and code = ?', [device_id, code])

/** A free slot number: the one above the highest in use, or else the lowest gap; null when the bank is full. */
export const freeSlot = (world: World, device_id: string, capacity: number): number | null => {
  const inUse = (tail: string): number[] =>
    world.lock_memory_slots.column('slot', 'device_id = ?', [device_id], tail).map(Number)
  const [highest] = inUse('order by slot desc limit 1')
  if (highest === undefined) return capacity > 0 ? 1 : null
  if (highest < capacity) return highest + 1
  let expected = 1
  for (const slot of inUse('order by slot')) {
    if (slot > expected) return expected
    expected = slot + 1
  }
  return expected <= capacity ? expected : null
}

export const writeSlot = (world: World, slot: Omit<Slot, 'workspace_id' | 'written_at'>): void => {
  world.lock_memory_slots.replace({ ...slot, written_at: world.now })
  noteSlotWritten(world, slot)
}

/** Empties a slot; codes that found no room may try again. */
export const eraseSlot = (world: World, device_id: string, slot: number): void => {
  world.lock_memory_slots.deleteWhere('device_id = ? and slot = ?', [device_id, slot])
  noteSlotErased(world, device_id, slot)
  if (typeof world.devices.get(device_id)?.bank_full_since !== 'number') return
  world.devices.update(device_id, { bank_full_since: null })
  scheduleJob(world, 'device.space', device_id, world.now)
}

/** Empties the whole memory. */
export const emptyBank = (world: World, device_id: string): void => {
  for (const { slot } of slotsOf(world, device_id)) eraseSlot(world, device_id, slot)
}

/** Remembers since when the memory bank is full. */
export const markBankFull = (world: World, device_id: string): void => {
  if (world.devices.get(device_id)?.bank_full_since === null) {
    world.devices.update(device_id, { bank_full_since: world.now })
  }
}
