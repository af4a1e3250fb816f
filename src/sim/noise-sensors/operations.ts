/** What the API's user wants of noise thresholds. */
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import type { NoiseThreshold } from '../../db/tables/noise-sensors.ts'
import { createActionAttempt } from '../action-attempts/attempts.ts'
import { requireManaged } from '../devices/management.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { bringThresholdForward } from './carry-out.ts'
import { loudnessOf, requireFitting, requireWindow } from './checks.ts'
import type { Loudness, Wanted } from './checks.ts'
import { requireThreshold, thresholdsOf } from './rows.ts'
import { requireSensor, zoneOfSensor } from './view.ts'
import type { SensorView } from './view.ts'

interface NewThreshold extends Loudness {
  device_id: string
  name?: string | undefined
  starts_daily_at: string
  ends_daily_at: string
}

const requireManagedSensor = (world: World, device_id: string): SensorView => {
  const view = requireSensor(world, device_id)
  requireManaged(view.device)
  return view
}

/** Starts the attempt, and whatever is next for its threshold. */
const ask = (
  world: World,
  action_type: ActionAttempt['action_type'],
  { device_id, noise_threshold_id }: NoiseThreshold,
): ActionAttempt => {
  // Each knows the one before it: a list at the threshold would be written anew at every asking.
  const before = world.noise_thresholds.get(noise_threshold_id)?.asked.at(-1)
  const attempt = createActionAttempt(world, {
    action_type,
    device_id,
    action: {
      noise_threshold_id,
      settled_by: noise_threshold_id,
      ...(before !== undefined && { asked_before: before }),
    },
  })
  world.noise_thresholds.update(noise_threshold_id, { asked: [attempt.action_attempt_id] })
  bringThresholdForward(world, noise_threshold_id)
  return attempt
}

/**
 * Declares a threshold.
 *
 * @throws device_not_found, invalid_input, noise_threshold_limit_reached, noise_thresholds_overlap
 */
export const createThreshold = (world: World, input: NewThreshold) => {
  const { device_id, starts_daily_at, ends_daily_at } = input
  const view = requireManagedSensor(world, device_id)
  const loudness = loudnessOf(input, view.profile)
  if (loudness === null) {
    throw invalidInput(
      'noise_threshold_decibels',
      `Give noise_threshold_decibels${view.profile.has_nrs ? ' or noise_threshold_nrs' : ''}`,
    )
  }
  const name = input.name ?? view.profile.thresholds.default_name
  const wanted: Wanted = { name, starts_daily_at, ends_daily_at, ...loudness }
  requireWindow(wanted)
  requireFitting([...thresholdsOf(world, device_id), wanted], view.profile, zoneOfSensor(view))
  const noise_threshold_id = insertThreshold(world, device_id, wanted)
  const threshold = requireThreshold(world, noise_threshold_id)
  return { threshold, action_attempt: ask(world, 'CREATE_NOISE_THRESHOLD', threshold) }
}

/** Puts a threshold there, without a word to the sensor. */
export const insertThreshold = (
  world: World,
  device_id: string,
  wanted: Wanted & { noise_threshold_id?: string | undefined },
  is_programmed = false,
): string => {
  const noise_threshold_id = wanted.noise_threshold_id ?? world.random.uuid('noise_threshold')
  world.noise_thresholds.insert({
    ...wanted,
    noise_threshold_id,
    device_id,
    created_at: world.now,
    deletion_requested_at: null,
    is_programmed,
    asked: [],
    effort: null,
  })
  return noise_threshold_id
}

interface ThresholdChange extends Loudness {
  device_id: string
  noise_threshold_id: string
  name?: string | undefined
  starts_daily_at?: string | undefined
  ends_daily_at?: string | undefined
}

/**
 * Changes what is given, and leaves the rest.
 *
 * @throws device_not_found, noise_threshold_not_found, invalid_input, noise_thresholds_overlap
 */
export const updateThreshold = (world: World, input: ThresholdChange): ActionAttempt => {
  const { device_id, noise_threshold_id } = input
  const view = requireManagedSensor(world, device_id)
  const before = requireThreshold(world, noise_threshold_id, device_id)
  const loudness = loudnessOf(input, view.profile) ?? { decibels: before.decibels, nrs: before.nrs }
  const wanted: Wanted = {
    name: input.name ?? before.name,
    starts_daily_at: input.starts_daily_at ?? before.starts_daily_at,
    ends_daily_at: input.ends_daily_at ?? before.ends_daily_at,
    ...loudness,
  }
  requireWindow(wanted)
  const all = thresholdsOf(world, device_id).map((it) =>
    it.noise_threshold_id === noise_threshold_id ? wanted : it,
  )
  requireFitting(all, view.profile, zoneOfSensor(view))
  world.noise_thresholds.update(noise_threshold_id, { ...wanted, is_programmed: false })
  return ask(world, 'UPDATE_NOISE_THRESHOLD', before)
}

/**
 * Asks for a threshold's removal, from the sensor first and then from here.
 *
 * @throws device_not_found, noise_threshold_not_found, noise_threshold_required
 */
export const deleteThreshold = (
  world: World,
  device_id: string,
  noise_threshold_id: string,
): ActionAttempt => {
  const { profile } = requireManagedSensor(world, device_id)
  const threshold = requireThreshold(world, noise_threshold_id, device_id)
  const [first] = thresholdsOf(world, device_id)
  const isRequired = first?.noise_threshold_id === noise_threshold_id
  if (profile.thresholds.kind === 'nested' && isRequired) {
    throw domainError(
      'noise_threshold_required',
      `A ${profile.display_name} needs its noise threshold ${threshold.name}: change it with /noise_sensors/noise_thresholds/update.`,
      { data: { noise_threshold_id } },
    )
  }
  world.noise_thresholds.update(noise_threshold_id, { deletion_requested_at: world.now })
  return ask(world, 'DELETE_NOISE_THRESHOLD', threshold)
}
