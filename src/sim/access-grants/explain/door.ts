/** One door of a grant, as it is explained. */
import type { World } from '../../kernel/world.ts'
import type { Obstacle } from '../reconciled.ts'
import type { DoorWait } from './wait-words.ts'

/**
 * `ready`: the lock has the code, whatever the hour. `leaving`: a code is on its way off.
 * `impossible`: the lock takes no such code. `withdrawn`: its method was deleted by itself.
 */
export type DoorState =
  | 'ready'
  | 'waiting'
  | 'leaving'
  | 'impossible'
  | 'unmanaged'
  | 'withdrawn'
  | 'over'

export interface DoorExplanation {
  device_id: string
  name: string
  state: DoorState
  access_method_id: string | null
  access_code_id: string | null
  /** The PIN. */
  code: string | null
  status: string | null
  /** Instants ms. */
  waits_for: DoorWait | null
  /** When its command is sent, or sent again, ms; null: that depends on something else. */
  next_try_at: number | null
  last_error: string | null
  /** What stands after its name in a sentence. */
  phrase: string
  help: string | null
}

export type Told = Pick<DoorExplanation, 'state' | 'phrase' | 'help'> & Partial<DoorExplanation>

export const door = (world: World, device_id: string, told: Told): DoorExplanation => ({
  device_id,
  name: world.devices.get(device_id)?.name ?? device_id,
  access_method_id: null,
  access_code_id: null,
  code: null,
  status: null,
  waits_for: null,
  next_try_at: null,
  last_error: null,
  ...told,
})

const obstaclePhrases: Record<Obstacle, [phrase: string, help: string]> = {
  unmanaged: ['is unmanaged', 'Manage the device again (devices/unmanaged/update).'],
  no_codes: [
    'takes no access codes',
    'Take another device, or connect the keypad or bridge that its codes need.',
  ],
  duration_exceeds_max: ['takes no code for so long a time', 'Choose shorter times.'],
  times_do_not_match_slots: [
    'takes no code for these times',
    'Choose times that the lock knows (devices/get tells its code_constraints).',
  ],
  ongoing_not_supported: ['takes no code without an end', 'Give the grant an ends_at.'],
}

export const withObstacle = (
  world: World,
  device_id: string,
  obstacle: Obstacle,
): DoorExplanation => {
  const [phrase, help] = obstaclePhrases[obstacle]
  const state = obstacle === 'unmanaged' ? 'unmanaged' : 'impossible'
  return door(world, device_id, { state, phrase, help })
}
