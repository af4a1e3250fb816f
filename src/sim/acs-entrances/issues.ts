/** Warnings of doors, derived from their state. */
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import type { Issue } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { doorsOfZone } from './zones.ts'

/** Somebody inside wants no visitors. */
const privacy = (model: string | undefined, since: number): Issue => ({
  warning_code: model === 'salto_ks' ? 'salto_ks_privacy_mode' : 'privacy_mode',
  message: 'The door is in privacy mode: it opens from inside only.',
  created_at: since,
})

export const entranceWarnings = (world: World, entrance: AcsEntrance): Issue[] => {
  const { privacy_mode_at, created_at } = entrance
  const model = world.acs_systems.get(entrance.acs_system_id)?.model
  return [
    ...(privacy_mode_at === null ? [] : [privacy(model, privacy_mode_at)]),
    ...(doorsOfZone(world, entrance).length > 1
      ? [
          {
            warning_code: 'entrance_shares_zone',
            message: 'The entrance shares its zone with others: access to one is access to all.',
            created_at,
          },
        ]
      : []),
  ]
}
