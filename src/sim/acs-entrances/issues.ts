/** Warnings of doors, derived from their state. */
import { is } from '../../db/conditions.ts'
import { acs_entrances } from '../../db/tables/acs-entrances.ts'
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import type { Issue } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'

const ofSystem = is(acs_entrances.acs_system_id)

/** Somebody inside wants no visitors. */
const privacy = (model: string | undefined, since: number): Issue => ({
  warning_code: model === 'salto_ks' ? 'salto_ks_privacy_mode' : 'privacy_mode',
  message: 'The door is in privacy mode: it opens from inside only.',
  created_at: since,
})

/** Avigilon Alta gives access to zones: whoever may open one door of a zone may open all. */
const sharesZone = (world: World, { acs_system_id, acs_entrance_id, metadata }: AcsEntrance) =>
  metadata['zone_id'] !== undefined &&
  world.acs_entrances
    .all(ofSystem(acs_system_id))
    .some(
      (other) =>
        other.acs_entrance_id !== acs_entrance_id &&
        other.metadata['zone_id'] === metadata['zone_id'],
    )

export const entranceWarnings = (world: World, entrance: AcsEntrance): Issue[] => {
  const { privacy_mode_at, created_at } = entrance
  const model = world.acs_systems.get(entrance.acs_system_id)?.model
  return [
    ...(privacy_mode_at === null ? [] : [privacy(model, privacy_mode_at)]),
    ...(model === 'avigilon_alta' && sharesZone(world, entrance)
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
