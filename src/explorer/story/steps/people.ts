/** People: guests who mistype, and others who already use a PIN. */
import { z } from 'zod'
import { createSlotByHand } from '../../../sim/locks/manufacturer-app.ts'
import { slotWithPin } from '../../../sim/locks/memory-bank.ts'
import { enterCode } from '../../../sim/locks/at-the-door.ts'
import { byHand } from './cause.ts'
import { trouble } from './kind.ts'

export const peopleTroubles = {
  guest_mistypes: trouble('guest_mistypes', {
    level: 2,
    weight: 18,
    params: () => ({ device_id: z.string(), times: z.number().int().min(1).max(20) }),
    draw: ({ dice }, stay) => [
      {
        at: stay.from + 1,
        device_id: dice.pick(stay.device_ids),
        times: dice.pick([1, 2, 6]),
      },
    ],
    act: (stage, { device_id, times }) => {
      stage.reached.add('guest_mistypes')
      stage.change((world) => {
        for (let n = 0; n < times; n++) enterCode(world, device_id, '990099')
      })
    },
    sentence: ({ device_id, times }, { door }) =>
      `The guest mistypes the PIN at ${door(device_id)}, ${times === 1 ? 'once' : `${times} times`}.`,
  }),

  pin_in_use: trouble('pin_in_use', {
    level: 2,
    weight: 5,
    params: () => ({ device_id: z.string(), pin: z.string() }),
    draw: ({ dice }, stay) => [
      {
        at: Math.max(0, stay.booked_at - 1),
        device_id: dice.pick(stay.device_ids),
        pin: phoneOf(stay.stay).slice(-4),
      },
    ],
    act: (stage, { device_id, pin }) =>
      byHand(stage, 'pin_in_use', (world) => {
        if (slotWithPin(world, device_id, pin) !== undefined) return false
        createSlotByHand(world, { device_id, code: pin, name: 'Owner' })
        return true
      }),
    sentence: ({ device_id, pin }, { door }) =>
      `The owner uses the PIN ${pin}, the end of the guest's phone number, at ${door(device_id)}.`,
  }),
}

/** A guest's phone number: apps like to make PINs of its last digits. */
export const phoneOf = (who: string): string => {
  let number = 17
  for (const character of who) number = (number * 31 + character.charCodeAt(0)) % 10_000
  return `+1 555 01${String(number % 100).padStart(2, '0')} ${String(1000 + (number % 8999))}`
}
