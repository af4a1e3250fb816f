/** What can be told of thermostats and noise sensors: what they report goes by unheard, what they are told is never looked at. */
import type { JournalEntry } from '../contract/requests.ts'
import { count, parameter } from './evidence.ts'
import type { Check, EvidentEvent, Evidence } from './evidence.ts'
import { heard } from './unheard.ts'

/** Somebody turned the dial, or the thermostat did something of its own. */
const isByHand = ({ event_type, method }: EvidentEvent): boolean =>
  event_type === 'thermostat.manually_adjusted' && method === 'external'

const commands = new Set([
  '/thermostats/activate_climate_preset',
  '/thermostats/cool',
  '/thermostats/daily_programs/update',
  '/thermostats/heat',
  '/thermostats/heat_cool',
  '/thermostats/off',
  '/thermostats/set_fan_mode',
  '/thermostats/set_hvac_mode',
  '/thermostats/update_weekly_program',
])

const looks = /^\/(action_attempts|devices|thermostats|events)\/(get|list)$/

/** A later call that shows what came of a command: of its device, or of all of them. */
const isLookAt = (command: JournalEntry, later: JournalEntry): boolean => {
  if (!looks.test(later.path) || later.status !== 200) return false
  const own = parameter(command, 'device_id')
  const seen = parameter(later, 'device_id')
  return own === undefined || seen === undefined || own === seen
}

const told = new Set<string>([
  'thermostat.climate_preset_activated',
  'thermostat.manually_adjusted',
])

/** A webhook that said what the thermostat does since then. */
const isTold = ({ events, deliveries }: Evidence, command: JournalEntry): boolean =>
  events.some(
    ({ event_type, device_id, event_id, created_at }) =>
      told.has(event_type) &&
      device_id === parameter(command, 'device_id') &&
      Date.parse(created_at) >= Date.parse(command.at) &&
      deliveries.some((it) => it.event_id === event_id && it.state === 'delivered'),
  )

/** A command is answered before the thermostat has taken it: who never looks never knows. */
const unansweredCommands: Check = (evidence) => {
  const check = 'thermostat-commands'
  const { requests } = evidence
  const sent = requests.flatMap((call, index) =>
    call.status === 200 && commands.has(call.path) ? [{ call, index }] : [],
  )
  if (sent.length === 0) return []
  const unseen = sent.filter(
    ({ call, index }) =>
      !requests.slice(index + 1).some((later) => isLookAt(call, later)) && !isTold(evidence, call),
  )
  return unseen.length === 0
    ? [{ check, verdict: 'good', text: 'Somebody looked what came of commands to thermostats.' }]
    : [
        {
          check,
          verdict: 'wrong',
          text: `${count(unseen.length, 'command')} to thermostats, and nobody looked what came of ${unseen.length === 1 ? 'it' : 'them'}.`,
          advice:
            'The answer is an action attempt that is still pending: read /action_attempts/get until it has succeeded or failed.',
        },
      ]
}

/** Refusals of set points, which have a check of their own. */
export const refusedSetPoints: ReadonlySet<string | null> = new Set([
  'heating_set_point_out_of_range',
  'cooling_set_point_out_of_range',
  'invalid_heating_cooling_delta',
])

/** Every model has its own limits: a preset that fits one thermostat is refused for another. */
const setPoints: Check = ({ requests }) => {
  const refused = requests.filter(({ error_type }) => refusedSetPoints.has(error_type))
  const [first] = refused
  if (first === undefined) return []
  return [
    {
      check: 'set-points',
      verdict: 'wrong',
      text: `${first.path} asked for set points that its thermostat does not take (${first.error_type}), ${count(refused.length, 'time')}: nothing changed.`,
      advice:
        'Read min_heating_set_point_celsius, max_cooling_set_point_celsius and min_heating_cooling_delta_celsius of the device first, and stay between them.',
    },
  ]
}

const thresholds = /^\/noise_sensors\/noise_thresholds\/(create|update)$/

const speaksOfHours = (call: JournalEntry): boolean => {
  if (call.path === '/thermostats/update_weekly_program') return true
  const times = [parameter(call, 'starts_daily_at'), parameter(call, 'ends_daily_at')]
  const given = times.filter((time) => time !== undefined)
  return thresholds.test(call.path) && given.length > 0 && given.every((it) => !it.includes('['))
}

/** Hours of the day at a place whose time zone nobody has told: quiet hours in the middle of the day. */
const hoursOfWhere: Check = ({ requests, devices_without_zone }) => {
  const lost = new Set(
    requests.flatMap((call) => {
      const device_id = parameter(call, 'device_id') ?? ''
      const isLost = call.status === 200 && speaksOfHours(call)
      return isLost && devices_without_zone.has(device_id) ? [device_id] : []
    }),
  )
  if (lost.size === 0) return []
  return [
    {
      check: 'time-zone',
      verdict: 'warning',
      text: `Hours of the day were set for ${count(lost.size, 'device')} without a time zone (${[...lost].slice(0, 3).join(', ')}): they rule in UTC.`,
      advice:
        'Give noise thresholds as 22:00:00[America/Los_Angeles]; for programs of thermostats the device needs its time zone (location.time_zone).',
    },
  ]
}

export const checksOfClimate: readonly Check[] = [
  heard(
    'noise-unheard',
    'noise_sensor.noise_threshold_triggered',
    'a noise sensor',
    'Register a webhook for noise_sensor.noise_threshold_triggered: neighbours call sooner than you poll.',
  ),
  heard(
    'temperature-unheard',
    'thermostat.temperature_threshold_exceeded',
    'a thermostat',
    'Register a webhook for thermostat.temperature_threshold_exceeded: pipes freeze without a sound.',
  ),
  heard(
    'override-unheard',
    isByHand,
    'a thermostat that somebody adjusted by hand',
    'Register a webhook for thermostat.manually_adjusted: the preset that you activated is not what the thermostat does any more (current_climate_setting says what).',
  ),
  unansweredCommands,
  setPoints,
  hoursOfWhere,
]
