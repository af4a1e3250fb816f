import { z } from 'zod'
import type { Space } from '../../../db/tables/spaces.ts'
import { once } from '../../../lib/once.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { entrancesOfSpace } from '../../../sim/acs-entrances/rows.ts'
import { devicesOfSpace } from '../../../sim/spaces/rows.ts'
import { instant, text } from '../common.ts'

export const geolocation = once(() =>
  z.strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
)

export const space = once(() =>
  z.strictObject({
    space_id: z.guid(),
    workspace_id: z.guid(),
    space_key: text,
    name: z.string(),
    display_name: z.string(),
    customer_key: text,
    customer_data: z.record(z.string(), z.string()).optional(),
    geolocation: geolocation().nullish(),
    parent_space_id: z.guid().optional(),
    parent_space_key: text,
    device_count: z.number(),
    acs_entrance_count: z.number(),
    created_at: instant,
  }),
)

/** A space as it goes over the wire. What it does not have is left out. */
export const presentSpace = (world: World, row: Space) => {
  const { space_key, customer_key, customer_data, geolocation, parent_space_id } = row
  const parent = parent_space_id === null ? undefined : world.spaces.get(parent_space_id)
  return {
    space_id: row.space_id,
    workspace_id: world.workspace_id,
    ...(space_key !== null && { space_key }),
    name: row.name,
    display_name: row.name,
    ...(customer_key !== null && { customer_key }),
    ...(customer_data !== null && { customer_data }),
    ...(geolocation !== null && { geolocation }),
    ...(parent !== undefined && { parent_space_id: parent.space_id }),
    ...(parent !== undefined &&
      parent.space_key !== null && { parent_space_key: parent.space_key }),
    device_count: devicesOfSpace(world, row.space_id).length,
    acs_entrance_count: entrancesOfSpace(world, row.space_id).length,
    created_at: toIso(row.created_at),
  }
}
