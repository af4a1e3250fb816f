/** What an app answers when it is asked for a guest's PIN. */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { AppProblem } from '../integration.ts'
import type { Booking, ToldPin } from '../integration.ts'

const pin = () => z.union([z.string(), z.number().transform(String), z.null()])

const answer = once(() =>
  z.union([
    pin().transform((it) => ({ pin: it })),
    z.looseObject({
      pin: pin().optional(),
      /** Where doors have PINs of their own: by device id. */
      pins: z.record(z.string(), pin()).optional(),
      is_ready: z.boolean().nullable().optional(),
    }),
  ]),
)

/** A PIN, null, or an object with `pin` or `pins`, and `is_ready` where the app says so. @throws AppProblem */
export const readToldPin = (booking: Booking, given: unknown, name: string): ToldPin => {
  const read = answer().safeParse(given ?? null)
  if (!read.success) {
    throw new AppProblem(
      `${name} answers pin_of with ${JSON.stringify(given)?.slice(0, 200)}: give a PIN as text, null, or {"pin", "is_ready"}.`,
    )
  }
  const { data } = read
  const pins = 'pins' in data ? data.pins : undefined
  const is_ready = 'is_ready' in data ? data.is_ready : undefined
  return {
    pins: Object.fromEntries(booking.device_ids.map((id) => [id, pins?.[id] ?? data.pin ?? null])),
    is_ready: is_ready ?? null,
  }
}
