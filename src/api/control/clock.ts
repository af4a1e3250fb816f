import { invalidInput } from '../../sim/kernel/errors.ts'
import { failedJobs } from '../../sim/kernel/failed-jobs.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'
import { clockRoutes } from '../../contract/clock.ts'
import type { AsyncContext } from '../http/endpoint.ts'
import type { Services, TranscriptEntry } from '../http/services.ts'

export const presentClock = (world: World, services: Services) => {
  const { clock_mode, clock_rate } = world.workspace
  const next = services.nextInstant(world.workspace_id)
  return {
    now: toIso(world.now),
    mode: clock_mode,
    rate: clock_rate,
    next_job_at: next === null ? null : toIso(next),
    lag: services.lag(world.workspace_id),
    failed_jobs: failedJobs(world).map(({ kind, subject, due_at, reason }) => ({
      kind,
      subject,
      due_at: toIso(due_at),
      reason,
    })),
  }
}

const clockOf = ({ read, services }: AsyncContext) => ({
  clock: read((world) => presentClock(world, services)),
})

const get = answerRoute(clockRoutes.get, {
  effect: 'read',
  handler: ({ world, services }) => ({ clock: presentClock(world, services) }),
})

const freeze = answerRoute(clockRoutes.freeze, {
  effect: 'async',
  handler: async (context, { at }) => {
    await context.services.freeze(context.workspace_id, at)
    return clockOf(context)
  },
})

const resume = answerRoute(clockRoutes.resume, {
  effect: 'async',
  handler: async (context, { rate }) => {
    context.services.resume(context.workspace_id, rate)
    return clockOf(context)
  },
})

const advance = answerRoute(clockRoutes.advance, {
  effect: 'async',
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

const presentEntry = (entry: TranscriptEntry) => ({ ...entry, at: toIso(entry.at) })

const targetOf = ({ by, to }: { by?: number | undefined; to?: number | undefined }) => {
  if (to !== undefined) return { to }
  return by === undefined ? { to_next: true as const } : { by }
}

export const clockEndpoints = [get, freeze, resume, advance]
