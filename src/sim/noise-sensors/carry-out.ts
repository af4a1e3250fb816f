/** Brings what a noise sensor holds to what is wanted, step by step. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { EffectOf } from '../../contract/fault-effects.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import type { NoiseThreshold, ThresholdEffort } from '../../db/tables/noise-sensors.ts'
import { settleActionAttempt } from '../action-attempts/attempts.ts'
import type { Settlement } from '../action-attempts/attempts.ts'
import { consultFaults } from '../faults/registry.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import { retryAt } from '../kernel/retries.ts'
import { comeToRest } from '../kernel/come-to-rest.ts'
import type { World } from '../kernel/world.ts'
import { eraseThreshold, slotOf, writeThreshold } from './memory.ts'
import { reconcile } from './reconcile.ts'
import { allThresholdsOf } from './rows.ts'
import { requireSensor, sensorView } from './view.ts'
import type { SensorView } from './view.ts'

const JOB = 'noise_threshold.settle'

const LOSE = 'noise_threshold.lose'

/** These attempts and those that were asked for before each, the oldest first. */
const withEarlier = (world: World, ids: readonly string[]): ActionAttempt[] => {
  const found = new Map<string, ActionAttempt>()
  for (const last of ids) {
    let id: unknown = last
    while (typeof id === 'string' && !found.has(id)) {
      const attempt = world.action_attempts.get(id)
      if (attempt === undefined) break
      found.set(id, attempt)
      id = attempt.action?.['asked_before']
    }
  }
  return [...found.values()].reverse()
}

const settle = (world: World, ids: readonly string[], settlement: Settlement): void => {
  for (const attempt of withEarlier(world, ids)) settleActionAttempt(world, attempt, settlement)
}

const effectOf = (fault: unknown): EffectOf<'keeping'> | null =>
  fault === null ? null : effectsOf.keeping().parse(fault)

const send = (
  world: World,
  threshold: NoiseThreshold,
  view: SensorView,
  kind: ThresholdEffort['kind'],
): void => {
  const { noise_threshold_id, effort, asked } = threshold
  const { device } = view
  const attempts = (effort?.attempts ?? 0) + 1
  const hit = consultFaults(world, `noise_threshold.${kind}`, {
    device_id: device.device_id,
    device_type: device.device_type,
    model: device.model,
    connected_account_id: device.connected_account_id,
    noise_threshold_id,
    name: threshold.name,
    attempt: attempts,
  })
  const effect = effectOf(hit?.effect ?? null)
  const luck = `latency ${noise_threshold_id}`
  const fraction = world.random.stream(luck).fraction(world.random.next(luck))
  const late = effect?.kind === 'delay' ? effect.by : 0
  world.noise_thresholds.update(noise_threshold_id, {
    asked: [],
    is_programmed: false,
    effort: {
      attempt_ids: asked,
      kind,
      since: effort?.since ?? world.now,
      attempts,
      answer_at: world.now + triangular(fraction, view.profile.latency) + late,
      retry_at: null,
      error: effort?.error ?? null,
      fault: effect,
      fault_id: hit?.fault_id ?? null,
    },
  })
}

/** How a command ended: null leaves it without an answer. */
type Outcome = { error: { type: string; message: string } | null } | null

const failed = (type: string, message: string): Outcome => ({ error: { type, message } })

/** The sensor does what it was sent. */
const apply = (world: World, threshold: NoiseThreshold, kind: ThresholdEffort['kind']): Outcome => {
  const { device_id, noise_threshold_id } = threshold
  if (kind === 'remove') {
    eraseThreshold(world, device_id, noise_threshold_id)
    return { error: null }
  }
  return writeThreshold(world, device_id, slotOf(threshold))
    ? { error: null }
    : failed('uncategorized_error', 'The memory of the sensor is full.')
}

const outcomeOf = (
  world: World,
  threshold: NoiseThreshold,
  view: SensorView,
  effort: ThresholdEffort,
): Outcome => {
  const effect = effectOf(effort.fault)
  if (effect?.kind === 'provider_unavailable') {
    const message = effect.message ?? "The provider's service is unavailable."
    return failed('uncategorized_error', message)
  }
  if (!view.link.online) {
    return failed('device_offline', 'The sensor could not be reached: it is offline.')
  }
  if (effect?.kind === 'fail') {
    const message = effect.message ?? 'The sensor refused the command.'
    return failed(effect.error_code ?? 'uncategorized_error', message)
  }
  const outcome = apply(world, threshold, effort.kind)
  if (effect?.kind === 'never_confirm') return null
  if (effect?.kind === 'lose_later') {
    scheduleJob(world, LOSE, threshold.noise_threshold_id, world.now + effect.after)
  }
  return outcome
}

