/** Brings a thermostat to what Seam wants of it, step by step. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { EffectOf } from '../../contract/fault-effects.ts'
import type { Goal, ThermostatEffort } from '../../db/tables/thermostats.ts'
import { consultFaults } from '../faults/registry.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import { retryAt } from '../kernel/retries.ts'
import { comeToRest } from '../kernel/come-to-rest.ts'
import type { World } from '../kernel/world.ts'
import { holdSetting, seeSetting } from './change.ts'
import { beginSchedule, endSchedule, restoreGoal } from './goals.ts'
import { holdProgram, schedulePeriod } from './held-week.ts'
import { observe } from './temperature-events.ts'
import { settingOfPreset } from './presets.ts'
import { isOpen, reconcile } from './reconcile.ts'
import type { Facts } from './reconcile.ts'
import { schedulesOf } from './rows.ts'
import { thermostatView } from './view.ts'
import type { ThermostatView } from './view.ts'

const JOB = 'thermostat.settle'

/** What the reconciler looks at. */
export const factsOf = (world: World, { device, thermostat, link }: ThermostatView): Facts => ({
  goal: thermostat.goal,
  effort: thermostat.effort,
  schedules: schedulesOf(world, device.device_id),
  is_program_due: thermostat.is_program_due,
  is_online: link.online,
})

/** What a fault on a command to this thermostat can be matched with. */
export const subjectOf = ({ device }: ThermostatView) => ({
  device_id: device.device_id,
  device_type: device.device_type,
  model: device.model,
  connected_account_id: device.connected_account_id,
})

const effectOf = (fault: unknown): EffectOf<'command'> | null =>
  fault === null ? null : effectsOf.command().parse(fault)

const send = (
  world: World,
  view: ThermostatView,
  kind: ThermostatEffort['kind'],
  climate_preset_key: string | null,
): void => {
  const { device_id } = view.device
  const before = view.thermostat.effort
  const on = kind === 'preset' ? 'thermostat.command' : 'thermostat.program'
  const hit = consultFaults(world, on, subjectOf(view))
  const effect = effectOf(hit?.effect ?? null)
  const luck = `latency ${kind} ${device_id}`
  const fraction = world.random.stream(luck).fraction(world.random.next(luck))
  const { latency, program_latency } = view.profile
  const lasts = triangular(fraction, kind === 'preset' ? latency : program_latency)
  world.thermostats.update(device_id, {
    effort: {
      kind,
      climate_preset_key,
      since: before?.kind === kind ? before.since : world.now,
      attempts: (before?.kind === kind ? before.attempts : 0) + 1,
      answer_at: world.now + lasts + (effect?.kind === 'delay' ? effect.by : 0),
      retry_at: null,
      error: null,
      fault: effect,
      fault_id: hit?.fault_id ?? null,
    },
  })
}

const refusalOf = ({ link }: ThermostatView, { fault }: ThermostatEffort) => {
  const effect = effectOf(fault)
  if (effect?.kind === 'provider_unavailable') {
    const message = effect.message ?? "The provider's service is unavailable."
    return { type: 'provider_unavailable', message }
  }
  if (!link.online) {
    return {
      type: 'device_offline',
      message: 'The thermostat could not be reached: it is offline.',
    }
  }
  if (effect?.kind === 'fail') {
    const message = effect.message ?? 'The thermostat refused the command.'
    return { type: effect.error_code ?? 'uncategorized_error', message }
  }
  // The thermostat may have done it; Seam does not know, and tries again.
  if (effect?.kind === 'never_confirm') {
    return { type: 'uncategorized_error', message: 'The thermostat did not answer.' }
  }
  return null
}

/** The failure of a schedule is known to whoever reads it. */
const noteFailure = (world: World, goal: Goal | null, message: string): void => {
  const id = goal?.thermostat_schedule_id ?? null
  const schedule = id === null ? undefined : world.thermostat_schedules.get(id)
  if (schedule === undefined) return
  const since = schedule.failure?.since ?? world.now
  world.thermostat_schedules.update(schedule.thermostat_schedule_id, {
    failure: { since, message },
  })
}

