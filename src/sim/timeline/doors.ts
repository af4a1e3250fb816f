/** A door on the timeline: when nobody got in, and when the API was told that it is out of reach. */
import { is, oneOf } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import type { Interval } from '../kernel/intervals.ts'
import { intersect } from '../kernel/intervals.ts'
import type { World } from '../kernel/world.ts'
import type { LockPast } from './past.ts'

const ofDevice = is(events.device_id)
const ofAccount = is(events.connected_account_id)
const ofTypes = oneOf(events.event_type)
const links = ['device.connected', 'device.disconnected']
const accounts = ['connected_account.connected', 'connected_account.disconnected']

export interface DoorTimeline {
  device_id: string
  outages: (Interval & { cause: string; isOpen: boolean })[]
  link: (Interval & { online: boolean; isOpen: boolean })[]
}

const clockOf = ({ created_at, ahead }: { created_at: number; ahead: number | null }): number =>
  created_at - (ahead ?? 0)

/** The times after each of these events up to the next one, and the time before the first of them. */
const between = (
  told: readonly { at: number; event_type: string }[],
  begin: number,
  end: number,
): (Interval & { event_type: string | null })[] => {
  const marks = [{ at: begin, event_type: null }, ...told]
  return marks.map(({ at, event_type }, index) => ({
    from: at,
    to: marks[index + 1]?.at ?? end,
    event_type,
  }))
}

const eventsOf = (
  world: World,
  which: Parameters<World['events']['all']>[0],
): { at: number; event_type: string }[] =>
  world.events.all(which).map((row) => ({ at: clockOf(row), event_type: row.event_type }))

/** When a lock's account could not be asked. */
export const unknownTimes = (world: World, connected_account_id: string): Interval[] =>
  between(
    eventsOf(world, [ofAccount(connected_account_id), ofTypes(accounts)]),
    world.workspace.created_at,
    Number.POSITIVE_INFINITY,
  ).filter(({ event_type }) => event_type === 'connected_account.disconnected')

export const doorTimeline = (world: World, past: LockPast, frame: Interval): DoorTimeline => {
  const { device_id, now } = past
  const frames = [frame]
  const cut = <T extends Interval>(span: T) =>
    intersect([{ from: span.from, to: span.to }], frames).map((part) => ({
      ...span,
      ...part,
      isOpen: span.to >= now && part.to >= now,
    }))
  const told = eventsOf(world, [ofDevice(device_id), ofTypes(links)])
  const first = told[0]?.event_type
  return {
    device_id,
    outages: past.outages.flatMap(({ began_at, ended_at, cause }) =>
      cut({ from: began_at, to: Math.min(ended_at ?? now, now), cause: cause ?? '' }),
    ),
    link: between(told, world.workspace.created_at, now).flatMap(({ event_type, ...span }) =>
      cut({
        ...span,
        online:
          event_type === null ? first !== 'device.connected' : event_type === 'device.connected',
      }),
    ),
  }
}
