/**
 * A person with the lock's own app. Whatever they do is on the lock at once; the API hears of it
 * at the provider's next poll.
 */
import { requireLock } from './lock-view.ts'
import type { LockView } from './lock-view.ts'
import { scheduleSync } from './next-poll.ts'
import { chronicle } from '../chronicle/chronicle.ts'
import { domainError, invalidInput, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { eraseSlot, freeSlot, nameOnLock, slotWithPin, slotsOf, writeSlot } from './memory-bank.ts'
import type { Slot } from '../../db/tables/locks.ts'

export interface SlotChange {
  code?: string | undefined
  name?: string | null | undefined
  starts_at?: number | null | undefined
  ends_at?: number | null | undefined
}

/** Which slot is meant: by its number, or by the access code that is in it. */
export interface SlotChoice {
  device_id: string
  slot?: number | undefined
  access_code_id?: string | undefined
}

const refusePin = (world: World, device_id: string, code: string, own?: number): void => {
  if (!/^\d{3,20}$/.test(code)) {
    throw invalidInput('code', `A lock takes digits only; code is ${JSON.stringify(code)}`)
  }
  const holder = slotWithPin(world, device_id, code)
  if (holder === undefined || holder.slot === own) return
  throw domainError(
    'duplicate_code_on_lock',
    `Slot ${holder.slot} of the lock already holds the PIN ${code}. Choose another one.`,
    { param: 'code', data: { slot: holder.slot } },
  )
}

const requireSlot = (world: World, choice: SlotChoice): Slot => {
  const { device_id, slot, access_code_id } = choice
  if ((slot === undefined) === (access_code_id === undefined)) {
    throw invalidInput('slot', 'Give exactly one of slot and access_code_id')
  }
  const slots = slotsOf(world, device_id)
  const found = slots.find((it) =>
    slot === undefined ? it.access_code_id === access_code_id : it.slot === slot,
  )
  if (found !== undefined) return found
  const held = slots.map((it) => it.slot).join(', ')
  throw Object.assign(notFound('slot', { ...choice }), {
    message: `slot not found on the lock; slots in use: ${held === '' ? 'none' : held}`,
  })
}

const chooseSlot = (world: World, view: LockView, wanted: number | undefined): number => {
  const { device_id } = view.device
  const { memory_slots } = view.profile
  if (wanted === undefined) {
    const free = freeSlot(world, device_id, memory_slots)
    if (free !== null) return free
    throw domainError('no_space_on_lock', `All ${memory_slots} slots of the lock are in use.`)
  }
  if (wanted < 1 || wanted > memory_slots) {
    throw invalidInput('slot', `The lock has the slots 1 to ${memory_slots}`)
  }
  if (slotsOf(world, device_id).some((it) => it.slot === wanted)) {
    throw invalidInput('slot', `Slot ${wanted} is in use; change it with update_code`)
  }
  return wanted
}

const noteByHand = (
  world: World,
  view: LockView,
  action: 'create_code' | 'update_code' | 'delete_code',
  found: Slot,
): Slot => {
  const { device_id, access_code_id, slot, code } = found
  chronicle(world, { kind: 'manufacturer_app', device_id, access_code_id, action, slot, code })
  scheduleSync(world, view)
  return found
}

/** Puts a code on the lock that Seam knows nothing of. */
export const createSlotByHand = (
  world: World,
  input: { device_id: string; slot?: number | undefined; code: string } & SlotChange,
): Slot => {
  const { device_id, code } = input
  const view = requireLock(world, device_id)
  refusePin(world, device_id, code)
  const slot = chooseSlot(world, view, input.slot)
  writeSlot(world, {
    device_id,
    slot,
    code,
    name: nameOnLock(input.name ?? null, view.profile),
    starts_at: input.starts_at ?? null,
    ends_at: input.ends_at ?? null,
    one_time: false,
    access_code_id: null,
  })
  return noteByHand(world, view, 'create_code', requireSlot(world, { device_id, slot }))
}

/** Changes what a slot holds; what is not given stays, null takes it away. */
export const updateSlotByHand = (world: World, choice: SlotChoice, change: SlotChange): Slot => {
  const view = requireLock(world, choice.device_id)
  const current = requireSlot(world, choice)
  const { device_id, slot } = current
  if (change.code !== undefined) refusePin(world, device_id, change.code, slot)
  writeSlot(world, {
    device_id,
    slot,
    code: change.code ?? current.code,
    name: change.name === undefined ? current.name : nameOnLock(change.name, view.profile),
    starts_at: change.starts_at === undefined ? current.starts_at : change.starts_at,
    ends_at: change.ends_at === undefined ? current.ends_at : change.ends_at,
    one_time: current.one_time,
    access_code_id: current.access_code_id,
  })
  return noteByHand(world, view, 'update_code', requireSlot(world, { device_id, slot }))
}

/** Takes a code off the lock. Answers what was there. */
export const deleteSlotByHand = (world: World, choice: SlotChoice): Slot => {
  const view = requireLock(world, choice.device_id)
  const current = requireSlot(world, choice)
  eraseSlot(world, current.device_id, current.slot)
  return noteByHand(world, view, 'delete_code', current)
}
