/** Carries out what the reconciler says of a user, until it says to wait. */
import type { AcsPush, AcsUserState } from '../../db/tables/acs-shapes.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { systemTold } from '../acs-systems/link-of-system.ts'
import { takePushStep } from '../acs-systems/carry-out-push.ts'
import { systemLink } from '../acs-systems/link.ts'
import { failedPush, heldFromNow, sentPush, unansweredPush } from '../acs-systems/push.ts'
import type { PushKind } from '../acs-systems/push.ts'
import { modelOfSystem } from '../acs-systems/rows.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { recordEvent } from '../events/record.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import { comeToRest } from '../kernel/come-to-rest.ts'
import type { World } from '../kernel/world.ts'
import { isUnheardOf, reconcileUser } from './reconcile.ts'
import { credentialsOfUser, usersOfSystem, wantedUser } from './rows.ts'

export const USER_JOB = 'acs_user.settle'

/** It was asked for before, and the server will hear of it: whatever comes later waits for it. */
const isOnItsWay = (world: World, system: AcsSystem, other: AcsUser, user: AcsUser): boolean =>
  other.seq < user.seq &&
  other.known === null &&
  other.deletion_requested_at === null &&
  !isDeferred(world, system, other)

/** The same address under another user, on the server or on its way there, where addresses are unique. */
const isTaken = (world: World, system: AcsSystem, user: AcsUser): boolean => {
  const { email_address, acs_system_id, acs_user_id } = user
  if (email_address === null || !modelOfSystem(system).users.have_unique_email) return false
  return world.acs_users
    .matching(acs_system_id, email_address)
    .some(
      (other) =>
        other.acs_user_id !== acs_user_id &&
        (other.held !== null || isOnItsWay(world, system, other, user)),
    )
}

/** The user is nowhere any more: those who answer to that go first. */
const forget = (world: World, user: AcsUser): void => {
  const { acs_user_id } = user
  react(world, 'acs_user_deleted', acs_user_id)
  cancelJobsAbout(world, acs_user_id)
  world.acs_users.delete(acs_user_id)
  recordEvent(world, 'acs_user.deleted', { ...systemTold(user), acs_user_id })
}

/** What an attempt of this kind leaves on the server. */
const stateAfter = (user: AcsUser, kind: PushKind): AcsUserState => {
  const wanted = wantedUser(user)
  return kind === 'create' ? { ...wanted, acs_access_group_ids: [] } : wanted
}

/** The server has taken the change; `push` is what is left of it. */
const take = (world: World, user: AcsUser, push: AcsPush): void => {
  const { acs_user_id } = user
  if (push.outcome.kind === 'never_confirm') {
    const state = stateAfter(user, push.kind)
    world.acs_users.update(acs_user_id, {
      held: push.kind === 'delete' ? null : heldFromNow(world, acs_user_id, user.held, state),
      push: unansweredPush(world, push),
    })
    return
  }
  if (push.kind === 'delete') return forget(world, user)
  const state = stateAfter(user, push.kind)
  world.acs_users.update(acs_user_id, {
    held: heldFromNow(world, acs_user_id, user.held, state),
    known: state,
    push: null,
    last_synced_at: world.now,
  })
  if (push.kind === 'create')
    recordEvent(world, 'acs_user.created', { ...systemTold(user), acs_user_id })
  react(world, 'acs_user_changed', acs_user_id)
}

const answer = (world: World, system: AcsSystem, user: AcsUser, push: AcsPush): void => {
  const fail = (error: string | null) =>
    world.acs_users.update(user.acs_user_id, { push: failedPush(world, push, error) })
  if (!systemLink(world, system).online) return fail(null)
  if (push.outcome.kind === 'fail') return fail(push.outcome.message)
  if (push.kind !== 'delete' && isTaken(world, system, user))
    return fail('Another user of this access system has the same email address.')
  take(world, user, push)
}

const send = (world: World, system: AcsSystem, user: AcsUser, kind: PushKind): void => {
  const { acs_user_id, full_name, email_address } = user
  const push = sentPush(world, {
    system,
    on: 'acs.user',
    id: acs_user_id,
    kind,
    before: user.push,
    subject: { acs_user_id, full_name, email_address },
  })
  world.acs_users.update(acs_user_id, { push })
}

const kindWanted = (user: AcsUser): PushKind => {
  if (user.deletion_requested_at !== null) return 'delete'
  return user.known === null ? 'create' : 'update'
}

const hasCredential = (world: World, user: AcsUser): boolean =>
  credentialsOfUser(world, user).length > 0

/**
 * Whether the server is to hear of the user only with a credential.
 *
 * @param has whether a user has any; for those who ask for many users, and know
 */
export const isDeferred = (
  world: World,
  system: AcsSystem,
  user: AcsUser,
  has = hasCredential,
): boolean => modelOfSystem(system).users.are_deferred && !has(world, user)

/** One step; whether there may be another one at this instant. */
const step = (world: World, acs_user_id: string): boolean => {
  const user = world.acs_users.get(acs_user_id)
  const system = user === undefined ? undefined : world.acs_systems.get(user.acs_system_id)
  if (user === undefined || system === undefined) return false
  const next = reconcileUser(user, {
    online: systemLink(world, system).online,
    is_deferred: isDeferred(world, system, user),
    now: world.now,
  })
  if (next.do === 'forget') {
    forget(world, user)
    return false
  }
  return takePushStep(world, next, {
    job: USER_JOB,
    id: acs_user_id,
    kind: kindWanted(user),
    push: user.push,
    put: (push) => world.acs_users.update(acs_user_id, { push }),
    send: () => send(world, system, user, kindWanted(user)),
    answer: (push) => answer(world, system, user, push),
  })
}

/** Brings a user as far as it gets at this instant, and sets the job for the next one. */
export const bringUserForward = (world: World, acs_user_id: string): void =>
  comeToRest(world, { is: 'user', id: acs_user_id }, () => step(world, acs_user_id))

/**
 * Takes a user away of whom its server has never heard, and who has no credentials that would have to
 * see that it is going. Answers whether it has gone.
 */
export const forgetUnheard = (world: World, user: AcsUser): boolean => {
  if (!isUnheardOf(user) || hasCredential(world, user)) return false
  forget(world, user)
  return true
}

/** Its system can be reached again: what waited goes on. */
export const wakeUsersOfSystem = (world: World, acs_system_id: string): void => {
  for (const { acs_user_id, push } of usersOfSystem(world, acs_system_id)) {
    if (push !== null) bringUserForward(world, acs_user_id)
  }
}
