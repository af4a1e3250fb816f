/** Carries out what the reconciler says of a credential, until it says to wait. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsPush } from '../../db/tables/acs-shapes.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { takePushStep } from '../acs-systems/carry-out-push.ts'
import { systemLink } from '../acs-systems/link.ts'
import { failedPush, heldFromNow, sentPush, unansweredPush } from '../acs-systems/push.ts'
import type { PushKind } from '../acs-systems/push.ts'
import { modelOfSystem } from '../acs-systems/rows.ts'
import { deleteUser } from '../acs-users/operations.ts'
import { credentialsOfUser, requireAcsUser } from '../acs-users/rows.ts'
import { recordEvent } from '../events/record.ts'
import { later } from '../kernel/instant.ts'
import { cancelJobsAbout, scheduleJob } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import { comeToRest } from '../kernel/come-to-rest.ts'
import type { World } from '../kernel/world.ts'
import { isCodeTaken } from './codes.ts'
import { writtenOf } from './contents.ts'
import { credentialTold, invalidate, issueCredential } from './issuing.ts'
import { reconcileCredential, wantedPush } from './reconcile.ts'
import { credentialsOfSystem, keysOf, requireCredential, wantedCredential } from './rows.ts'

export const CREDENTIAL_JOB = 'acs_credential.settle'

const LOSE_JOB = 'acs_credential.lose'

/** A user that a grant has made goes with the last of its credentials, if it is nothing else to its system. */
export const forgetIdleUser = (world: World, acs_user_id: string | null): void => {
  const user = acs_user_id === null ? undefined : world.acs_users.get(acs_user_id)
  if (user === undefined || user.is_made_by_grant !== true) return
  const { acs_access_group_ids, acs_entrance_ids } = user
  if (acs_access_group_ids.length + acs_entrance_ids.length > 0) return
  if (credentialsOfUser(world, user).length === 0) deleteUser(world, user.acs_user_id)
}

/** The credential is nowhere any more. */
const forget = (world: World, credential: AcsCredential): void => {
  const { acs_credential_id, access_method_id, acs_user_id } = credential
  cancelJobsAbout(world, acs_credential_id)
  recordEvent(world, 'acs_credential.deleted', credentialTold(credential))
  world.acs_credentials.delete(acs_credential_id)
  if (access_method_id === null) return
  forgetIdleUser(world, acs_user_id)
  react(world, 'acs_credential_gone', access_method_id)
}

/** The PIN that the provider chooses: nobody else of the site has it. */
const chosenCode = (world: World, system: AcsSystem, credential: AcsCredential): string | null => {
  const { pins } = modelOfSystem(system)
  if (credential.access_method !== 'code' || credential.code !== null || pins === null)
    return credential.code
  const [, digits] = pins.digits
  const name = `acs_pin ${system.acs_system_id}`
  for (;;) {
    const fraction = world.random.stream(name).fraction(world.random.next(name))
    const code = String(Math.floor((0.1 + fraction * 0.9) * 10 ** digits))
    if (!isCodeTaken(world, { ...credential, code })) return code
  }
}

/** The server has taken the change. */
const take = (world: World, system: AcsSystem, row: AcsCredential, push: AcsPush): void => {
  const { acs_credential_id } = row
  const { outcome } = push
  const isConfirmed = outcome.kind !== 'never_confirm'
  if (push.kind === 'delete') {
    if (isConfirmed) return forget(world, row)
    world.acs_credentials.update(acs_credential_id, {
      held: null,
      push: unansweredPush(world, push),
    })
    return
  }
  const code = chosenCode(world, system, row)
  const state = { ...wantedCredential(row), code }
  world.acs_credentials.update(acs_credential_id, {
    code,
    held: heldFromNow(world, acs_credential_id, row.held, state),
    ...(isConfirmed
      ? { known: state, push: null, synced_at: world.now }
      : { push: unansweredPush(world, push) }),
  })
  if (!isConfirmed) return
  if (outcome.kind === 'lose_later') {
    scheduleJob(world, LOSE_JOB, acs_credential_id, later(world.now, outcome.after))
  }
  const isUsable = row.access_method !== 'card' && !row.is_multi_phone_sync
  if (row.access_method === 'mobile_key') {
    world.acs_credentials.update(acs_credential_id, {
      written: writtenOf(world, requireCredential(world, acs_credential_id)),
    })
  }
  if (push.kind === 'create' && isUsable) issueCredential(world, acs_credential_id)
  else react(world, 'acs_credential_moved', acs_credential_id)
}

