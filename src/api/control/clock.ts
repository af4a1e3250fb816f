import { z } from 'zod'
import { duration } from '../../lib/duration.ts'
import { once } from '../../lib/once.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import type { AsyncContext } from '../http/endpoint.ts'
import { timestamp } from '../http/fields.ts'
import type { Services, TranscriptEntry } from '../http/services.ts'

const clock = once(() =>
  z.strictObject({
    now: z.string(),
    mode: z.enum(['realtime', 'scaled', 'frozen']),
    rate: z.number(),
    next_job_at: z.string().nullable(),
  }),
)

const presentClock = (world: World, services: Services) => {
  const { clock_mode, clock_rate } = world.workspace
  const next = services.nextInstant(world.workspace_id)
  return {
    now: toIso(world.now),
    mode: clock_mode,
    rate: clock_rate,
    next_job_at: next === null ? null : toIso(next),
  }
}

const clockOf = ({ read, services }: AsyncContext) => ({
  clock: read((world) => presentClock(world, services)),
})

const get = defineEndpoint({
  path: '/_emulator/clock/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: "The workspace's clock.",
  effect: 'read',
  params: () => z.strictObject({}),
  result: () => ({ clock: clock() }),
  handler: ({ world, services }) => ({ clock: presentClock(world, services) }),
})

const freeze = defineEndpoint({
  path: '/_emulator/clock/freeze',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Stops the clock, now or at a later instant to which it leaps first.',
  effect: 'async',
  params: () => z.strictObject({ at: timestamp().optional() }),
  result: () => ({ clock: clock() }),
  handler: async (context, { at }) => {
    await context.services.freeze(context.workspace_id, at)
    return clockOf(context)
  },
})

const resume = defineEndpoint({
  path: '/_emulator/clock/resume',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Lets the clock run from where it stands, at `rate` seconds per second.',
  effect: 'async',
  params: () => z.strictObject({ rate: z.number().positive().max(1_000_000).default(1) }),
  result: () => ({ clock: clock() }),
  handler: async (context, { rate }) => {
    context.services.resume(context.workspace_id, rate)
    return clockOf(context)
  },
})

const advance = defineEndpoint({
  path: '/_emulator/clock/advance',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Leaps ahead; answers when every job is done and every delivery attempted on the way.',
  effect: 'async',
  params: () =>
    z.strictObject({
      by: duration().optional(),
      to: timestamp().optional(),
      to_next: z.literal(true).optional(),
    }),
  result: () => ({
    clock: clock(),
    transcript: z.array(z.looseObject({ at: z.string(), kind: z.string() })),
    truncated: z.boolean(),
    jobs: z.number(),
  }),
  handler: async (context, params) => {
    const { services, workspace_id } = context
    const given = [params.by, params.to, params.to_next].filter((value) => value !== undefined)
    if (given.length !== 1) throw invalidInput('by', 'Give exactly one of by, to and to_next')
    const leap = await services.advance(workspace_id, targetOf(params))
    return {
      ...clockOf(context),
      transcript: leap.entries.map(presentEntry),
      truncated: leap.truncated,
      jobs: leap.jobs,
    }
  },
})

const presentEntry = ({ at, kind, ...rest }: TranscriptEntry) => ({ at: toIso(at), kind, ...rest })

const targetOf = ({ by, to }: { by?: number | undefined; to?: number | undefined }) => {
  if (to !== undefined) return { to }
  return by === undefined ? { to_next: true as const } : { by }
}

export const clockEndpoints = [get, freeze, resume, advance]
