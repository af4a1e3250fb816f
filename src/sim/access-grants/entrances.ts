/** Which entrances of access systems a grant is for, and how each can be opened. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import { modesNow } from '../acs-entrances/modes.ts'
import { entrancesOfSpace } from '../acs-entrances/rows.ts'
import type { World } from '../kernel/world.ts'
import type { Entrance } from './reconciled.ts'

/** An empty list is kept as null: most grants have no entrances. */
export const orNone = (ids: readonly string[]): string[] | null =>
  ids.length === 0 ? null : [...ids]

/** The entrances of a grant and of its spaces, each once, as far as they exist. */
export const resolveEntrances = (
  world: World,
  { acs_entrance_ids, space_ids }: Pick<AccessGrant, 'acs_entrance_ids' | 'space_ids'>,
): string[] => {
  const ids = new Set(acs_entrance_ids)
  for (const space_id of space_ids) {
    for (const { acs_entrance_id } of entrancesOfSpace(world, space_id)) ids.add(acs_entrance_id)
  }
  return [...ids].filter((id) => world.acs_entrances.get(id) !== undefined)
}

/** The entrances of a grant as they are now. */
export const entrancesOf = (
  world: World,
  { entrance_ids }: Pick<AccessGrant, 'entrance_ids'>,
): Entrance[] =>
  (entrance_ids ?? []).flatMap((acs_entrance_id) => {
    const row = world.acs_entrances.get(acs_entrance_id)
    if (row === undefined) return []
    return [{ acs_entrance_id, acs_system_id: row.acs_system_id, modes: modesNow(world, row) }]
  })
