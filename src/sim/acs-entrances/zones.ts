/** Avigilon Alta gives access to zones: whoever may open one door of a zone may open all of them. */
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import type { World } from '../kernel/world.ts'
import { entrancesOfSystem } from './rows.ts'

/** No other brand's doors have the field. */
const zoneOf = ({ metadata }: AcsEntrance): unknown => metadata['zone_id']

/** The doors that open with this one, and it itself. */
export const doorsOfZone = (world: World, entrance: AcsEntrance): string[] => {
  const zone = zoneOf(entrance)
  if (zone === undefined) return [entrance.acs_entrance_id]
  return entrancesOfSystem(world, entrance.acs_system_id)
    .filter((other) => zoneOf(other) === zone)
    .map((other) => other.acs_entrance_id)
}

/** The doors of the ids, and those that open with them. */
export const withTheirZones = (world: World, ids: readonly string[]): string[] => [
  ...new Set(
    ids.flatMap((id) => {
      const entrance = world.acs_entrances.get(id)
      return entrance === undefined ? [] : doorsOfZone(world, entrance)
    }),
  ),
]
