/** What happens at doors that have a line, and how it is told: at once, or when the system can be reached again. */
import type { AcsEntrance, UnreportedUse } from '../../db/tables/acs-entrances.ts'
import { entrancesOfSystem } from '../acs-entrances/rows.ts'
import { systemLink } from '../acs-systems/link.ts'
import { recordEvent } from '../events/record.ts'
import type { World } from '../kernel/world.ts'

const messages = {
  unknown_code: 'The door does not know what was held to it.',
  expired_code: 'It opens the door at other times.',
  blocklisted_code: 'It opens the door no longer.',
  blocked_by_privacy_mode: 'Somebody inside wants no visitors.',
  credential_error: 'The door could not make use of it.',
} as const

/** So many uses are kept while nobody can be told; the oldest go first. Assumed. */
const MOST_KEPT = 1_000

const tell = (world: World, entrance: AcsEntrance, use: UnreportedUse): void => {
  const { acs_entrance_id, acs_system_id, connected_account_id } = entrance
  const user = use.acs_user_id === null ? undefined : world.acs_users.get(use.acs_user_id)
  const told = {
    acs_entrance_id,
    acs_system_id,
    connected_account_id,
    ...(user !== undefined && { acs_user_id: user.acs_user_id }),
    ...(user !== undefined &&
      user.user_identity_id !== null && { user_identity_id: user.user_identity_id }),
  }
  if (use.reason === null)
    recordEvent(world, 'lock.unlocked', { ...told, method: use.method }, use.at)
  else {
    const reason = { reason_code: use.reason, message: messages[use.reason] }
    recordEvent(world, 'lock.access_denied', { ...told, reason }, use.at)
  }
}

/** A door without a line speaks by the cards that it has seen, whose reader has one. */
const isCut = ({ is_wired, offline_at }: AcsEntrance): boolean => is_wired && offline_at !== null

/** Tells what happened at a door, or keeps it until it can be told. */
export const reportUse = (world: World, entrance: AcsEntrance, use: UnreportedUse): void => {
  const { acs_entrance_id, acs_system_id } = entrance
  const system = world.acs_systems.get(acs_system_id)
  const isHeard = !isCut(entrance) && system !== undefined && systemLink(world, system).online
  if (isHeard) return tell(world, entrance, use)
  const unreported = world.acs_entrances.get(acs_entrance_id)?.unreported ?? []
  world.acs_entrances.update(acs_entrance_id, {
    unreported: [...unreported, use].slice(-MOST_KEPT),
  })
}

/** The same of what happens now. */
export const noteUse = (
  world: World,
  entrance: AcsEntrance,
  use: Omit<UnreportedUse, 'at'>,
): void => reportUse(world, entrance, { ...use, at: world.now })

const deliver = (world: World, entrance: AcsEntrance): void => {
  if (entrance.unreported === null || isCut(entrance)) return
  world.acs_entrances.update(entrance.acs_entrance_id, { unreported: null })
  for (const use of entrance.unreported) tell(world, entrance, use)
}

/** The system can be reached again: its doors tell what happened meanwhile, each from the oldest on. */
export const reportUses = (world: World, acs_system_id: string): void => {
  for (const entrance of entrancesOfSystem(world, acs_system_id)) deliver(world, entrance)
}

/** The same for one door whose line is back. */
export const reportUsesOf = (world: World, acs_entrance_id: string): void => {
  const entrance = world.acs_entrances.get(acs_entrance_id)
  const system = entrance && world.acs_systems.get(entrance.acs_system_id)
  if (entrance !== undefined && system !== undefined && systemLink(world, system).online)
    deliver(world, entrance)
}
