import type { Universe } from '../../sim/kernel/universe.ts'
import type { World } from '../../sim/kernel/world.ts'

/** The first workspace in which there is such a thing: routes of the fake name none. */
export const workspaceWith = (
  universe: Universe,
  has: (world: World) => boolean,
): string | undefined => universe.db.allWorkspaceIds().find((id) => has(universe.world(id)))
