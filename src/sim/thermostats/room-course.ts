/**
 * The course of a room's temperature between changes, in closed form: a few legs, of which the last
 * ones come again and again once the thermostat has found its cycle. A year of it costs a division.
 */
import type { ClimateSetting, Room, RoomState } from '../../db/tables/thermostats.ts'
import { bandsOf } from './control.ts'
import type { Bands } from './control.ts'
import { readingOf } from './temperature.ts'

/** A stretch in which the thermostat does one thing. */
interface Leg {
  state: RoomState
  /** The temperature at its beginning. */
  from: number
  /** Where the temperature would end up. */
  towards: number
  /** When it begins, ms after the course. */
  start: number
  /** How long it lasts, ms; Infinity for the last one. */
  lasts: number
}

interface Course {
  legs: readonly Leg[]
  /** The first of the legs that come again and again, and how long they take together, ms; null where there are none. */
  cycle: { first: Leg; period: number } | null
}

const driftOf = ({ outdoor, heating_gain, cooling_gain }: Room, state: RoomState): number => {
  if (state === 'heating') return outdoor + heating_gain
  return state === 'cooling' ? outdoor - cooling_gain : outdoor
}

/** The temperature at which the thermostat will do something else, and what. */
const turnOf = (state: RoomState, towards: number, { heat, cool }: Bands) => {
  if (state === 'heating') return { at: heat?.off ?? Infinity, next: 'idle' as const }
  if (state === 'cooling') return { at: cool?.off ?? -Infinity, next: 'idle' as const }
  if (heat !== null && towards < heat.on) return { at: heat.on, next: 'heating' as const }
  if (cool !== null && towards > cool.on) return { at: cool.on, next: 'cooling' as const }
  return { at: Infinity, next: 'idle' as const }
}

/** How long a room takes from one temperature to another, ms; Infinity where it never gets there. */
const timeTo = (from: number, at: number, towards: number, tau: number): number => {
  if (from === at) return 0
  const isBetween = from < towards ? at > from && at < towards : at < from && at > towards
  return isBetween ? tau * Math.log((from - towards) / (at - towards)) : Infinity
}

const courseOf = (room: Room, setting: ClimateSetting): Course => {
  const bands = bandsOf(setting)
  const legs: Leg[] = []
  let { state, temperature: from } = room
  let start = 0
  for (;;) {
    const again = legs.find((leg) => leg.state === state && leg.from === from)
    if (again !== undefined) return { legs, cycle: { first: again, period: start - again.start } }
    const towards = driftOf(room, state)
    const turn = turnOf(state, towards, bands)
    const lasts = timeTo(from, turn.at, towards, room.tau)
    legs.push({ state, from, towards, start, lasts })
    if (lasts === Infinity) return { legs, cycle: null }
    start += lasts
    from = turn.at
    state = turn.next
  }
}

const courses = new WeakMap<Room, { setting: ClimateSetting; course: Course }>()

const knownCourse = (room: Room, setting: ClimateSetting): Course => {
  const known = courses.get(room)
  if (known?.setting === setting) return known.course
  const course = courseOf(room, setting)
  courses.set(room, { setting, course })
  return course
}

const legAt = ({ legs, cycle }: Course, since: number): { leg: Leg; into: number } => {
  const at =
    cycle === null || since < cycle.first.start
      ? since
      : cycle.first.start + ((since - cycle.first.start) % cycle.period)
  const leg = legs.findLast(({ start }) => start <= at) ?? legs[0]
  if (leg === undefined) throw new Error('A course has a leg at least')
  return { leg, into: at - leg.start }
}

const within = ({ from, towards }: Leg, into: number, tau: number): number =>
  towards + (from - towards) * Math.exp(-into / tau)

/** The room at an instant: its temperature, degrees Celsius, and what the thermostat does. */
export const roomAt = (room: Room, setting: ClimateSetting, at: number) => {
  const { leg, into } = legAt(knownCourse(room, setting), Math.max(0, at - room.at))
  return { temperature: within(leg, into, room.tau), state: leg.state }
}

/** Since when the thermostat has been doing what it does at an instant. */
export const stateSince = (room: Room, setting: ClimateSetting, at: number): number => {
  const since = Math.max(0, at - room.at)
  const { leg, into } = legAt(knownCourse(room, setting), since)
  return leg.start === 0 ? (room.state_since ?? room.at) : Math.round(room.at + since - into)
}

/** Whether the thermostat has found its cycle by then. */
export const isCyclingAt = (room: Room, setting: ClimateSetting, at: number): boolean => {
  const { cycle } = knownCourse(room, setting)
  return cycle !== null && at - room.at >= cycle.first.start
}

const readingAt = (room: Room, setting: ClimateSetting, at: number): number =>
  readingOf(roomAt(room, setting, at).temperature)

/** The legs that lie ahead, with the instants at which they begin: no more than one whole cycle of them. */
const legsAhead = (room: Room, course: Course, now: number): { leg: Leg; begins: number }[] => {
  const { legs, cycle } = course
  const since = now - room.at
  const absolute = (leg: Leg, shift = 0) => ({ leg, begins: room.at + leg.start + shift })
  const ahead = legs.filter(({ start, lasts }) => start + lasts > since).map((leg) => absolute(leg))
  if (cycle === null) return ahead
  const again = legs.filter(({ start }) => start >= cycle.first.start)
  const turns = Math.max(0, Math.floor((since - cycle.first.start) / cycle.period))
  for (let turn = turns; turn <= turns + 2; turn++) {
    for (const leg of again) {
      const it = absolute(leg, turn * cycle.period)
      if (turn > 0 && it.begins + leg.lasts > now) ahead.push(it)
    }
  }
  return ahead
}

/** How far floating point may be from the truth, ms. */
const SLACK = 3

/**
 * The first whole millisecond after `now` at which the reading is wanted; null when it never is.
 *
 * @param edges the temperatures at which a reading begins or ends to be wanted
 */
export const nextReading = (
  { room, setting }: { room: Room; setting: ClimateSetting },
  now: number,
  edges: readonly number[],
  isWanted: (reading: number) => boolean,
): number | null => {
  const course = knownCourse(room, setting)
  const guesses = legsAhead(room, course, now)
    .flatMap(({ leg, begins }) =>
      edges.flatMap((edge) => {
        const after = timeTo(leg.from, edge, leg.towards, room.tau)
        return after <= leg.lasts && after !== Infinity ? [begins + after] : []
      }),
    )
    .filter((it) => it > now - SLACK)
    .toSorted((a, b) => a - b)
  for (const guess of guesses) {
    const around = Math.ceil(guess)
    for (let at = around - SLACK; at <= around + SLACK; at++) {
      if (at > now && isWanted(readingAt(room, setting, at))) return at
    }
  }
  return null
}

/** The room from now on, after something that its temperature depends on has changed. */
export const roomFrom = (
  { room, setting }: { room: Room; setting: ClimateSetting },
  now: number,
  change: Partial<Room> = {},
): Room => ({ ...room, ...roomAt(room, setting, now), at: now, ...change })
