/** What can be told of thermostat schedules: two that overlap, one that was over before it began, one that nothing follows. */
import type { JournalEntry } from '../contract/requests.ts'
import { count, parameter } from './evidence.ts'
import type { Check, EvidentEvent, Evidence } from './evidence.ts'

const CREATE = '/thermostats/schedules/create'

interface Asked {
  call: JournalEntry
  device_id: string
  starts_at: number
  ends_at: number
  /** Its place among all calls. */
  index: number
}

const askedOf = (requests: readonly JournalEntry[]): Asked[] =>
  requests.flatMap((call, index) => {
    if (call.path !== CREATE || call.status !== 200) return []
    const instantOf = (name: string): number => Date.parse(parameter(call, name) ?? '')
    const device_id = parameter(call, 'device_id') ?? ''
    return [
      { call, device_id, starts_at: instantOf('starts_at'), ends_at: instantOf('ends_at'), index },
    ]
  })

/** Calls by which a schedule may have become another one, or have gone. */
const isChange = ({ path, status }: JournalEntry): boolean =>
  status === 200 &&
  (path === '/thermostats/schedules/update' || path === '/thermostats/schedules/delete')

/** Of two schedules at one time the one that starts later rules, without a word. */
const overlaps: Check = ({ requests }) => {
  const asked = askedOf(requests)
  const pairs = asked.flatMap((one) =>
    asked.filter(
      (other) =>
        other.index > one.index &&
        other.device_id === one.device_id &&
        other.starts_at < one.ends_at &&
        one.starts_at < other.ends_at &&
        // What was changed between the two, nobody can say from here.
        !requests.slice(one.index + 1, other.index).some(isChange),
    ),
  )
  const [first] = pairs
  if (first === undefined) return []
  return [
    {
      check: 'schedules-overlap',
      verdict: 'warning',
      text: `${count(pairs.length, 'schedule')} of a thermostat began while another one was to rule (${first.device_id}, ${parameter(first.call, 'starts_at')}).`,
      advice:
        'The one that starts last rules, and the other one again when it ends. End or delete a stay’s schedule (thermostats/schedules/update, /delete) before the next one is created.',
    },
  ]
}

/** A schedule that was over by the workspace's clock when it was asked for. */
const past: Check = ({ requests }) => {
  const over = requests.filter(
    (call) =>
      call.status === 400 &&
      (call.path === CREATE || call.path === '/thermostats/schedules/update') &&
      Date.parse(parameter(call, 'ends_at') ?? '') <= Date.parse(call.at),
  )
  const [first] = over
  if (first === undefined) return []
  return [
    {
      check: 'schedules-over',
      verdict: 'wrong',
      text: `A schedule was asked for until ${parameter(first, 'ends_at')}, ${count(over.length, 'time')}; in the workspace it was ${first.at} then, so it was refused.`,
      advice:
        'Each answer and webhook has the workspace’s time in the header seam-emulator-now; a stay that is over needs no schedule.',
    },
  ]
}

const isAbout =
  (device_id: string) =>
  (event: EvidentEvent): boolean =>
    event.device_id === device_id &&
    (event.event_type === 'thermostat.climate_preset_activated' ||
      event.event_type === 'thermostat.manually_adjusted')

/** The schedule that the thermostat was last set by; none where it was set otherwise since. */
const lastScheduleOf = (
  events: readonly EvidentEvent[],
  device_id: string,
): string | null | undefined => events.findLast(isAbout(device_id))?.thermostat_schedule_id

/** What the clock showed last, as far as anybody saw. */
const latest = ({ requests, events }: Evidence): number =>
  Math.max(
    ...requests.slice(-1).map(({ at }) => Date.parse(at)),
    ...events.slice(-1).map(({ created_at }) => Date.parse(created_at)),
  )

const followers = new Set([
  '/thermostats/set_fallback_climate_preset',
  '/thermostats/update_weekly_program',
])

/** Whether something was to follow, which may not have come about yet. */
const isFollowed = (requests: readonly JournalEntry[], device_id: string): boolean =>
  requests.some((call) => followers.has(call.path) && parameter(call, 'device_id') === device_id)

/** Where nothing follows a schedule, the guest's warmth goes on for nobody. */
const nothingAfter: Check = (evidence) => {
  const { requests, events } = evidence
  if (requests.some(isChange)) return []
  const asked = Map.groupBy(askedOf(requests), ({ device_id }) => device_id)
  const now = latest(evidence)
  const left = [...asked].flatMap(([device_id, schedules]) => {
    const isOver = schedules.every(({ ends_at }) => ends_at < now)
    if (isFollowed(requests, device_id)) return []
    return isOver && typeof lastScheduleOf(events, device_id) === 'string' ? [device_id] : []
  })
  if (left.length === 0) return []
  return [
    {
      check: 'nothing-after-schedule',
      verdict: 'warning',
      text: `Schedules of ${count(left.length, 'thermostat')} are over, and ${left.length === 1 ? 'it does' : 'they do'} the same as before (${left.slice(0, 3).join(', ')}).`,
      advice:
        'Nothing happens by itself where a schedule ends: set a fallback (thermostats/set_fallback_climate_preset), or a weekly program.',
    },
  ]
}

export const checksOfSchedules: readonly Check[] = [overlaps, past, nothingAfter]
