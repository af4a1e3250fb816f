/** The journal of calls. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { count, instant, textOrNull } from './fields.ts'
import { nextPage, paging } from './paging.ts'
import { controlRoute, reads, removes } from './route.ts'

/** More calls of a workspace than this are forgotten. */
export const CALLS_PER_WORKSPACE = 1_000

export const journalEntry = once(() =>
  z
    .strictObject({
      request_id: z.string().describe('The `seam-request-id` of the answer.'),
      at: instant("When it came, by the workspace's clock."),
      wall_at: instant("When it came, by the machine's clock."),
      method: z.string().describe('The HTTP method.'),
      path: z.string().describe('The path.'),
      query: z.string().describe('The query; empty without one.'),
      body: z
        .unknown()
        .describe('The JSON value, or the text where it is none; null without a body.'),
      unknown_parameters: z
        .array(z.string())
        .describe(
          'Parameters that the route does not have, which are ignored as Seam ignores them.',
        ),
      status: count('The HTTP status that was answered.'),
      error_type: textOrNull("Seam's type of the error that was answered."),
      fault_id: textOrNull('The fault that acted on it.'),
      has_next_page: z.boolean().describe('Whether the answer was a page with more to come.'),
      client: textOrNull(
        "The emulator's own tool that called, such as `cli` or `library`; null for the integration.",
      ),
      unmatched: z
        .enum(['not_implemented', 'unknown_path'])
        .nullable()
        .describe(
          'Why no endpoint answered: Seam has the route and the emulator does not, or nobody has it; null where one did.',
        ),
      did_you_mean: textOrNull('The path that was probably meant, for one that nobody has.'),
      duration_ms: count('How long it took to be answered, ms of real time.'),
      event_ids: z.array(z.string()).describe('The events that it caused itself, in order.'),
      answer: textOrNull(
        'The beginning of what was answered; null where that was not kept: it is while somebody reads `stream`.',
      ),
    })
    .meta({ id: 'request', description: 'One API call that the workspace received.' }),
)
export type JournalEntry = z.output<ReturnType<typeof journalEntry>>

/** Who calls: the integration under test, or the emulator's own tools. */
const callers = ['integration', 'tools', 'all'] as const

export const requestRoutes = {
  list: controlRoute({
    path: '/_emulator/requests/list',
    methods: reads,
    summary: `The last ${CALLS_PER_WORKSPACE} calls that this workspace's API received, oldest first.`,
    params: () =>
      z.strictObject({
        path: z
          .string()
          .meta({ description: 'Only calls to this path.', examples: ['/access_codes/create'] })
          .optional(),
        method: z
          .string()
          .meta({ description: 'Only calls with this method.', examples: ['POST'] })
          .optional(),
        status: z
          .number()
          .meta({ description: 'Only calls that were answered so.', examples: [400] })
          .optional(),
        unmatched: z
          .boolean()
          .describe('Only calls that no endpoint answered, or only those that one did.')
          .optional(),
        callers: z
          .enum(callers)
          .describe(
            "Whose calls: the integration's, those of the emulator's own command line and library, or all.",
          )
          .default('integration'),
        event_id: z.string().describe('Only the call that caused this event.').optional(),
        ...paging('When not given: the latest, the oldest of them first.'),
        limit: z.number().int().min(1).describe('At most so many.').default(CALLS_PER_WORKSPACE),
      }),
    result: () => ({ requests: z.array(journalEntry()).describe('The calls.'), ...nextPage() }),
    example: () => ({ path: '/access_codes/create', status: 200 }),
  }),
  clear: controlRoute({
    path: '/_emulator/requests/clear',
    methods: removes,
    summary: 'Forgets the calls received so far.',
    params: () => z.strictObject({}),
    result: () => ({ cleared: count('How many calls are forgotten.') }),
    example: () => ({}),
  }),
}