const fail = (
  world: World,
  view: ThermostatView,
  effort: ThermostatEffort,
  error: { type: string; message: string },
): void => {
  const { device, link, thermostat } = view
  world.thermostats.update(device.device_id, {
    effort: {
      ...effort,
      answer_at: null,
      error,
      retry_at: link.online ? retryAt(world.settings, effort.attempts, world.now) : null,
    },
  })
  if (effort.kind === 'preset') noteFailure(world, thermostat.goal, error.message)
}

/** The thermostat takes the preset that its goal names. */
const reach = (world: World, view: ThermostatView, goal: Goal): void => {
  const { device_id } = view.device
  const preset = view.thermostat.climate_presets.find(
    (it) => it.climate_preset_key === goal.climate_preset_key,
  )
  const { thermostat_schedule_id: id } = goal
  const schedule = id === null ? undefined : world.thermostat_schedules.get(id)
  const reached = { ...goal, is_reached: true, overridden_at: null }
  world.thermostats.update(device_id, { effort: null, goal: reached })
  if (preset === undefined) return
  const held_until = schedule?.ends_at ?? null
  holdSetting(world, device_id, settingOfPreset(preset, view.thermostat.setting, held_until))
  schedulePeriod(world, device_id)
  if (schedule !== undefined) {
    world.thermostat_schedules.update(schedule.thermostat_schedule_id, { failure: null })
  }
  const is_fallback = goal.kind === 'fallback'
  seeSetting(
    world,
    device_id,
    goal.kind === 'edit'
      ? { by: 'edit' }
      : { by: 'preset', is_fallback, thermostat_schedule_id: id },
  )
  observe(world, device_id)
}

const answer = (world: World, view: ThermostatView, effort: ThermostatEffort): void => {
  const { device, thermostat } = view
  const refusal = refusalOf(view, effort)
  if (refusal !== null) {
    fail(world, view, effort, refusal)
    return
  }
  if (effort.kind === 'program') {
    world.thermostats.update(device.device_id, { effort: null })
    holdProgram(world, device.device_id)
    return
  }
  if (isOpen(thermostat.goal)) reach(world, view, thermostat.goal)
  // Nobody wants any more what was tried.
  else world.thermostats.update(device.device_id, { effort: null })
}

const reportFailure = (world: World, id: string): void => {
  world.thermostat_schedules.update(id, {
    failure: { since: world.now, message: 'The thermostat could not be reached: it is offline.' },
  })
}

/** One step; whether there may be another one at this instant. */
const step = (world: World, device_id: string): boolean => {
  const view = thermostatView(world, device_id)
  if (view === null || view.device.removed_at !== null) return false
  const next = reconcile(factsOf(world, view), world.now)
  switch (next.step) {
    case 'begin':
      beginSchedule(world, device_id, next.schedule)
      return true
    case 'end':
      endSchedule(world, device_id)
      return true
    case 'restore':
      restoreGoal(world, device_id)
      return true
    case 'send':
      send(world, view, 'preset', next.climate_preset_key)
      return true
    case 'push':
      send(world, view, 'program', null)
      return true
    case 'report_failure':
      reportFailure(world, next.thermostat_schedule_id)
      return true
    case 'answer':
      if (view.thermostat.effort !== null) answer(world, view, view.thermostat.effort)
      return true
    case 'wait':
      scheduleJob(world, JOB, device_id, next.until)
      return false
    default:
      return next satisfies never
  }
}

/** Carries out whatever is next for a thermostat, until it has to wait. */
export const bringThermostatForward = (world: World, device_id: string): void =>
  comeToRest(world, { is: 'thermostat', id: device_id }, () => step(world, device_id))
