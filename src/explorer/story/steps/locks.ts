/** Locks that refuse, answer late or never, forget, are full, or are reset. */
import { z } from 'zod'
import { freeSlot, slotWithPin, slotsOf } from '../../../sim/locks/memory-bank.ts'
import {
  createSlotByHand,
  deleteSlotByHand,
  updateSlotByHand,
} from '../../../sim/locks/manufacturer-app.ts'
import { factoryReset } from '../../../sim/locks/factory-reset.ts'
import { lockView } from '../../../sim/locks/lock-view.ts'
import { HOUR } from '../story.ts'
import { byHand, cause } from './cause.ts'
import { lengthInWords, trouble } from './kind.ts'
import type { PlannedStay, Scene } from './kind.ts'

const onDoor = () => ({ device_id: z.string() })

const somewhere = ({ dice, moment }: Scene, stay: PlannedStay) => ({
  at: moment(stay),
  device_id: dice.pick(stay.device_ids),
})

/** Effects on commands strike those that come after, so they begin with the booking. */
const fromBooking = ({ dice }: Scene, stay: PlannedStay) => ({
  at: Math.max(0, stay.booked_at - 1),
  device_id: dice.pick(stay.device_ids),
})

/** PINs that no guest has: of seven digits where a lock takes them. */
const FIRST_FILLER = 700_001