const answer = (world: World, system: AcsSystem, row: AcsCredential, push: AcsPush): void => {
  const fail = (error: string | null) =>
    world.acs_credentials.update(row.acs_credential_id, { push: failedPush(world, push, error) })
  if (!systemLink(world, system).online) return fail(null)
  if (push.outcome.kind === 'fail') return fail(push.outcome.message)
  if (push.kind !== 'delete' && isCodeTaken(world, row))
    return fail('Another credential of this access system has the same code.')
  take(world, system, row, push)
}

const send = (world: World, system: AcsSystem, row: AcsCredential, kind: PushKind): void => {
  const { acs_credential_id, acs_user_id, access_method, access_method_id } = row
  const method = world.access_methods.get(access_method_id ?? '')
  const access_grant_id = method?.access_grant_id ?? null
  const push = sentPush(world, {
    system,
    on: 'acs.credential',
    id: acs_credential_id,
    kind,
    before: row.push,
    subject: { acs_credential_id, acs_user_id, access_method, access_method_id, access_grant_id },
  })
  world.acs_credentials.update(acs_credential_id, { push })
}

const isUserKnown = (world: World, { acs_user_id }: AcsCredential): boolean =>
  acs_user_id === null || (world.acs_users.get(acs_user_id)?.known ?? null) !== null

/** One step; whether there may be another one at this instant. */
const step = (world: World, acs_credential_id: string): boolean => {
  const row = world.acs_credentials.get(acs_credential_id)
  const system = row === undefined ? undefined : world.acs_systems.get(row.acs_system_id)
  if (row === undefined || system === undefined) return false
  const is_user_known = isUserKnown(world, row)
  const { online } = systemLink(world, system)
  const next = reconcileCredential(row, { online, is_user_known, now: world.now })
  const kind = wantedPush(row, is_user_known) ?? 'create'
  if (next.do === 'forget') {
    forget(world, row)
    return false
  }
  return takePushStep(world, next, {
    job: CREDENTIAL_JOB,
    id: acs_credential_id,
    kind,
    push: row.push,
    put: (push) => world.acs_credentials.update(acs_credential_id, { push }),
    send: () => send(world, system, row, kind),
    answer: (push) => answer(world, system, row, push),
  })
}

/** Brings a credential as far as it gets at this instant, and sets the job for the next one. */
export const bringCredentialForward = (world: World, acs_credential_id: string): void =>
  comeToRest(world, { is: 'credential', id: acs_credential_id }, () =>
    step(world, acs_credential_id),
  )

/** The server has forgotten a credential that it confirmed: Seam goes on believing that it has it. */
export const loseCredential = (world: World, acs_credential_id: string): void => {
  if (world.acs_credentials.get(acs_credential_id) === undefined) return
  world.acs_credentials.update(acs_credential_id, { held: null })
}

/** Asks for the deletion of a credential, with those on phones that it stands for. */
export const deleteCredential = (world: World, acs_credential_id: string): void => {
  const { deletion_requested_at } = requireCredential(world, acs_credential_id)
  if (deletion_requested_at !== null) return
  world.acs_credentials.update(acs_credential_id, { deletion_requested_at: world.now })
  for (const child of keysOf(world, acs_credential_id))
    deleteCredential(world, child.acs_credential_id)
  bringCredentialForward(world, acs_credential_id)
  react(world, 'acs_credential_moved', acs_credential_id)
}

/** Its system has heard of the user: what waited for that goes on. */
export const wakeCredentialsOfUser = (world: World, acs_user_id: string): void => {
  for (const { acs_credential_id } of credentialsOfUser(world, requireAcsUser(world, acs_user_id)))
    bringCredentialForward(world, acs_credential_id)
}

/** The user is gone from the system, and its credentials with it: what is on cards stays there. */
export const deleteCredentialsOfUser = (world: World, acs_user_id: string): void => {
  const credentials = credentialsOfUser(world, requireAcsUser(world, acs_user_id))
  for (const { acs_credential_id } of credentials) invalidate(world, acs_credential_id)
  for (const { acs_credential_id } of credentials) {
    const credential = world.acs_credentials.get(acs_credential_id)
    if (credential !== undefined) forget(world, credential)
  }
}

/** Its system can be reached again: what waited goes on. */
export const wakeCredentialsOfSystem = (world: World, acs_system_id: string): void => {
  for (const { acs_credential_id, push } of credentialsOfSystem(world, acs_system_id)) {
    if (push !== null) bringCredentialForward(world, acs_credential_id)
  }
}
