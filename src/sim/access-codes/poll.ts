/**
 * The provider's poll: Seam reads the lock's memory and finds what a person
 * changed there. It only brings Seam's knowledge up to date; the reconciler then
 * closes the distance, if it may.
 */
import type { DeclaredForm, ExternalChange, LockForm } from '../../db/tables/access-codes.ts'
import { lockView } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { recordEvent } from '../events/record.ts'
import { toIsoOrNull } from '../kernel/instant.ts'
import { chronicle } from '../chronicle/chronicle.ts'
import {
  eraseSlot,
  linkSlot,
  nameOnLock,
  noteFill,
  slotOfCode,
  slotsOf,
} from '../locks/memory-bank.ts'
import { scheduleSync } from '../locks/next-poll.ts'
import type { Slot } from '../../db/tables/locks.ts'
import { takeUses } from '../locks/lock-log.ts'
import type { World } from '../kernel/world.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { insertAccessCode, nextOrdinal } from './rows.ts'
import { forgetAccessCode, bringForward, settleByReading } from './carry-out.ts'
import { is } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const ofDevice = is(access_codes.device_id)

/** A fault of the lock's memory: a slot is empty, which Seam finds out at the next poll. */
export const loseSlot = (world: World, access_code_id: string): void => {
  const code = world.access_codes.get(access_code_id)
  const slot = code === undefined ? undefined : slotOfCode(world, code)
  const view = slot === undefined ? null : lockView(world, slot.device_id)
  if (slot === undefined || view === null) return
  eraseSlot(world, slot.device_id, slot.slot)
  chronicle(world, { kind: 'slot_lost', device_id: slot.device_id, access_code_id })
  scheduleSync(world, view)
}

type Programmed = AccessCode & { programmed: LockForm }

const isProgrammed = (code: AccessCode): code is Programmed => code.programmed !== null

/** Reads the lock's memory, if it can be reached; a lock that cannot is read on its return. */
export const syncDevice = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null || !view.link.online) return
  const slots = new Map<string, Slot>()
  for (const slot of slotsOf(world, device_id)) {
    const found = isAdoptable(view, slot) ? adoptSlot(world, view, slot).access_code_id : null
    const access_code_id = slot.access_code_id ?? found
    if (access_code_id !== null) slots.set(access_code_id, slot)
  }
  noteFill(world, device_id, view.profile.memory_slots)
  for (const code of world.access_codes.all(ofDevice(device_id))) {
    const slot = slots.get(code.access_code_id)
    if (code.is_managed && settleByReading(world, code, view, slot)) continue
    if (!isProgrammed(code)) continue
    if (code.is_managed) compareManaged(world, view, code, slot)
    else compareUnmanaged(world, code, slot)
  }
}

const formOfSlot = (slot: Slot, native: boolean): LockForm => ({
  code: slot.code,
  name: slot.name,
  starts_at: slot.starts_at,
  ends_at: slot.ends_at,
  is_native: native,
  one_time: slot.one_time,
})

/** A code that Seam did not write is listed as unmanaged from now on. */
export const adoptSlot = (world: World, view: LockView, slot: Slot, tell = true): AccessCode => {
  const { device_id } = slot
  const row = insertAccessCode(world, view, {
    ordinal: nextOrdinal(world, device_id),
    is_managed: false,
    code: slot.code,
    name: slot.name,
    starts_at: slot.starts_at,
    ends_at: slot.ends_at,
    programmed: formOfSlot(slot, slot.ends_at !== null),
  })
  linkSlot(world, slot, row.access_code_id)
  if (tell)
    recordEvent(world, 'access_code.unmanaged.created', {
      device_id,
      access_code_id: row.access_code_id,
    })
  return row
}

/** Brands that hide such codes hide them for good. */
const isAdoptable = (view: LockView, slot: Slot): boolean =>
  slot.access_code_id === null && view.profile.unmanaged_codes.visible && view.device.is_managed

/** Codes that were on the lock before the world began: known, and nothing to tell of. */
export const adoptFoundCodes = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null) return
  for (const slot of slotsOf(world, device_id)) {
    if (isAdoptable(view, slot)) adoptSlot(world, view, slot, false)
  }
}

const compareUnmanaged = (world: World, code: AccessCode, slot: Slot | undefined): void => {
  if (slot !== undefined) {
    const { name, starts_at, ends_at } = slot
    if (
      slot.code === code.code &&
      name === code.name &&
      starts_at === code.starts_at &&
      ends_at === code.ends_at
    )
      return
    world.access_codes.update(code.access_code_id, {
      code: slot.code,
      name,
      starts_at,
      ends_at,
      in_effect: { code: slot.code, name, starts_at, ends_at },
      programmed: formOfSlot(slot, ends_at !== null),
    })
    return
  }
  forgetAccessCode(world, code)
}

