/** What is next for a credential: one pure function of what is declared, known and under way. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsCredentialState } from '../../db/tables/acs-shapes.ts'
import { reconcilePush } from '../acs-systems/push.ts'
import type { PushKind, PushStep } from '../acs-systems/push.ts'
import { wantedCredential } from './rows.ts'

export interface CredentialFacts {
  online: boolean
  /** Its system knows the user whose it is; true too for one that nobody has. */
  is_user_known: boolean
  now: number
}

export type CredentialStep = PushStep | { do: 'forget' }

export const sameCredentialState = (a: AcsCredentialState, b: AcsCredentialState): boolean =>
  a.code === b.code &&
  a.card_number === b.card_number &&
  a.starts_at === b.starts_at &&
  a.ends_at === b.ends_at &&
  a.acs_user_id === b.acs_user_id &&
  a.acs_entrance_ids.length === b.acs_entrance_ids.length &&
  a.acs_entrance_ids.every((id) => b.acs_entrance_ids.includes(id))

/** What is to happen on the server; null: nothing. */
export const wantedPush = (credential: AcsCredential, is_user_known: boolean): PushKind | null => {
  if (credential.deletion_requested_at !== null) return 'delete'
  if (!is_user_known) return null
  if (credential.known === null) return 'create'
  return sameCredentialState(credential.known, wantedCredential(credential)) ? null : 'update'
}

const isUnheardOf = ({ known, held, push }: AcsCredential): boolean =>
  known === null && held === null && (push === null || push.due_at === null)

export const reconcileCredential = (
  credential: AcsCredential,
  { online, is_user_known, now }: CredentialFacts,
): CredentialStep => {
  if (credential.deletion_requested_at !== null && isUnheardOf(credential)) return { do: 'forget' }
  const wanted = wantedPush(credential, is_user_known)
  return reconcilePush({ wanted, push: credential.push, online, now })
}
