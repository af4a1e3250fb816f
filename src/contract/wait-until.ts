/** Waiting for what is to come. */
import { z } from 'zod'
import { accessCodeId, deviceId, duration, eventType, id } from './fields.ts'
import { acts, controlRoute } from './route.ts'
import {
  actionAttempt,
  attemptStatuses,
  codeStatuses,
  deviceStatuses,
  seamAccessCode,
  seamDevice,
  seamEvent,
} from './seam.ts'
import { FRONT_DOOR } from './fields.ts'

/** The statuses that each kind of thing can be waited for; `deleted` holds once it is gone. */
export const waitedStatuses = {
  access_code: [...codeStatuses, 'deleted'],
  device: [...deviceStatuses, 'deleted'],
  action_attempt: [...attemptStatuses, 'deleted'],
} as const

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
        .describe('The action attempt. Give exactly one of `access_code_id`, `device_id` and this.')
        .optional(),
      status: z
        .string()
        .meta({
          description: `The status to wait for. Access codes: ${waitedStatuses.access_code.join(', ')}; devices: ${waitedStatuses.device.join(', ')}; action attempts: ${waitedStatuses.action_attempt.join(', ')}.`,
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
    event: seamEvent().optional(),
  }),
  example: () => ({ device_id: FRONT_DOOR, status: 'online' }),
})
