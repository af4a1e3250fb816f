/** Waiting for what is to come. */
import { z } from 'zod'
import { accessCodeId, deviceId, duration, eventType, id } from './fields.ts'
import { grantStates } from './explain-access.ts'
import { acts, controlRoute } from './route.ts'
import {
  actionAttempt,
  attemptStatuses,
  codeStatuses,
  deviceStatuses,
  methodStatuses,
  seamAccessCode,
  seamAccessGrant,
  seamAccessMethod,
  seamDevice,
  seamEvent,
} from './seam.ts'
import { FRONT_DOOR } from './fields.ts'
import {
  seamAcsCredential,
  seamAcsEntrance,
  seamAcsUser,
  seamThermostatSchedule,
} from './seam-acs.ts'

/** The statuses that each kind of thing can be waited for; `deleted` holds once it is gone. */
export const waitedStatuses = {
  access_code: [...codeStatuses, 'deleted'],
  device: [...deviceStatuses, 'deleted'],
  action_attempt: [...attemptStatuses, 'deleted'],
  access_grant: grantStates,
  access_method: [...methodStatuses, 'deleted'],
  acs_user: ['creating', 'updating', 'created', 'deleting', 'deleted'],
  acs_credential: [...methodStatuses, 'deleted'],
  acs_entrance: [...deviceStatuses, 'deleted'],
  thermostat_schedule: ['future', 'active', 'over', 'deleted'],
} as const

/** The parameters that name what is waited for. */
export const waitedIds = [
  'access_code_id',
  'device_id',
  'action_attempt_id',
  'access_grant_id',
  'access_method_id',
  'acs_user_id',
  'acs_credential_id',
  'acs_entrance_id',
  'thermostat_schedule_id',
] as const

export type WaitedId = (typeof waitedIds)[number]

/** Wall-clock patience is not meant: this is workspace time, ms. */
export const DEFAULT_TIMEOUT = 30_000

/** How long a wait may last. */
export const timeout = () =>
  duration('How long to wait at most, in workspace time; 30 seconds when not given.').default(
    DEFAULT_TIMEOUT,
  )

export const waitUntilRoute = controlRoute({
  path: '/_emulator/wait_until',
  methods: acts,
  summary: 'Waits until something has a status, had an event, or both; a frozen clock leaps there.',
  params: () =>
    z.strictObject({
      access_code_id: accessCodeId().optional(),
      device_id: deviceId().optional(),
      action_attempt_id: id()
        .describe('The action attempt. Give exactly one of these ids.')
        .optional(),
      access_grant_id: id().describe('The access grant: its `access_grant_id`.').optional(),
      access_method_id: id().describe('The access method: its `access_method_id`.').optional(),
      acs_user_id: id().describe('The user of an access system: its `acs_user_id`.').optional(),
      acs_credential_id: id().describe('The credential: its `acs_credential_id`.').optional(),
      acs_entrance_id: id()
        .describe('The door of an access system: its `acs_entrance_id`.')
        .optional(),
      thermostat_schedule_id: id()
        .describe('The schedule: its `thermostat_schedule_id`.')
        .optional(),
      status: z
        .string()
        .meta({
          description: `The status to wait for. Access codes: ${waitedStatuses.access_code.join(', ')}; devices: ${waitedStatuses.device.join(', ')}; action attempts: ${waitedStatuses.action_attempt.join(', ')}; access grants: ${waitedStatuses.access_grant.join(', ')}; access methods: ${waitedStatuses.access_method.join(', ')}; users of access systems: ${waitedStatuses.acs_user.join(', ')}; credentials: ${waitedStatuses.acs_credential.join(', ')}; entrances: ${waitedStatuses.acs_entrance.join(', ')}; thermostat schedules: ${waitedStatuses.thermostat_schedule.join(', ')}.`,
          examples: ['set'],
        })
        .optional(),
      event_type: eventType()
        .describe(
          'The event to wait for; one that was recorded before the call counts as well. Give `status`, this or both.',
        )
        .optional(),
      timeout: timeout(),
    }),
  result: () => ({
    access_code: seamAccessCode().optional(),
    device: seamDevice().optional(),
    action_attempt: actionAttempt().optional(),
    access_grant: seamAccessGrant().optional(),
    access_method: seamAccessMethod().optional(),
    acs_user: seamAcsUser().optional(),
    acs_credential: seamAcsCredential().optional(),
    acs_entrance: seamAcsEntrance().optional(),
    thermostat_schedule: seamThermostatSchedule().optional(),
    event: seamEvent().optional(),
  }),
  example: () => ({ device_id: FRONT_DOOR, status: 'online' }),
})
