/** Guests, who ask for their PIN and type it, and the host, who comes when alerted. */
import type { World } from '../../sim/kernel/world.ts'
import { enterCode } from '../../sim/locks/at-the-door.ts'
import type { Booking, ToldPin } from '../integration.ts'
import { HOUR, MINUTE } from '../story/story.ts'
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
  if (pin_of !== undefined) {
    play.stage.attention.stir()
    return pin_of(holder.booking)
  }
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

/** So long a door may have more codes than guests who need one, ms. */
const TIDYING = 13 * HOUR * MINUTE

/** Guests who need this door now or later. */
const guestsOf = ({ holders }: Stage, device_id: string, now: number): number =>
  holders.filter(({ plans }) =>
    plans.some((plan) => plan.device_id === device_id && plan.until > now && plan.to > now),
  ).length

/** Notes codes that nobody needs any more, and that nobody has taken away. */
export const lookForLeftCodes = ({ stage }: Play): void => {
  const now = stage.now()
  const doors = new Set(stage.holders.flatMap(({ plans }) => plans.map((it) => it.device_id)))
  for (const device_id of doors) {
    const codes = stage.look((world) => managedCodes(world).get(device_id) ?? 0)
    const extra = codes - guestsOf(stage, device_id, now)
    const since = stage.extraSince.get(device_id)
    if (extra <= 0) stage.extraSince.delete(device_id)
    else if (since === undefined) stage.extraSince.set(device_id, now)
    else if (now - since >= TIDYING) {
      stage.left.set(device_id, Math.max(extra, stage.left.get(device_id) ?? 0))
    }
  }
}

interface Counted {
  version: number
  generation: number
  byDoor: Map<string, number>
}

/** Asked at every instant of a story; most of them change no code. */
const counted = new WeakMap<World, Counted>()

/** How many managed codes each door has. */
const managedCodes = (world: World): Map<string, number> => {
  const { generation, access_codes } = world
  const known = counted.get(world)
  if (known?.generation === generation && known.version === access_codes.version) {
    return known.byDoor
  }
  const byDoor = new Map<string, number>()
  for (const { device_id, is_managed, is_backup, deletion_requested_at } of access_codes.all()) {
    if (!is_managed || is_backup || deletion_requested_at !== null) continue
    byDoor.set(device_id, (byDoor.get(device_id) ?? 0) + 1)
  }
  counted.set(world, { version: access_codes.version, generation, byDoor })
  return byDoor
}
