/** A thermostat's link and what is wrong with it. */
import { is } from '../../db/conditions.ts'
import { thermostats } from '../../db/tables/thermostats.ts'
import type { Issue, Issues } from '../events/issues.ts'
import { accountIssues } from '../connected-accounts/issues.ts'
import { heardAt } from '../devices/heard.ts'
import { noteLink } from '../devices/link-changes.ts'
import { linkErrors, linkWarnings } from '../devices/issues.ts'
import { deviceEventIssues } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { inForce } from './control.ts'
import { stateSince } from './room-course.ts'
import { reportedSight, thermostatView } from './view.ts'
import type { ThermostatView } from './view.ts'

/** A heat pump calls for help when the room is so much colder than it should be, K. Assumed. */
const NEEDS_HELP = 1.7

const auxiliaryHeat = (world: World, view: ThermostatView): Issue[] => {
  if (!view.profile.has_auxiliary_heat || !view.link.online) return []
  const { heating } = inForce(view.thermostat.known_setting)
  const { reading, state } = reportedSight(world, view)
  if (heating === null || state !== 'heating') return []
  if (heating.celsius - reading / 10 <= NEEDS_HELP) return []
  return [
    {
      error_code: 'auxiliary_heat_running',
      message: 'The heat pump needs its auxiliary heat: the room is much colder than it should be.',
      created_at: stateSince(view.thermostat.room, view.thermostat.setting, heardAt(world, view)),
      is_device_error: true,
    },
  ]
}

const limitsExceeded = ({ thermostat }: ThermostatView): Issue[] =>
  thermostat.exceeded_since === null
    ? []
    : [
        {
          warning_code: 'temperature_threshold_exceeded',
          message: 'The room is colder or hotter than its temperature threshold allows.',
          created_at: thermostat.exceeded_since,
        },
      ]

/** A week runs by the clock on the wall, which nobody has told. */
const zoneUnknown = ({ device, thermostat }: ThermostatView): Issue[] => {
  const { weekly_program } = thermostat
  if (weekly_program === null || device.location?.time_zone !== undefined) return []
  const message = 'The time zone of the thermostat is unknown: its program runs in UTC.'
  return [{ warning_code: 'time_zone_unknown', message, created_at: weekly_program.created_at }]
}

/** What is wrong with it besides its link and its limits. */
export const troublesOf = (world: World, view: ThermostatView): Issue[] => [
  ...auxiliaryHeat(world, view),
  ...zoneUnknown(view),
  ...linkWarnings(view.device),
]

/** The thermostat's own issues, with those that any device can have. */
export const thermostatIssues = (world: World, view: ThermostatView): Issues => ({
  errors: [...linkErrors(view.device), ...auxiliaryHeat(world, view)],
  warnings: [...linkWarnings(view.device), ...limitsExceeded(view), ...zoneUnknown(view)],
})

const issuesOfMoment = (world: World, device_id: string) => {
  const view = thermostatView(world, device_id)
  const none: Issues = { errors: [], warnings: [] }
  return deviceEventIssues({
    connected_account: view === null ? none : accountIssues(view.account),
    device: view === null ? none : thermostatIssues(world, view),
  })
}

/** Compares a thermostat's link with what was last told of it, and tells the difference. */
export const refreshThermostatLink = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view === null) return
  noteLink(world, device_id, {
    cause: view.link.cause,
    issues: () => issuesOfMoment(world, device_id),
  })
}

const onBridge = is(thermostats.bridge_id)

/** The thermostats behind a hub. */
export const thermostatsBehind = (world: World, bridge_id: string): string[] =>
  world.thermostats.all(onBridge(bridge_id)).map(({ device_id }) => device_id)

/** Their hub went or came. */
export const refreshThermostatsBehindBridge = (world: World, bridge_id: string): void => {
  for (const device_id of thermostatsBehind(world, bridge_id)) {
    refreshThermostatLink(world, device_id)
  }
}
