/** What a guest would be told by an app that hands on what the API shows: the code that bears the booking's id. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Booking } from '../integration.ts'

const isPartOfWord = (character: string | undefined): boolean =>
  character !== undefined && /[\w-]/.test(character)

/** The id as a word of its own: `stay-1` is not in `stay-12`. */
const bears = (text: string | null, id: string): boolean => {
  if (text === null) return false
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    if (!isPartOfWord(text[at - 1]) && !isPartOfWord(text[at + id.length])) return true
  }
  return false
}

const pinOf = (world: World, code: AccessCode): string | null => {
  const { pulled_backup_access_code_id: backup } = code
  return (backup === null ? undefined : world.access_codes.get(backup)?.code) ?? code.code
}

/** The access methods of the booking's grants. */
const methodsOf = (world: World, id: string): Set<string> => {
  const grants = new Set(
    world.access_grants
      .all()
      .filter(
        (grant) =>
          grant.deletion_requested_at === null &&
          [grant.access_grant_key, grant.name, grant.reservation_key].some((it) => bears(it, id)),
      )
      .map(({ access_grant_id }) => access_grant_id),
  )
  const methods = world.access_methods.all().filter((it) => grants.has(it.access_grant_id))
  return new Set(methods.map(({ access_method_id }) => access_method_id))
}

/** The PIN of the newest access code of the booking on each of its doors, be it of a grant or not. */
export const pinsInTheApi = (
  world: World,
  { booking_id, device_ids }: Booking,
): Record<string, string | null> => {
  const methods = methodsOf(world, booking_id)
  const codes = world.access_codes
    .all()
    .filter(
      (code) =>
        code.is_managed &&
        !code.is_backup &&
        code.deletion_requested_at === null &&
        (code.access_method_id === null
          ? bears(code.name, booking_id)
          : methods.has(code.access_method_id)),
    )
  return Object.fromEntries(
    device_ids.map((device_id) => {
      const code = codes.findLast((it) => it.device_id === device_id)
      return [device_id, code === undefined ? null : pinOf(world, code)]
    }),
  )
}
