/** What is told of a method by events. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { recordEvent } from '../events/record.ts'
import type { World } from '../kernel/world.ts'

type Grant = Pick<AccessGrant, 'access_grant_id' | 'access_grant_key'>

const subjectOf = (
  { access_grant_id, access_grant_key }: Grant,
  { access_method_id }: Pick<AccessMethod, 'access_method_id'>,
) => ({
  access_method_id,
  access_grant_ids: [access_grant_id],
  ...(access_grant_key !== null && { access_grant_keys: [access_grant_key] }),
})

export const tellMethod = (
  world: World,
  grant: Grant,
  method: Pick<AccessMethod, 'access_method_id'>,
  what:
    | 'created'
    | 'revoked'
    | 'deleted'
    | 'delay_in_issuing'
    | 'failed_to_issue'
    | 'card_encoding_required',
): void => {
  recordEvent(world, `access_method.${what}`, subjectOf(grant, method))
}

/** It can be given to the guest: for the first time, or again. */
export const tellIssued = (world: World, grant: Grant, method: AccessMethod): void => {
  const { was_issued, code, original_access_method_id } = method
  recordEvent(world, was_issued ? 'access_method.reissued' : 'access_method.issued', {
    ...subjectOf(grant, method),
    ...(code !== null && { code }),
    ...(original_access_method_id !== null && { is_backup_code: true }),
  })
}
