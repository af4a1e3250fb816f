/** Why a noise sensor is silent or loud, and why a threshold is not on it: for people. */
import type { NoiseThreshold, ThresholdEffort } from '../../db/tables/noise-sensors.ts'
import { allFaults } from '../faults/registry.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { reconcile } from './reconcile.ts'
import { allThresholdsOf } from './rows.ts'
import { levelAt } from './sound.ts'
import { requireSensor, rulingAt } from './view.ts'
import type { SensorView } from './view.ts'

const timesOf = ({
  starts_daily_at,
  ends_daily_at,
}: {
  starts_daily_at: string
  ends_daily_at: string
}) => `${starts_daily_at} to ${ends_daily_at}`

const effortOf = (effort: ThresholdEffort | null) =>
  effort === null
    ? null
    : {
        kind: effort.kind,
        since: toIso(effort.since),
        attempts: effort.attempts,
        answer_at: toIsoOrNull(effort.answer_at),
        retry_at: toIsoOrNull(effort.retry_at),
        error: effort.error?.message ?? null,
        fault_id: effort.fault_id,
      }

const waits: Readonly<Record<string, string>> = {
  answer: 'the sensor is about to answer',
  retry: 'it is tried again',
  link: 'the sensor cannot be reached',
}

const explainThreshold = (world: World, view: SensorView, threshold: NoiseThreshold) => {
  const { noise_threshold_id, name, decibels, deletion_requested_at, effort } = threshold
  const held = view.sensor.slots.find((it) => it.noise_threshold_id === noise_threshold_id) ?? null
  const next = reconcile(threshold, held, view.link, world.now)
  const reason = next.step === 'wait' ? next.reason : 'answer'
  return {
    noise_threshold_id,
    declared: { name, decibels, times: timesOf(threshold) },
    deletion_requested_at: toIsoOrNull(deletion_requested_at),
    on_sensor:
      held === null ? null : { name: held.name, decibels: held.decibels, times: timesOf(held) },
    is_programmed: threshold.is_programmed,
    last_attempt: effortOf(effort),
    waits_for:
      reason === 'nothing'
        ? null
        : { reason, until: next.step === 'wait' ? toIsoOrNull(next.until) : toIso(world.now) },
  }
}

type Explained = ReturnType<typeof explainThreshold>

const sentenceOf = ({ declared, on_sensor, waits_for, last_attempt }: Explained): string[] => {
  if (waits_for === null) return []
  const why =
    last_attempt?.error === undefined || last_attempt.error === null
      ? ''
      : ` (${last_attempt.error})`
  const holds =
    on_sensor === null
      ? 'is not on the sensor'
      : `is on the sensor as ${on_sensor.decibels} dB, ${on_sensor.times}`
  const until = waits_for.until === null ? '' : ` at ${waits_for.until}`
  return [
    `${declared.name}, wanted as ${declared.decibels} dB, ${declared.times}, ${holds}: ${waits[waits_for.reason] ?? waits_for.reason}${until}${why}.`,
  ]
}

const soundSentences = (view: SensorView, level: number, now: number): string[] => {
  const { disturbance, untold } = view.sensor
  const ruling = rulingAt(view, now)
  const rules =
    ruling === null
      ? 'no threshold rules now'
      : `${ruling.name} rules with ${ruling.decibels} dB, which that ${level >= ruling.decibels ? 'reaches' : 'does not reach'}`
  return [
    `It is ${level} dB loud at ${view.device.name}; ${rules}.`,
    ...(view.link.online ? [] : [`Nobody can hear the sensor: ${view.link.cause ?? ''}.`]),
    ...(disturbance === null
      ? []
      : [
          `Noise over ${disturbance.name} since ${toIso(disturbance.since)}, ${disturbance.notices} notices given.`,
        ]),
    ...(untold.length === 0 ? [] : [`It keeps ${untold.length} notices until it is back.`]),
  ]
}

const faultsOf = (world: World, explained: readonly Explained[]) => {
  const ids = new Set(explained.map((it) => it.last_attempt?.fault_id ?? null))
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

/** @throws device_not_found */
export const explainSensor = (world: World, device_id: string) => {
  const view = requireSensor(world, device_id)
  const { background, sounds, disturbance, untold } = view.sensor
  const level = levelAt(background, sounds, world.now)
  const thresholds = allThresholdsOf(world, device_id).map((it) =>
    explainThreshold(world, view, it),
  )
  const faults = faultsOf(world, thresholds)
  return {
    device_id,
    summary: [
      ...soundSentences(view, level, world.now),
      ...thresholds.flatMap(sentenceOf),
      ...faults.map(
        ({ name, on, effect }) => `The fault ${name ?? on} (${effect.kind}) has a hand in it.`,
      ),
    ],
    level,
    ruling_noise_threshold_id: rulingAt(view, world.now)?.noise_threshold_id ?? null,
    disturbance:
      disturbance === null
        ? null
        : {
            noise_threshold_id: disturbance.noise_threshold_id,
            since: toIso(disturbance.since),
            notices: disturbance.notices,
            quiet_since: toIsoOrNull(disturbance.quiet_since),
          },
    untold: untold.length,
    thresholds,
    faults,
  }
}
