/** Why a room is as warm as it is, and what its thermostat waits for: for people. */
import type { ClimateSetting } from '../../db/tables/thermostats.ts'
import { is } from '../../db/conditions.ts'
import { action_attempts } from '../../db/tables/action-attempts.ts'
import { allFaults } from '../faults/registry.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { factsOf } from './carry-out.ts'
import { isSameSetting } from './change.ts'
import { inForce } from './control.ts'
import { roomAt } from './course.ts'
import { reconcile, rulingSchedule } from './reconcile.ts'
import { schedulesOf } from './rows.ts'
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

const waits: Readonly<Record<string, string>> = {
  answer: 'the thermostat is about to answer',
  retry: 'it is tried again',
  link: 'the thermostat cannot be reached',
  override: 'somebody changed it, which is left alone for a while',
  schedule: 'the next schedule begins or ends',
}

const waitOf = (world: World, view: ThermostatView) => {
  const next = reconcile(factsOf(world, view), world.now)
  if (next.step !== 'wait') return { reason: 'answer' as const, until: toIso(world.now) }
  if (next.reason === 'nothing') return null
  return { reason: next.reason, until: toIsoOrNull(next.until) }
}

const faultsOf = (world: World, view: ThermostatView) => {
  const { device_id } = view.device
  const last = world.action_attempts.all(ofDevice(device_id)).at(-1)?.action ?? {}
  const ids = new Set<unknown>([view.thermostat.effort?.fault_id, last['fault_id']])
  return allFaults(world)
    .filter(({ fault_id }) => ids.has(fault_id))
    .map(({ fault_id, definition, hits }) => ({
      fault_id,
      on: definition.on,
      name: definition.name ?? null,
      effect: definition.effect,
      hits,
    }))
}

const roomSentence = ({ device, thermostat }: ThermostatView, now: number): string => {
  const { room, setting } = thermostat
  const { temperature, state } = roomAt(room, setting, now)
  const does = state === 'idle' ? 'neither heats nor cools' : `is ${state}`
  return `It is ${temperature.toFixed(1)} °C at ${device.name} and ${room.outdoor} °C outside; the thermostat ${does}.`
}

const knowledge = ({ thermostat, link }: ThermostatView): string[] => {
  const { setting, known_setting } = thermostat
  return [
    `The thermostat holds: ${wordsOf(setting)}.`,
    ...(isSameSetting(setting, known_setting)
      ? []
      : [`The API knows another setting: ${wordsOf(known_setting)}.`]),
    ...(link.online ? [] : [`Nobody can reach the thermostat: ${link.cause ?? ''}.`]),
  ]
}

/** @throws device_not_found */
export const explainThermostat = (world: World, device_id: string) => {
  const view = requireThermostat(world, device_id)
  const { thermostat } = view
  const { temperature, state } = roomAt(thermostat.room, thermostat.setting, world.now)
  const waits_for = waitOf(world, view)
  const faults = faultsOf(world, view)
  const { goal, effort } = thermostat
  const ruling = rulingSchedule(schedulesOf(world, device_id), world.now)
  const error = effort?.error?.message
  return {
    device_id,
    summary: [
      roomSentence(view, world.now),
      ...knowledge(view),
      ...(goal === null || goal.is_reached
        ? []
        : [
            `Seam wants the preset ${goal.climate_preset_key} of it${error === undefined ? '' : ` (${error})`}.`,
          ]),
      ...(waits_for === null
        ? []
        : [
            `It waits: ${waits[waits_for.reason] ?? ''}${waits_for.until === null ? '' : ` at ${waits_for.until}`}.`,
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
