/**
 * What a lock's own memory accepts. Pure decisions on a bank given as values: whoever calls them
 * stores the outcome. The bank knows nothing of what the API believes.
 */

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

export type SlotContent = Omit<MemorySlot, 'slot'>

export interface MemoryBank {
  capacity: number
  slots: readonly MemorySlot[]
}

/** Error codes as Seam's access codes carry them. */
export type BankRefusal =
  | { ok: false; reason: 'no_space_for_access_code_on_device'; message: string }
  | { ok: false; reason: 'duplicate_code_on_device'; message: string; conflict: MemorySlot }
  | { ok: false; reason: 'no_such_slot'; message: string }

export type BankDecision = { ok: true; slot: MemorySlot } | BankRefusal

/**
 * A new code takes the lowest free number. An equal PIN is refused before lack of space, since
 * the keypad could not tell the two apart whatever room there is.
 */
export function writeSlot(bank: MemoryBank, content: SlotContent): BankDecision {
  const conflict = bank.slots.find((slot) => slot.code === content.code)
  if (conflict !== undefined) return duplicate(conflict)
  const taken = new Set(bank.slots.map((slot) => slot.slot))
  for (let number = 1; number <= bank.capacity; number += 1) {
    if (!taken.has(number)) return { ok: true, slot: { ...content, slot: number } }
  }
  return {
    ok: false,
    reason: 'no_space_for_access_code_on_device',
    message: `The lock holds ${bank.slots.length} codes and has room for ${bank.capacity}; remove one first.`,
  }
}

/** Changes what a slot holds; the code keeps its number, and its fields that are not given. */
export function rewriteSlot(
  bank: MemoryBank,
  number: number,
  change: Partial<SlotContent>,
): BankDecision {
  const current = bank.slots.find((slot) => slot.slot === number)
  if (current === undefined) return noSuchSlot(number)
  const changed = { ...current, ...change, slot: number }
  const conflict = bank.slots.find((slot) => slot.slot !== number && slot.code === changed.code)
  if (conflict !== undefined) return duplicate(conflict)
  return { ok: true, slot: changed }
}

/** Frees a slot; `slot` in the answer is what it held. */
export function eraseSlot(bank: MemoryBank, number: number): BankDecision {
  const current = bank.slots.find((slot) => slot.slot === number)
  return current === undefined ? noSuchSlot(number) : { ok: true, slot: current }
}

/** True when one more code would find no room; what `max_access_codes_reached` warns of. */
export function isFull(bank: MemoryBank): boolean {
  return bank.slots.length >= bank.capacity
}

const duplicate = (conflict: MemorySlot): BankRefusal => ({
  ok: false,
  reason: 'duplicate_code_on_device',
  message: `The PIN is already on the lock, in slot ${conflict.slot}; every PIN on a lock must be different.`,
  conflict,
})

const noSuchSlot = (number: number): BankRefusal => ({
  ok: false,
  reason: 'no_such_slot',
  message: `Slot ${number} of the lock is empty.`,
})
