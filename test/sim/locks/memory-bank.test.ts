import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  eraseSlot,
  isFull,
  rewriteSlot,
  writeSlot,
  type MemoryBank,
  type MemorySlot,
  type SlotContent,
} from '../../../src/sim/locks/memory-bank.ts'

const content = (code: string, access_code_id: string | null = null): SlotContent => ({
  code,
  name: null,
  starts_at: null,
  ends_at: null,
  access_code_id,
  one_time: false,
})
const holding = (slot: number, code: string, id: string | null = null): MemorySlot => ({
  ...content(code, id),
  slot,
})
const bank = (capacity: number, ...slots: MemorySlot[]): MemoryBank => ({ capacity, slots })

describe('writing a new code', () => {
  test('takes the lowest free slot, whatever the order of the others', () => {
    const decision = writeSlot(bank(5, holding(4, '4444'), holding(1, '1111')), content('2222'))
    expect(decision).toEqual({ ok: true, slot: holding(2, '2222') })
  })

  test('is refused when every slot is taken', () => {
    const full = bank(2, holding(1, '1111'), holding(2, '2222'))
    expect(isFull(full)).toBe(true)
    expect(writeSlot(full, content('3333'))).toMatchObject({
      ok: false,
      reason: 'no_space_for_access_code_on_device',
    })
  })

  test('is refused when the PIN is on the lock, and names the slot and its owner', () => {
    const decision = writeSlot(bank(5, holding(3, '1234', 'code-a')), content('1234', 'code-b'))
    expect(decision).toMatchObject({
      ok: false,
      reason: 'duplicate_code_on_device',
      conflict: { slot: 3, access_code_id: 'code-a' },
    })
  })

  test('blames the equal PIN, not the lack of room, when both are true', () => {
    const decision = writeSlot(bank(1, holding(1, '1234')), content('1234'))
    expect(decision).toMatchObject({ reason: 'duplicate_code_on_device' })
  })

  test('is refused by a lock without memory', () => {
    expect(writeSlot(bank(0), content('1234'))).toMatchObject({
      reason: 'no_space_for_access_code_on_device',
    })
  })
})

describe('changing a code', () => {
  test('keeps its slot and the fields that were not given', () => {
    const before = { ...holding(2, '1111', 'code-a'), name: 'Guest', ends_at: 99 }
    expect(rewriteSlot(bank(2, before), 2, { code: '5555' })).toEqual({
      ok: true,
      slot: { ...before, code: '5555' },
    })
  })

  test('works on a full lock', () => {
    const full = bank(1, holding(1, '1111'))
    expect(rewriteSlot(full, 1, { code: '2222' })).toMatchObject({ ok: true })
  })

  test('to its own PIN is no duplicate', () => {
    expect(rewriteSlot(bank(2, holding(1, '1111')), 1, { code: '1111' })).toMatchObject({
      ok: true,
    })
  })

  test('to the PIN of another slot is refused', () => {
    const two = bank(2, holding(1, '1111'), holding(2, '2222'))
    expect(rewriteSlot(two, 1, { code: '2222' })).toMatchObject({
      reason: 'duplicate_code_on_device',
      conflict: { slot: 2 },
    })
  })

  test('in an empty slot is refused', () => {
    expect(rewriteSlot(bank(2), 1, { name: 'x' })).toMatchObject({ reason: 'no_such_slot' })
  })
})

describe('erasing a code', () => {
  test('answers what the slot held, and its number is free again', () => {
    const two = bank(3, holding(1, '1111'), holding(2, '2222'))
    expect(eraseSlot(two, 1)).toEqual({ ok: true, slot: holding(1, '1111') })
    const rest = bank(3, holding(2, '2222'))
    expect(writeSlot(rest, content('3333'))).toMatchObject({ ok: true, slot: { slot: 1 } })
  })

  test('from an empty slot is refused', () => {
    expect(eraseSlot(bank(3), 1)).toMatchObject({ reason: 'no_such_slot' })
  })
})

const pin = fc.integer({ min: 0, max: 9 }).map((digit) => String(digit).repeat(4))
const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), code: pin }),
  fc.record({
    do: fc.constant('rewrite' as const),
    slot: fc.integer({ min: 0, max: 7 }),
    code: pin,
  }),
  fc.record({ do: fc.constant('erase' as const), slot: fc.integer({ min: 0, max: 7 }) }),
)

test('whatever is done to it, a bank never holds more than its slots nor one PIN twice', () => {
  fc.assert(
    fc.property(fc.nat(6), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
      let slots: MemorySlot[] = []
      for (const it of steps) {
        const now = { capacity, slots }
        if (it.do === 'erase') {
          const gone = eraseSlot(now, it.slot)
          if (gone.ok) slots = slots.filter((slot) => slot.slot !== gone.slot.slot)
        } else {
          const put =
            it.do === 'write'
              ? writeSlot(now, content(it.code))
              : rewriteSlot(now, it.slot, { code: it.code })
          if (put.ok) slots = [...slots.filter((slot) => slot.slot !== put.slot.slot), put.slot]
          // A write that had room and no equal PIN is never refused.
          const blocked = now.slots.length >= capacity || now.slots.some((s) => s.code === it.code)
          if (it.do === 'write') expect(put.ok).toBe(!blocked)
        }
        expect(slots.length).toBeLessThanOrEqual(capacity)
        expect(new Set(slots.map((slot) => slot.code)).size).toBe(slots.length)
        expect(new Set(slots.map((slot) => slot.slot)).size).toBe(slots.length)
        for (const slot of slots) {
          expect(slot.slot).toBeGreaterThanOrEqual(1)
          expect(slot.slot).toBeLessThanOrEqual(capacity)
        }
      }
    }),
  )
})
