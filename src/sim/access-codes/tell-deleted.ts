/** A code is gone, and what was declared of it stays beside the event that says so. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { recordEvent } from '../events/record.ts'
import type { World } from '../kernel/world.ts'

/** Nothing else remembers from then on for when it was declared. */
export const tellDeleted = (world: World, row: AccessCode): void => {
  const { device_id, access_code_id, code, name, starts_at, ends_at, created_at } = row
  const { deletion_requested_at, used_at, is_backup } = row
  const event_id = recordEvent(world, 'access_code.deleted', { device_id, access_code_id, code })
  world.events.update(event_id, {
    declared: {
      name,
      code,
      starts_at,
      ends_at,
      created_at,
      deletion_requested_at,
      used_at,
      is_backup,
    },
  })
}