/** What the lock knows of a window that it does not keep. */
const noWindow = { starts_at: null, ends_at: null }

/** What a person changed in a slot, field by field; names as the lock cuts them. */
const modifiedFields = (
  view: LockView,
  programmed: LockForm,
  slot: Slot,
): ExternalChange['modified_fields'] => {
  const fields: ExternalChange['modified_fields'] = []
  const compare = (field: string, from: string | null, to: string | null): void => {
    if (from !== to) fields.push({ field, from, to })
  }
  const window = programmed.is_native ? programmed : noWindow
  compare('code', programmed.code, slot.code)
  compare('name', nameOnLock(programmed.name, view.profile), slot.name)
  compare('starts_at', toIsoOrNull(window.starts_at), toIsoOrNull(slot.starts_at))
  compare('ends_at', toIsoOrNull(window.ends_at), toIsoOrNull(slot.ends_at))
  compare('one_time', String(programmed.one_time), String(slot.one_time))
  return fields
}

type ModifiedFields = ExternalChange['modified_fields']

const includes = (fields: ModifiedFields, name: string): boolean =>
  fields.some(({ field }) => field === name)

/** What the lock was found to hold in place of what was programmed. */
const formFound = (programmed: LockForm, slot: Slot, fields: ModifiedFields): LockForm => {
  const hasOtherWindow = includes(fields, 'starts_at') || includes(fields, 'ends_at')
  return {
    ...programmed,
    code: slot.code,
    name: includes(fields, 'name') ? slot.name : programmed.name,
    one_time: slot.one_time,
    ...(hasOtherWindow && {
      starts_at: slot.starts_at,
      ends_at: slot.ends_at,
      is_native: slot.starts_at !== null || slot.ends_at !== null,
    }),
  }
}

/** The changes at the lock as changes of what is declared. */
const adoptedFrom = (
  code: AccessCode,
  found: LockForm,
  fields: ModifiedFields,
): Partial<DeclaredForm> => {
  const hasOtherWindow = includes(fields, 'starts_at') || includes(fields, 'ends_at')
  return {
    ...(includes(fields, 'code') && { code: found.code }),
    ...(includes(fields, 'name') && { name: found.name }),
    ...(hasOtherWindow && {
      // A code that ends has a start, as far as the API is concerned.
      starts_at:
        found.ends_at === null
          ? found.starts_at
          : (found.starts_at ?? code.starts_at ?? code.created_at),
      ends_at: found.ends_at,
    }),
  }
}

const compareManaged = (
  world: World,
  view: LockView,
  code: Programmed,
  slot: Slot | undefined,
): void => {
  // A command under way, or one to come, will overwrite whatever is there; its own answer tells.
  if (code.effort?.in_flight || code.is_unconfirmed) return
  const { access_code_id, device_id, programmed } = code
  if (slot === undefined) {
    recordEvent(world, 'access_code.deleted_external_to_seam', { device_id, access_code_id })
    world.access_codes.update(access_code_id, {
      programmed: null,
      presence: null,
      external_change: { change_type: 'removed', modified_fields: [], at: world.now },
    })
    bringForward(world, access_code_id)
    return
  }
  const modified_fields = modifiedFields(view, programmed, slot)
  if (modified_fields.length === 0) return
  recordEvent(world, 'access_code.modified_external_to_seam', { device_id, access_code_id })
  const external_change: ExternalChange = {
    change_type: 'modified',
    modified_fields,
    at: world.now,
  }
  const found = formFound(programmed, slot, modified_fields)
  // Allowed: the lock's version becomes the declared one. Not allowed: the reconciler sees the difference.
  const adopted = code.is_external_modification_allowed
    ? adoptedFrom(code, found, modified_fields)
    : {}
  world.access_codes.update(access_code_id, {
    ...adopted,
    programmed: found,
    in_effect: { ...code.in_effect, ...adopted },
    external_change,
  })
  bringForward(world, access_code_id)
}

/**
 * The lock tells which of its one-time codes are used up; call it while the lock can be reached.
 * That a slot is empty proves nothing: a code may have been lost, and is then put back.
 */
export const noteUses = (world: World, device_id: string): void => {
  for (const access_code_id of takeUses(world, device_id)) {
    const code = world.access_codes.get(access_code_id)
    if (code === undefined || code.used_at !== null) continue
    if (code.is_managed)
      recordEvent(world, 'access_code.removed_from_device', { device_id, access_code_id })
    world.access_codes.update(access_code_id, {
      used_at: world.now,
      programmed: null,
      is_unconfirmed: false,
      presence: null,
      effort: null,
    })
    bringForward(world, access_code_id)
  }
}
