/** Waiting for one thing: what is answered follows from what was asked for. */
import type { grantStates } from '../contract/explain-access.ts'
import type {
  SeamAcsCredential,
  SeamAcsEntrance,
  SeamAcsUser,
  SeamThermostatSchedule,
} from '../contract/seam-acs.ts'
import type {
  ActionAttempt,
  SeamAccessCode,
  SeamAccessGrant,
  SeamAccessMethod,
  SeamDevice,
  SeamEvent,
} from '../contract/seam.ts'
import type {
  attemptStatuses,
  codeStatuses,
  deviceStatuses,
  methodStatuses,
} from '../contract/seam.ts'
import type { waitedStatuses } from '../contract/wait-until.ts'
import type { EventType } from '../contract/vocabulary.ts'
import type { Duration } from './inputs.ts'

export type AccessCodeStatus = (typeof codeStatuses)[number]
export type DeviceStatus = (typeof deviceStatuses)[number]
export type ActionAttemptStatus = (typeof attemptStatuses)[number]
/** How far a grant has come, as `accessGrants.explain` says. */
export type AccessGrantState = Exclude<(typeof grantStates)[number], 'deleted'>
export type AccessMethodStatus = (typeof methodStatuses)[number]

/** The statuses of a kind of thing, but for that of what is gone. */
type StatusOf<Kind extends keyof typeof waitedStatuses> = Exclude<
  (typeof waitedStatuses)[Kind][number],
  'deleted'
>

/** A wait for the thing of this id: a status, `deleted` once it is gone; an event about it; or both. */
type WaitOf<Id extends string, Status extends string> = Record<Id, string> & {
  status?: Status | 'deleted' | undefined
  event_type?: EventType | undefined
  /** Of workspace time; 30 s when not given. */
  timeout?: Duration | undefined
}

export type WaitInput =
  | WaitOf<'access_code_id', AccessCodeStatus>
  | WaitOf<'device_id', DeviceStatus>
  | WaitOf<'action_attempt_id', ActionAttemptStatus>
  | WaitOf<'access_grant_id', AccessGrantState>
  | WaitOf<'access_method_id', AccessMethodStatus>
  | WaitOf<'acs_user_id', StatusOf<'acs_user'>>
  | WaitOf<'acs_credential_id', StatusOf<'acs_credential'>>
  | WaitOf<'acs_entrance_id', StatusOf<'acs_entrance'>>
  | WaitOf<'thermostat_schedule_id', StatusOf<'thermostat_schedule'>>

/** What a wait may find; see the overloads of `waitUntil` for what is certain. */
export interface Waited {
  access_code?: SeamAccessCode
  device?: SeamDevice
  action_attempt?: ActionAttempt
  access_grant?: SeamAccessGrant
  access_method?: SeamAccessMethod
  acs_user?: SeamAcsUser
  acs_credential?: SeamAcsCredential
  acs_entrance?: SeamAcsEntrance
  thermostat_schedule?: SeamThermostatSchedule
  event?: SeamEvent
}

interface WaitFor<Id extends string, Status extends string, Found> {
  /** Until it has the status and had the event. */
  (
    input: WaitOf<Id, Status> & { status: Status; event_type: EventType },
  ): Promise<Found & { event: SeamEvent }>
  /** Until it has the status. */
  (input: WaitOf<Id, Status> & { status: Status }): Promise<Found>
  /** Until it had the event; it may be gone since. */
  (
    input: WaitOf<Id, Status> & { event_type: EventType },
  ): Promise<Partial<Found> & { event: SeamEvent }>
  /** Until it is gone. */
  (input: WaitOf<Id, Status> & { status: 'deleted' }): Promise<Partial<Found>>
}

/**
 * Waits until something has a status, had an event, or both; a frozen clock leaps there.
 *
 * @throws EmulatorError `wait_timeout`, with what is missing
 */
export type WaitUntil = WaitFor<
  'access_code_id',
  AccessCodeStatus,
  { access_code: SeamAccessCode }
> &
  WaitFor<'device_id', DeviceStatus, { device: SeamDevice }> &
  WaitFor<'action_attempt_id', ActionAttemptStatus, { action_attempt: ActionAttempt }> &
  WaitFor<'access_grant_id', AccessGrantState, { access_grant: SeamAccessGrant }> &
  WaitFor<'access_method_id', AccessMethodStatus, { access_method: SeamAccessMethod }> &
  WaitFor<'acs_user_id', StatusOf<'acs_user'>, { acs_user: SeamAcsUser }> &
  WaitFor<'acs_credential_id', StatusOf<'acs_credential'>, { acs_credential: SeamAcsCredential }> &
  WaitFor<'acs_entrance_id', StatusOf<'acs_entrance'>, { acs_entrance: SeamAcsEntrance }> &
  WaitFor<
    'thermostat_schedule_id',
    StatusOf<'thermostat_schedule'>,
    { thermostat_schedule: SeamThermostatSchedule }
  > &
  ((input: WaitInput) => Promise<Waited>)
