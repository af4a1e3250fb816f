/** What is next for a user of an access system: one pure function of what is declared, known and under way. */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import type { AcsUserState } from '../../db/tables/acs-shapes.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { reconcilePush } from '../acs-systems/push.ts'
import type { PushKind, PushStep } from '../acs-systems/push.ts'
import { wantedUser } from './rows.ts'

export interface UserFacts {
  online: boolean
  /** The server hears of this user with the first credential, and there is none yet. */
  is_deferred: boolean
  now: number
}

export type UserStep = PushStep | { do: 'forget' }

export const sameUserState = (a: AcsUserState, b: AcsUserState): boolean =>
  a.full_name === b.full_name &&
  a.email_address === b.email_address &&
  a.phone_number === b.phone_number &&
  a.is_suspended === b.is_suspended &&
  a.access_schedule?.starts_at === b.access_schedule?.starts_at &&
  a.access_schedule?.ends_at === b.access_schedule?.ends_at &&
  hasSameMembers(a.acs_access_group_ids, b.acs_access_group_ids) &&
  hasSameMembers(a.acs_entrance_ids, b.acs_entrance_ids)

/** What is to happen on the server. A user that has a record there joins groups after that. */
const wantedKind = (user: AcsUser, { is_deferred }: UserFacts): PushKind | null => {
  if (user.deletion_requested_at !== null) return 'delete'
  if (user.known === null) return is_deferred ? null : 'create'
  return sameUserState(user.known, wantedUser(user)) ? null : 'update'
}

/** The server has never heard of the user, and nothing is on its way that would tell it. */
export const isUnheardOf = ({ known, held, push }: AcsUser): boolean =>
  known === null && held === null && (push === null || push.due_at === null)

export const reconcileUser = (user: AcsUser, facts: UserFacts): UserStep => {
  if (user.deletion_requested_at !== null && isUnheardOf(user)) return { do: 'forget' }
  return reconcilePush({
    wanted: wantedKind(user, facts),
    push: user.push,
    online: facts.online,
    now: facts.now,
  })
}
