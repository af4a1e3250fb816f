/** Errors, warnings and pending mutations of users, derived from their state. */
import type { AcsPush, AcsSchedule, AcsUserState } from '../../db/tables/acs-shapes.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { toIsoOrNull } from '../kernel/instant.ts'
import type { Issue, Issues } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { assignmentsOf } from './assignments.ts'
import type { Assignment } from './assignments.ts'
import { isDeferred } from './carry-out.ts'
import { wantedUser } from './rows.ts'
import { subscriptionOf } from './subscription.ts'

const failures: Readonly<Record<AcsPush['kind'], string>> = {
  create: 'failed_to_create_on_acs_system',
  update: 'failed_to_update_on_acs_system',
  delete: 'failed_to_delete_on_acs_system',
}

const failureOf = ({ push }: AcsUser): Issue[] =>
  push === null || push.error === null
    ? []
    : [{ error_code: failures[push.kind], message: push.error, created_at: push.since }]

/** Whether Salto KS counts the user among those of its subscription now; null where there is none. */
export const isSubscribed = (world: World, user: AcsUser): boolean | null => {
  const system = world.acs_systems.get(user.acs_system_id)
  const subscription = system === undefined ? null : subscriptionOf(world, system)
  return subscription === null ? null : subscription.subscribed.has(user.acs_user_id)
}

const subscriptionIssuesOf = (world: World, user: AcsUser): Issues => {
  const system = world.acs_systems.get(user.acs_system_id)
  const subscription = system === undefined ? null : subscriptionOf(world, system)
  if (subscription === null || user.held === null) return { errors: [], warnings: [] }
  const refused = subscription.refused.get(user.acs_user_id)
  const isIn = subscription.subscribed.has(user.acs_user_id)
  return {
    errors:
      refused === undefined
        ? []
        : [
            {
              error_code: 'salto_ks_subscription_limit_exceeded',
              message: 'The subscription of this site has no room for the user.',
              created_at: refused,
            },
          ],
    warnings: isIn
      ? []
      : [
          {
            warning_code: 'salto_ks_user_not_subscribed',
            message:
              'The user takes part in the subscription of this site during its schedule only.',
            created_at: refused ?? user.created_at,
          },
        ],
  }
}

export const userIssues = (world: World, user: AcsUser): Issues => {
  const { errors, warnings } = subscriptionIssuesOf(world, user)
  const deleting = user.deletion_requested_at
  return {
    errors: [...failureOf(user), ...errors],
    warnings: [
      ...(deleting === null
        ? []
        : [
            {
              warning_code: 'being_deleted',
              message: 'This user is being deleted from its access system.',
              created_at: deleting,
            },
          ]),
      ...warnings,
    ],
  }
}

type HasCredential = Parameters<typeof isDeferred>[3]

/** Whether the server of a user whom it does not know is to hear of it only with a credential. */
export const isYetDeferred = (world: World, user: AcsUser, has?: HasCredential): boolean => {
  if (user.known !== null || user.deletion_requested_at !== null) return false
  const system = world.acs_systems.get(user.acs_system_id)
  return system !== undefined && isDeferred(world, system, user, has)
}

/** Since when a user waits for room in a subscription; undefined for one who does not. */
export const refusedSince = (world: World, user: AcsUser): number | undefined => {
  const system = world.acs_systems.get(user.acs_system_id)
  const subscription = system === undefined ? null : subscriptionOf(world, system)
  return subscription?.refused.get(user.acs_user_id)
}

/** A change that its system does not have yet. Instants in `from` and `to` are ISO 8601. */
export interface PendingMutation {
  mutation_code: string
  message: string
  created_at: number
  from?: Record<string, unknown>
  to?: Record<string, unknown>
  scheduled_at?: string | null
}

const informationOf = ({ full_name, email_address, phone_number }: AcsUserState) => ({
  full_name,
  email_address,
  phone_number,
})

const scheduleOf = (schedule: AcsSchedule | null) => ({
  starts_at: toIsoOrNull(schedule?.starts_at ?? null),
  ends_at: toIsoOrNull(schedule?.ends_at ?? null),
})

const differ = (a: object, b: object): boolean => JSON.stringify(a) !== JSON.stringify(b)

interface Change {
  mutation_code: string
  message: string
  from: Record<string, unknown>
  to: Record<string, unknown>
}

/** The groups in which the two are not the same. */
const membershipChanges = (known: AcsUserState, wanted: AcsUserState): Change[] => {
  const move = (from: string | null, to: string | null): Change => ({
    mutation_code: 'updating_group_membership',
    message: 'The access groups of the user are being changed on the access system.',
    from: { acs_access_group_id: from },
    to: { acs_access_group_id: to },
  })
  const [before, after] = [known.acs_access_group_ids, wanted.acs_access_group_ids]
  return [
    ...after.filter((id) => !before.includes(id)).map((id) => move(null, id)),
    ...before.filter((id) => !after.includes(id)).map((id) => move(id, null)),
  ]
}

const changesOf = (known: AcsUserState, wanted: AcsUserState): Change[] => {
  const pairs: Change[] = [
    {
      mutation_code: 'updating_user_information',
      message: 'What is known of the user is being changed on the access system.',
      from: informationOf(known),
      to: informationOf(wanted),
    },
    {
      mutation_code: 'updating_access_schedule',
      message: 'The schedule of the user is being changed on the access system.',
      from: scheduleOf(known.access_schedule),
      to: scheduleOf(wanted.access_schedule),
    },
    {
      mutation_code: 'updating_suspension_state',
      message: 'The user is being suspended, or no longer, on the access system.',
      from: { is_suspended: known.is_suspended },
      to: { is_suspended: wanted.is_suspended },
    },
  ]
  return [...pairs.filter(({ from, to }) => differ(from, to)), ...membershipChanges(known, wanted)]
}

const assignmentChange = (
  world: World,
  { acs_credential_id, isComing }: Assignment,
): PendingMutation => ({
  mutation_code: 'updating_credential_assignment',
  message: 'A credential is being given to the user, or taken away, on the access system.',
  from: { acs_credential_id: isComing ? null : acs_credential_id },
  to: { acs_credential_id: isComing ? acs_credential_id : null },
  created_at: world.acs_credentials.get(acs_credential_id)?.push?.since ?? world.now,
})

/** @param is_deferred whether its server is to hear of it only with a credential; for one that it does not know */
export const pendingMutationsOf = (
  world: World,
  user: AcsUser,
  is_deferred = isYetDeferred(world, user),
): PendingMutation[] => {
  const created_at = user.push?.since ?? user.created_at
  if (user.deletion_requested_at !== null) {
    const message = 'The user is being deleted from the access system.'
    return [{ mutation_code: 'deleting', message, created_at: user.deletion_requested_at }]
  }
  if (user.known !== null)
    return [
      ...changesOf(user.known, wantedUser(user)).map((it) => ({ ...it, created_at })),
      ...assignmentsOf(world, user.acs_user_id).map((it) => assignmentChange(world, it)),
    ]
  if (is_deferred) {
    const message = 'The access system hears of the user with the first credential.'
    return [
      {
        mutation_code: 'deferring_creation',
        message,
        created_at: user.created_at,
        scheduled_at: null,
      },
    ]
  }
  const message = 'The user is being created on the access system.'
  return [{ mutation_code: 'creating', message, created_at: user.created_at }]
}
