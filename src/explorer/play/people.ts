/** Guests, who ask for their PIN and type it, and the host, who comes when alerted. */
import { enterCode } from '../../sim/locks/operations.ts'
import type { Booking, ToldPin } from '../integration.ts'
import { pinsInTheApi } from './pins-in-the-api.ts'
import { TOLD_AHEAD } from './playing.ts'
import type { Play } from './playing.ts'
import type { Holder, Stage } from './stage.ts'

/** Whether the guest asks for the PIN now: from a day ahead until departure. */
const isAsking = ({ cancelled, booking }: Holder, now: number): boolean =>
  !cancelled &&
  now >= Date.parse(booking.starts_at) - TOLD_AHEAD &&
  now < Date.parse(booking.ends_at)

const ask = async (play: Play, holder: Holder): Promise<ToldPin> => {
  const { pin_of } = play.integration
  if (pin_of !== undefined) return pin_of(holder.booking)
  return { pins: play.stage.look((world) => pinsInTheApi(world, holder.booking)), is_ready: null }
}

const isSame = (a: ToldPin, b: ToldPin): boolean =>
  a.is_ready === b.is_ready && JSON.stringify(a.pins) === JSON.stringify(b.pins)

/** The guest types the PIN at each door. */
const arrive = (stage: Stage, { device_ids }: Booking, { pins }: ToldPin): void =>
  stage.change((world) => {
    for (const device_id of device_ids) {
      const pin = pins[device_id] ?? null
      if (pin !== null) enterCode(world, device_id, pin)
    }
  })

/** Guests ask for their PIN; those who have just arrived type it. */
export const guestsAct = async (play: Play): Promise<void> => {
  const { stage } = play
  for (const holder of stage.holders) {
    const now = stage.now()
    if (!isAsking(holder, now)) continue
    const told = await ask(play, holder)
    const last = holder.told.at(-1)
    if (last === undefined || !isSame(last, told)) holder.told.push({ at: now, ...told })
    if (now === Date.parse(holder.booking.starts_at)) arrive(stage, holder.booking, told)
  }
}

/** The host goes to the doors of an alert and mends what hands can mend. */
export const visit = (stage: Stage, { device_id, booking_id }: Stage['alerts'][number]): void => {
  const holders = stage.holders.filter(({ stay }) => stay === booking_id)
  const device_ids = new Set([
    ...(device_id === undefined ? [] : [device_id]),
    ...holders.flatMap(({ booking }) => booking.device_ids),
  ])
  stage.reached.add('host_alerted')
  for (const damage of stage.damages.splice(0)) {
    if (damage.device_ids.some((id) => device_ids.has(id))) stage.change(damage.mend)
    else stage.damages.push(damage)
  }
}
