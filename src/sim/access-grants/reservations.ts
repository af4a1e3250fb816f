/** Grants of one stay: they let each other in, and together they take the place of the stay before. */
import { is } from '../../db/conditions.ts'
import { access_grants } from '../../db/tables/access-grants.ts'
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AcsCredentialOptions } from '../../db/tables/acs-credentials.ts'
import { hasIssues } from '../acs-credentials/issuing.ts'
import { domainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { methodsOf } from './rows.ts'

const ofReservation = is(access_grants.reservation_key)

/** The grants of a stay that still stand. */
const grantsOfStay = (world: World, reservation_key: string): AccessGrant[] =>
  world.access_grants
    .all(ofReservation(reservation_key))
    .filter(
      ({ deletion_requested_at, ends_at }) =>
        deletion_requested_at === null && (ends_at === null || ends_at > world.now),
    )

/** What a credential of the grant does to others: the first of a stay overrides, the others join it. */
export const optionsOfReservation = (
  world: World,
  { reservation_key }: AccessGrant,
  acs_system_id: string,
): AcsCredentialOptions | undefined => {
  if (reservation_key === null || !hasIssues(world, acs_system_id)) return undefined
  const joined = grantsOfStay(world, reservation_key)
    .flatMap((grant) => methodsOf(world, grant))
    .filter(({ acs }) => acs?.acs_system_id === acs_system_id)
    .flatMap(({ acs }) => acs?.acs_credential_id ?? [])
    .filter((id) => (world.acs_credentials.get(id)?.issue ?? null) !== null)
  return joined.length === 0 ? { override: true } : { joiner_acs_credential_ids: joined }
}

/** The doors of guests, which a stay has to itself. */
const roomsOf = (world: World, entrance_ids: readonly string[]): string[] =>
  entrance_ids.filter((id) => {
    const row = world.acs_entrances.get(id)
    return row !== undefined && row.category === 'guest' && hasIssues(world, row.acs_system_id)
  })

const conflict = (reservation_key: string, message: string) =>
  domainError('reservation_conflict', message, {
    data: { reservation_key },
    param: 'reservation_key',
  })

/**
 * A grant that joins a stay is for rooms of the stay, and for a time of it (Seam docs: reservation
 * access grants, which give no type of these errors: assumed). Where there are no rooms whose cards
 * override, the key is a label.
 *
 * @throws reservation_conflict
 */
export const refuseOtherStay = (
  world: World,
  reservation_key: string,
  wanted: { entrance_ids: readonly string[]; starts_at: number; ends_at: number | null },
): void => {
  const rooms = roomsOf(world, wanted.entrance_ids)
  const others = grantsOfStay(world, reservation_key)
    .map((grant) => ({ grant, rooms: roomsOf(world, grant.entrance_ids ?? []) }))
    .filter((it) => it.rooms.length > 0)
  if (rooms.length === 0 || others.length === 0) return
  const known = others.flatMap((it) => it.rooms)
  if (!rooms.every((id) => known.includes(id)))
    throw conflict(
      reservation_key,
      'The reservation has other doors already. Grants that join it can be for these or some of them; delete its grants first to move it.',
    )
  const overlaps = others.some(
    ({ grant }) =>
      (grant.ends_at === null || wanted.starts_at < grant.ends_at) &&
      (wanted.ends_at === null || grant.starts_at < wanted.ends_at),
  )
  if (!overlaps)
    throw conflict(
      reservation_key,
      'The reservation has other times, with which these do not overlap.',
    )
}
