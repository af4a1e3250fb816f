/** What is heard around a sensor, as its user wants it. */
import type { Sound } from '../../db/tables/noise-sensors.ts'
import { requireSandbox } from '../connected-accounts/operations.ts'
import { invalidInput } from '../kernel/errors.ts'
import { END_OF_TIME } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { tellNotice } from './alerts.ts'
import { listen } from './listen.ts'
import { thresholdsOf } from './rows.ts'
import { slotOf } from './memory.ts'
import { withSounds } from './sound.ts'
import { requireSensor, rulingAt } from './view.ts'

/** Assumed: a day in seconds is more than anybody writes down. */
const MOST_SOUNDS = 10_000

/** Lays sounds over what is heard already, later ones over earlier ones. @throws invalid_input for too many */
export const playSounds = (world: World, device_id: string, sounds: readonly Sound[]): void => {
  const view = requireSensor(world, device_id)
  // What was reported last may lie before the present.
  const keep = Math.min(world.now, view.device.offline_since ?? world.now) - KEPT
  const laid = withSounds(view.sensor.sounds, sounds, keep)
  if (laid.length > MOST_SOUNDS) {
    throw invalidInput('segments', `A sensor keeps ${MOST_SOUNDS} sounds at most`)
  }
  world.noise_sensors.update(device_id, { sounds: laid })
  listen(world, device_id)
}

/** Past sounds are kept for so long, ms: longer than polls are apart. */
const KEPT = 86_400_000

/** How much louder than the threshold a simulated noise is, dB, and how long it lasts, ms. Assumed. */
const SIMULATED = { louder: 5, lasts: 60_000 }

/**
 * Noise that reaches a threshold, told at once: of the threshold that rules now, or of the first one.
 *
 * @throws workspace_not_sandbox, device_not_found; invalid_input for a sensor without thresholds
 */
export const triggerThreshold = (world: World, device_id: string): void => {
  requireSandbox(world)
  const view = requireSensor(world, device_id)
  const [wanted] = thresholdsOf(world, device_id)
  const slot =
    rulingAt(view, world.now) ??
    view.sensor.slots[0] ??
    (wanted === undefined ? undefined : slotOf(wanted))
  if (slot === undefined) {
    throw invalidInput(
      'device_id',
      `The noise sensor ${device_id} has no noise threshold that could be triggered: create one first`,
    )
  }
  const decibels = slot.decibels + SIMULATED.louder
  const until = Math.min(world.now + SIMULATED.lasts, END_OF_TIME)
  playSounds(world, device_id, [{ from: world.now, until, decibels }])
  const { noise_threshold_id, name } = slot
  const type = view.profile.disturbance.notices[0]?.type ?? ''
  tellNotice(world, requireSensor(world, device_id), { type, noise_threshold_id, name }, decibels)
}
