/** Why a room is as warm as it is, and what its thermostat waits for: for people. */
import type { ClimateSetting } from '../../db/tables/thermostats.ts'
import { is } from '../../db/conditions.ts'
import { action_attempts } from '../../db/tables/action-attempts.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { linkWords } from '../devices/link-words.ts'
import { explainedFault } from '../faults/explained.ts'
import { allFaults } from '../faults/registry.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { factsOf } from './carry-out.ts'
import { isSameSetting } from './change.ts'
import { inForce } from './control.ts'
import { roomAt } from './room-course.ts'
import {
  goalSentence,
  limitSentences,
  programSentences,
  scheduleSentences,
  stateWords,
  waitWords,
} from './explain-words.ts'
import { troublesOf } from './link.ts'
import { reconcile, rulingSchedule } from './reconcile.ts'
import { dailyProgramsOf, schedulesOf } from './rows.ts'
import { requireThermostat } from './view.ts'
import type { ThermostatView } from './view.ts'

const ofDevice = is(action_attempts.device_id)

const wordsOf = (setting: ClimateSetting): string => {
  const { heating, cooling } = inForce(setting)
  return [
    setting.hvac_mode_setting,
    ...(heating === null ? [] : [`heating to ${heating.celsius.toFixed(1)} °C`]),
    ...(cooling === null ? [] : [`cooling to ${cooling.celsius.toFixed(1)} °C`]),
    ...(setting.climate_preset_key === null ? [] : [`preset ${setting.climate_preset_key}`]),
  ].join(', ')
}

const waitOf = (world: World, view: ThermostatView, last: ActionAttempt | undefined) => {
  const next = reconcile(factsOf(world, view), world.now)
  if (next.step !== 'wait') return { reason: 'answer' as const, until: toIso(world.now) }
  if (next.reason !== 'nothing') return { reason: next.reason, until: toIsoOrNull(next.until) }
  return last?.status === 'pending' ? { reason: 'answer' as const, until: null } : null
}

const faultsOf = (world: World, view: ThermostatView, attempt: ActionAttempt | undefined) => {
  const last = attempt?.action ?? {}
  const ids = new Set<unknown>([view.thermostat.effort?.fault_id, last['fault_id']])
  return allFaults(world)
    .filter(({ fault_id }) => ids.has(fault_id))
    .map(explainedFault)
}

const roomSentence = ({ device, thermostat }: ThermostatView, now: number): string => {
  const { room, setting } = thermostat
  const { temperature, state } = roomAt(room, setting, now)
  return `It is ${temperature.toFixed(1)} °C at ${device.name} and ${room.outdoor} °C outside; the thermostat ${stateWords[state]}.`
}

const commandWords: Readonly<
  Record<ActionAttempt['status'], ((it: ActionAttempt) => string) | null>
> = {
  pending: ({ action_type }) => `A command (${action_type}) is on its way to the thermostat.`,
  error: ({ action_type, error }) =>
    `The last command (${action_type}) failed: ${error?.message ?? ''}`,
  success: null,
}

/** How the last command of the API went. */
const commandSentences = (last: ActionAttempt | undefined): string[] => {
  const says = last === undefined ? null : commandWords[last.status]
  return last === undefined || says === null ? [] : [says(last)]
}

const knowledge = ({ thermostat, link }: ThermostatView): string[] => {
  const { setting, known_setting } = thermostat
  return [
    `The thermostat holds: ${wordsOf(setting)}.`,
    ...(isSameSetting(setting, known_setting)
      ? []
      : [`The API knows another setting: ${wordsOf(known_setting)}.`]),
    ...(link.cause === null ? [] : [`Nobody can reach the thermostat: ${linkWords[link.cause]}.`]),
  ]
}

/** @throws device_not_found */
export const explainThermostat = (world: World, device_id: string) => {
  const view = requireThermostat(world, device_id)
  const { thermostat } = view
  const { temperature, state } = roomAt(thermostat.room, thermostat.setting, world.now)
  const last = world.action_attempts.all(ofDevice(device_id)).at(-1)
  const waits_for = waitOf(world, view, last)
  const faults = faultsOf(world, view, last)
  const { goal, effort } = thermostat
  const schedules = schedulesOf(world, device_id)
  const ruling = rulingSchedule(schedules, world.now)
  const error = effort?.error?.message
  return {
    device_id,
    summary: [
      roomSentence(view, world.now),
      ...knowledge(view),
      ...(goal === null ? [] : [goalSentence(goal, error)]),
      ...scheduleSentences(schedules, world.now),
      ...programSentences(view, dailyProgramsOf(world, device_id).length, world.now),
      ...limitSentences(view),
      ...troublesOf(world, view).map(({ message }) => message),
      ...commandSentences(last),
      ...(waits_for === null
        ? []
        : [
            `It waits: ${waitWords[waits_for.reason]}${waits_for.until === null ? '' : ` at ${waits_for.until}`}.`,
          ]),
      ...faults.map(
        ({ name, on, effect }) => `The fault ${name ?? on} (${effect.kind}) has a hand in it.`,
      ),
    ],
    temperature_celsius: temperature,
    state,
    held: wordsOf(thermostat.setting),
    known: wordsOf(thermostat.known_setting),
    goal: goal && {
      kind: goal.kind,
      climate_preset_key: goal.climate_preset_key,
      is_reached: goal.is_reached,
      overridden_at: toIsoOrNull(goal.overridden_at),
    },
    active_thermostat_schedule_id: ruling?.thermostat_schedule_id ?? null,
    waits_for,
    faults,
  }
}
