/** Why a noise sensor is silent or loud, and why a threshold is not on it: for people. */
import type { Disturbance, NoiseThreshold, ThresholdEffort } from '../../db/tables/noise-sensors.ts'
import { linkWarnings } from '../devices/issues.ts'
import { linkWords } from '../devices/link-words.ts'
import { explainedFault } from '../faults/explained.ts'
import { allFaults } from '../faults/registry.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { reconcile } from './reconcile.ts'
import type { ThresholdStep } from './reconcile.ts'
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

type WaitReason = Exclude<Extract<ThresholdStep, { step: 'wait' }>['reason'], 'nothing'>

const waits: Readonly<Record<WaitReason, string>> = {
  answer: 'the sensor is about to answer',
  retry: 'it is tried again',
  link: 'the sensor cannot be reached',
}

const attemptWords: Readonly<Record<ThresholdEffort['kind'], string>> = {
  set: 'to be written to the sensor',
  update: 'to be changed on the sensor',
  remove: 'to be taken off the sensor',
}

type NoiseState = 'rising' | 'told' | 'fading'

const noiseWords: Readonly<Record<NoiseState, string>> = {
  rising: 'has not lasted long enough to be told of',
  told: 'is told of',
  fading: 'is over soon, if it stays quiet',
}

const noiseState = ({ notices, quiet_since }: Disturbance): NoiseState => {
  if (quiet_since !== null) return 'fading'
  return notices === 0 ? 'rising' : 'told'
}

/** When the sensor speaks next, if nothing changes until then; null when it says no more. */
const nextWord = ({ profile }: SensorView, it: Disturbance): number | null => {
  const { notices, ends_after_quiet } = profile.disturbance
  if (it.quiet_since !== null) return it.quiet_since + ends_after_quiet
  const due = notices[it.notices]
  return due === undefined ? null : it.counting_from + due.after
}

const noiseSentence = (view: SensorView, it: Disturbance): string => {
  const next = nextWord(view, it)
  const when = next === null ? '' : `; it is looked at again at ${toIso(next)}`
  return `Noise over ${it.name} since ${toIso(it.since)}, ${it.notices === 1 ? '1 notice' : `${it.notices} notices`} given: it ${noiseWords[noiseState(it)]}${when}.`
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
  const does = last_attempt === null ? '' : `, and is ${attemptWords[last_attempt.kind]}`
  return [
    `${declared.name}, wanted as ${declared.decibels} dB, ${declared.times}, ${holds}${does}: ${waits[waits_for.reason]}${until}${why}.`,
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
    ...(view.link.cause === null
      ? []
      : [`Nobody can hear the sensor: ${linkWords[view.link.cause]}.`]),
    ...(disturbance === null ? [] : [noiseSentence(view, disturbance)]),
    ...(untold.length === 0 ? [] : [`It keeps ${untold.length} notices until it is back.`]),
  ]
}

const faultsOf = (world: World, explained: readonly Explained[]) => {
  const ids = new Set(explained.map((it) => it.last_attempt?.fault_id ?? null))
  return allFaults(world)
    .filter(({ fault_id }) => ids.has(fault_id))
    .map(explainedFault)
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
      ...linkWarnings(view.device).map(({ message }) => message),
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
