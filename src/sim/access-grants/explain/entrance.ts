/** One entrance of a grant, as it is explained. */
import type { AccessMode } from '../../../db/tables/access-grants.ts'
import type { World } from '../../kernel/world.ts'
import type { DoorState } from './door.ts'

/**
 * What an entrance waits for: its system that cannot be reached, an answer or another attempt there,
 * the user who the guest is there, somebody at a desk, a phone, the door's own controller or line.
 */
export type EntranceWaitReason =
  | 'link'
  | 'answer'
  | 'retry'
  | 'user'
  | 'encoding'
  | 'assignment'
  | 'phone'
  | 'door'
  | 'line'

export interface EntranceExplanation {
  acs_entrance_id: string
  acs_system_id: string
  name: string
  mode: AccessMode
  state: DoorState
  access_method_id: string | null
  acs_credential_id: string | null
  /** Instants ms. */
  waits_for: { reason: EntranceWaitReason; until: number | null } | null
  last_error: string | null
  /** What stands after its name in a sentence. */
  phrase: string
  help: string | null
}

export type EntranceTold = Pick<EntranceExplanation, 'state' | 'phrase' | 'help'> &
  Partial<EntranceExplanation>

export const entranceTold = (
  world: World,
  acs_entrance_id: string,
  mode: AccessMode,
  told: EntranceTold,
): EntranceExplanation => {
  const row = world.acs_entrances.get(acs_entrance_id)
  return {
    acs_entrance_id,
    acs_system_id: row?.acs_system_id ?? '',
    name: row?.display_name ?? acs_entrance_id,
    mode,
    access_method_id: null,
    acs_credential_id: null,
    waits_for: null,
    last_error: null,
    ...told,
  }
}