/** Others may fit once one is off the sensor. */
const wakeOthers = (world: World, { device_id, noise_threshold_id }: NoiseThreshold): void => {
  for (const other of allThresholdsOf(world, device_id)) {
    if (other.noise_threshold_id !== noise_threshold_id && other.effort?.error) {
      wake(world, other)
    }
  }
}

const answer = (
  world: World,
  threshold: NoiseThreshold,
  view: SensorView,
  effort: ThresholdEffort,
): void => {
  const { noise_threshold_id } = threshold
  const outcome = outcomeOf(world, threshold, view, effort)
  if (outcome !== null && outcome.error === null) {
    // What a removal leaves is forgotten by the next step.
    world.noise_thresholds.update(noise_threshold_id, {
      effort: null,
      is_programmed: effort.kind !== 'remove',
    })
    settle(world, effort.attempt_ids, { status: 'success', result: {} })
    if (effort.kind === 'remove') wakeOthers(world, threshold)
    return
  }
  world.noise_thresholds.update(noise_threshold_id, {
    effort: {
      ...effort,
      // What nobody answers stays open.
      attempt_ids: [],
      answer_at: null,
      error: outcome === null ? effort.error : outcome.error,
      retry_at: view.link.online ? retryAt(world.settings, effort.attempts, world.now) : null,
    },
  })
  if (outcome?.error) settle(world, effort.attempt_ids, { status: 'error', error: outcome.error })
}

/** One step; whether there may be another one at this instant. */
const step = (world: World, noise_threshold_id: string): boolean => {
  const threshold = world.noise_thresholds.get(noise_threshold_id)
  const view = threshold === undefined ? null : sensorView(world, threshold.device_id)
  if (threshold === undefined || view === null) return false
  const held = view.sensor.slots.find((it) => it.noise_threshold_id === noise_threshold_id) ?? null
  const { online } = view.link
  const is_asked = threshold.asked.length > 0
  const next = reconcile(threshold, held, { online, is_asked }, world.now)
  switch (next.step) {
    case 'send':
      send(world, threshold, view, next.kind)
      return true
    case 'answer':
      if (threshold.effort !== null) answer(world, threshold, view, threshold.effort)
      return true
    case 'confirm':
      world.noise_thresholds.update(noise_threshold_id, { is_programmed: true, effort: null })
      return true
    case 'forget':
      world.noise_thresholds.delete(noise_threshold_id)
      cancelJob(world, JOB, noise_threshold_id)
      return false
    case 'wait':
      scheduleJob(world, JOB, noise_threshold_id, next.until)
      return false
    default:
      return next satisfies never
  }
}

/** Carries out whatever is next for a threshold, until it has to wait. */
export const bringThresholdForward = (world: World, noise_threshold_id: string): void =>
  comeToRest(world, { is: 'noise threshold', id: noise_threshold_id }, () =>
    step(world, noise_threshold_id),
  )

/** What waited for another attempt is tried now. */
const wake = (world: World, { noise_threshold_id, effort }: NoiseThreshold): void => {
  if (effort !== null && effort.answer_at === null) {
    world.noise_thresholds.update(noise_threshold_id, { effort: { ...effort, retry_at: null } })
  }
  bringThresholdForward(world, noise_threshold_id)
}

/** The sensor can be reached again. */
export const wakeThresholds = (world: World, device_id: string): void => {
  if (sensorView(world, device_id) === null) return
  for (const threshold of allThresholdsOf(world, device_id)) wake(world, threshold)
}

/** The sensor forgets what it had confirmed. */
export const loseThreshold = (world: World, noise_threshold_id: string): void => {
  const threshold = world.noise_thresholds.get(noise_threshold_id)
  if (threshold === undefined || sensorView(world, threshold.device_id) === null) return
  const { device } = requireSensor(world, threshold.device_id)
  eraseThreshold(world, device.device_id, noise_threshold_id)
  bringThresholdForward(world, noise_threshold_id)
}

/** All that is kept of a sensor's thresholds, when the sensor goes. */
export const forgetThresholds = (world: World, device_id: string): void => {
  for (const { noise_threshold_id, asked, effort } of allThresholdsOf(world, device_id)) {
    const error = { type: 'device_not_found', message: 'The device is gone.' }
    settle(world, [...asked, ...(effort?.attempt_ids ?? [])], { status: 'error', error })
    cancelJob(world, JOB, noise_threshold_id)
    cancelJob(world, LOSE, noise_threshold_id)
    world.noise_thresholds.delete(noise_threshold_id)
  }
}
