import { z } from 'zod'
import type { Phone } from '../../../db/tables/phones.ts'
import { once } from '../../../lib/once.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { instant, metadata } from '../common.ts'

export const phone = once(() =>
  z.strictObject({
    device_id: z.guid(),
    workspace_id: z.guid(),
    device_type: z.enum(['ios_phone', 'android_phone']),
    display_name: z.string(),
    custom_metadata: metadata,
    properties: z.strictObject({}),
    errors: z.array(z.never()),
    warnings: z.array(z.never()),
    created_at: instant,
  }),
)

/** A phone as it goes over the wire. */
export const presentPhone = (world: World, row: Phone) => ({
  device_id: row.device_id,
  workspace_id: world.workspace_id,
  device_type: row.device_type,
  display_name: row.display_name,
  custom_metadata: row.custom_metadata,
  properties: {},
  errors: [],
  warnings: [],
  created_at: toIso(row.created_at),
})
