/** Errors and warnings of credentials, derived from their state. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import { modelOfSystem } from '../acs-systems/rows.ts'
import type { Issue, Issues } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { isCodeTaken } from './codes.ts'
import { fieldsOutOfSync, writtenOf } from './contents.ts'

const failures = {
  create: 'failed_to_create_on_acs_system',
  update: 'failed_to_update_on_acs_system',
  delete: 'failed_to_delete_on_acs_system',
} as const

/** Whether its doors read what is on the card, so that only a new encoding changes anything. */
export const standsOnCard = (
  world: World,
  { acs_system_id }: Pick<AcsCredential, 'acs_system_id'>,
): boolean => {
  const system = world.acs_systems.get(acs_system_id)
  if (system === undefined) return false
  const { doors, model } = modelOfSystem(system)
  return !doors.are_wired || model === 'salto_space'
}

export const needsReissue = (world: World, credential: AcsCredential): boolean =>
  credential.access_method === 'card' &&
  credential.written !== null &&
  credential.invalidated_at === null &&
  standsOnCard(world, credential) &&
  fieldsOutOfSync(credential.written, writtenOf(world, credential)).length > 0

const warning = (warning_code: string, message: string, created_at: number): Issue => ({
  warning_code,
  message,
  created_at,
})

export const credentialIssues = (world: World, credential: AcsCredential): Issues => {
  const { push, created_at, issued_at, schedule_modified_at, deletion_requested_at } = credential
  const error = push?.error ?? null
  return {
    errors:
      push === null || error === null
        ? []
        : [
            {
              error_code: isCodeTaken(world, credential)
                ? 'code_already_in_use'
                : failures[push.kind],
              message: error,
              created_at: push.since,
            },
          ],
    warnings: [
      ...(credential.access_method === 'card' && issued_at === null
        ? [warning('waiting_to_be_issued', 'The card is yet to be encoded.', created_at)]
        : []),
      ...(schedule_modified_at === null
        ? []
        : [
            warning(
              'schedule_modified',
              'The start was in the past: it was moved to the instant of the request.',
              schedule_modified_at,
            ),
          ]),
      ...(deletion_requested_at === null
        ? []
        : [warning('being_deleted', 'This credential is being deleted.', deletion_requested_at)]),
      ...(needsReissue(world, credential)
        ? [
            warning(
              'needs_to_be_reissued',
              'The card does not say what the credential says: encode it again.',
              issued_at ?? created_at,
            ),
          ]
        : []),
    ],
  }
}
