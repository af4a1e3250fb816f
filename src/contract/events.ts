/** Events, with what caused them. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import {
  FRONT_DOOR,
  accessCodeId,
  deviceId,
  eventTypeOrTypes,
  instant,
  textOrNull,
} from './fields.ts'
import { nextPage, paging } from './paging.ts'
import { controlRoute, reads } from './route.ts'
import { seamEvent } from './seam.ts'

export const recordedEvent = once(() =>
  z
    .strictObject({
      event_id: z.string().describe('Its id.'),
      event_type: z.string().describe('Its type.'),
      at: instant("When it was recorded, by the workspace's clock."),
      occurred_at: instant('When it happened.'),
      device_id: textOrNull('The device that it is about.'),
      access_code_id: textOrNull('The access code that it is about.'),
      request_id: textOrNull(
        'The call that caused it, as long as that is kept; null where time did.',
      ),
      event: seamEvent(),
    })
    .meta({ id: 'recorded_event', description: 'An event, and the call that caused it.' }),
)
export type RecordedEvent = z.output<ReturnType<typeof recordedEvent>>

export const eventRoutes = {
  list: controlRoute({
    path: '/_emulator/events/list',
    methods: reads,
    summary: 'Events with the call that caused each, from either end of the list.',
    params: () =>
      z.strictObject({
        device_id: deviceId().describe('Only about this device.').optional(),
        access_code_id: accessCodeId().describe('Only about this access code.').optional(),
        event_type: eventTypeOrTypes().describe('Only of this type, or of these.').optional(),
        ...paging('`asc` when not given.'),
        limit: z.number().int().min(1).max(10_000).describe('At most so many.').default(500),
      }),
    result: () => ({ events: z.array(recordedEvent()).describe('The events.'), ...nextPage() }),
    after: () => [{ path: '/access_codes/create', body: { device_id: FRONT_DOOR, name: 'Guest' } }],
    example: () => ({ order: 'desc', limit: 10 }),
  }),
}