export const lockTroubles = {
  lock_refuses: trouble('lock_refuses', {
    level: 2,
    weight: 10,
    params: () => ({ ...onDoor(), times: z.number().int().min(1) }),
    draw: (scene, stay) => [
      { ...fromBooking(scene, stay), times: scene.dice.pick([1, 3, 12, 200]) },
    ],
    act: (stage, { device_id, times }) =>
      void cause(stage, 'lock_refuses', {
        on: 'access_code.set',
        match: { device_id },
        times,
        effect: { kind: 'fail', error_code: 'failed_to_set_on_device' },
      }),
    sentence: ({ device_id, times }, { door }) =>
      times === 1
        ? `${door(device_id)} refuses the next code that it is sent.`
        : `${door(device_id)} refuses the next ${times} attempts to set a code.`,
  }),

  lock_confirms_late: trouble('lock_confirms_late', {
    level: 2,
    weight: 10,
    params: () => ({ ...onDoor(), minutes: z.number().min(1), times: z.number().int().min(1) }),
    draw: (scene, stay) => [
      {
        ...fromBooking(scene, stay),
        minutes: scene.dice.pick([2, 15, 50, 5 * HOUR]),
        times: scene.dice.pick([1, 2]),
      },
    ],
    act: (stage, { device_id, minutes, times }) =>
      void cause(stage, 'lock_confirms_late', {
        on: 'access_code.set',
        match: { device_id },
        times,
        effect: { kind: 'delay', by: `${minutes}m` },
      }),
    sentence: ({ device_id, minutes }, { door }) =>
      `${door(device_id)} takes ${lengthInWords(minutes)} to set a code.`,
  }),

  lock_never_confirms: trouble('lock_never_confirms', {
    level: 2,
    weight: 5,
    params: () => ({ ...onDoor(), times: z.number().int().min(1) }),
    draw: (scene, stay) => [{ ...fromBooking(scene, stay), times: scene.dice.pick([1, 2]) }],
    act: (stage, { device_id, times }) =>
      void cause(stage, 'lock_never_confirms', {
        on: 'access_code.set',
        match: { device_id },
        times,
        effect: { kind: 'never_confirm' },
      }),
    sentence: ({ device_id }, { door }) =>
      `${door(device_id)} never answers the next command to set a code.`,
  }),

  lock_forgets: trouble('lock_forgets', {
    level: 2,
    weight: 6,
    params: () => ({ ...onDoor(), minutes: z.number().min(1) }),
    draw: (scene, stay) => [
      { ...fromBooking(scene, stay), minutes: scene.dice.pick([10, 3 * HOUR, 30 * HOUR]) },
    ],
    act: (stage, { device_id, minutes }) =>
      void cause(stage, 'lock_forgets', {
        on: 'access_code.set',
        match: { device_id },
        times: 1,
        effect: { kind: 'lose_later', after: `${minutes}m` },
      }),
    sentence: ({ device_id, minutes }, { door }) =>
      `${door(device_id)} confirms the next code, and forgets it after ${lengthInWords(minutes)}.`,
  }),

  removal_refused: trouble('removal_refused', {
    level: 2,
    weight: 4,
    params: () => ({ ...onDoor(), times: z.number().int().min(1) }),
    draw: (scene, stay) => [{ ...fromBooking(scene, stay), times: scene.dice.pick([1, 3]) }],
    act: (stage, { device_id, times }) =>
      void cause(stage, 'removal_refused', {
        on: 'access_code.remove',
        match: { device_id },
        times,
        effect: { kind: 'fail', error_code: 'failed_to_remove_from_device' },
      }),
    sentence: ({ device_id, times }, { door }) =>
      `${door(device_id)} refuses to remove a code, ${times === 1 ? 'once' : `${times} times`}.`,
  }),

  memory_full: trouble('memory_full', {
    level: 2,
    weight: 4,
    params: onDoor,
    draw: (scene, stay) => [fromBooking(scene, stay)],
    act: (stage, { device_id }) =>
      byHand(stage, 'memory_full', (world) => {
        const view = lockView(world, device_id)
        if (view === null) return false
        const { memory_slots } = view.profile
        for (let n = 0; freeSlot(world, device_id, memory_slots) !== null; n++) {
          const code = String(FIRST_FILLER + n)
          if (slotWithPin(world, device_id, code) !== undefined) continue
          createSlotByHand(world, { device_id, code, name: 'Cleaner' })
        }
        return true
      }),
    sentence: ({ device_id }, { door }) =>
      `Somebody fills the memory of ${door(device_id)} with codes of their own.`,
  }),

  code_deleted_at_lock: trouble('code_deleted_at_lock', {
    level: 2,
    weight: 8,
    params: onDoor,
    draw: (scene, stay) => [somewhere(scene, stay)],
    act: (stage, { device_id }) =>
      byHand(stage, 'code_deleted_at_lock', (world) => {
        const [slot] = slotsOf(world, device_id).filter((it) => it.access_code_id !== null)
        if (slot === undefined) return false
        deleteSlotByHand(world, { device_id, slot: slot.slot })
        return true
      }),
    sentence: ({ device_id }, { door }) =>
      `Somebody deletes a guest's code at ${door(device_id)} with the manufacturer's app.`,
  }),

  update_refused: trouble('update_refused', {
    level: 2,
    weight: 4,
    params: () => ({ ...onDoor(), times: z.number().int().min(1) }),
    draw: (scene, stay) => [{ ...fromBooking(scene, stay), times: scene.dice.pick([1, 3, 200]) }],
    act: (stage, { device_id, times }) =>
      void cause(stage, 'update_refused', {
        on: 'access_code.update',
        match: { device_id },
        times,
        effect: { kind: 'fail', error_code: 'failed_to_set_on_device' },
      }),
    sentence: ({ device_id, times }, { door }) =>
      `${door(device_id)} refuses to change a code, ${times === 1 ? 'once' : `${times} times`}.`,
  }),

  update_never_confirmed: trouble('update_never_confirmed', {
    level: 2,
    weight: 3,
    params: () => ({ ...onDoor(), times: z.number().int().min(1) }),
    draw: (scene, stay) => [{ ...fromBooking(scene, stay), times: 1 }],
    act: (stage, { device_id, times }) =>
      void cause(stage, 'update_never_confirmed', {
        on: 'access_code.update',
        match: { device_id },
        times,
        effect: { kind: 'never_confirm' },
      }),
    sentence: ({ device_id }, { door }) =>
      `${door(device_id)} changes the next code as it is told, and never says so.`,
  }),

  code_changed_at_lock: trouble('code_changed_at_lock', {
    level: 2,
    weight: 4,
    params: () => ({ ...onDoor(), pin: z.string() }),
    draw: (scene, stay) => [{ ...somewhere(scene, stay), pin: '271828' }],
    act: (stage, { device_id, pin }) =>
      byHand(stage, 'code_changed_at_lock', (world) => {
        const [slot] = slotsOf(world, device_id).filter((it) => it.access_code_id !== null)
        if (slot === undefined || slotWithPin(world, device_id, pin) !== undefined) return false
        updateSlotByHand(world, { device_id, slot: slot.slot }, { code: pin })
        return true
      }),
    sentence: ({ device_id, pin }, { door }) =>
      `Somebody changes a guest's PIN at ${door(device_id)} to ${pin} with the manufacturer's app.`,
  }),

  factory_reset: trouble('factory_reset', {
    level: 3,
    weight: 2,
    params: onDoor,
    draw: (scene, stay) => [somewhere(scene, stay)],
    act: (stage, { device_id }) => {
      stage.reached.add('factory_reset')
      stage.change((world) => factoryReset(world, device_id))
    },
    sentence: ({ device_id }, { door }) =>
      `Somebody resets ${door(device_id)} to factory settings.`,
  }),
}
