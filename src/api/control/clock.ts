import type { z } from 'zod'
import { agenda, edgesUntil } from '../../sim/agenda/agenda.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import { failedJobs } from '../../sim/kernel/failed-jobs.ts'
import { END_OF_TIME, toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { targetOfNext } from './next.ts'
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
    const target = context.read((world) => targetOf(world, params))
    const leap = await services.advance(workspace_id, target)
    return {
      ...clockOf(context),
      transcript: leap.entries.map(presentEntry),
      truncated: leap.truncated,
      jobs: leap.jobs,
      reached: leap.reached,
    }
  },
})

const presentEntry = (entry: TranscriptEntry) => ({ ...entry, at: toIso(entry.at) })

/** How far a leap looks for the next of something, when nobody says. */
const MONTH = 30 * 86_400_000

const targetOf = (
  world: World,
  { by, to, to_next, max }: z.output<ReturnType<typeof clockRoutes.advance.params>>,
) => {
  if (max !== undefined && (to_next === undefined || to_next === true))
    throw invalidInput('max', 'max goes with to_next and what is looked for, such as check_in')
  if (to !== undefined) return { to }
  if (by !== undefined) return { by }
  if (to_next === true || to_next === undefined) return { to_next: true as const }
  return targetOfNext(world, to_next, max ?? MONTH)
}

const stop = answerRoute(clockRoutes.stop, {
  effect: 'async',
  handler: (context) =>
    Promise.resolve({
      stopped: context.services.stop(context.workspace_id),
      ...clockOf(context),
    }),
})

const comes = answerRoute(clockRoutes.agenda, {
  effect: 'read',
  handler: ({ world }, { limit }) => ({
    agenda: agenda(world, limit).map((it) => ({ ...it, at: toIso(it.at) })),
  }),
})

const preview = answerRoute(clockRoutes.preview, {
  effect: 'async',
  handler: ({ read, services, workspace_id }, { by, to: instant, patience }) => {
    const { to, guests } = read((world) => {
      const end = Math.min(instant ?? world.now + (by ?? 0), END_OF_TIME)
      if (end < world.now)
        throw invalidInput('to', `Time runs forwards only: it is ${toIso(world.now)} already.`)
      return { to: end, guests: edgesUntil(world, end) }
    })
    const rehearsed = services.rehearse(workspace_id, { to, patience })
    return Promise.resolve({ preview: { to: toIso(to), ...rehearsed, ...guests } })
  },
})

export const clockEndpoints = [get, freeze, resume, advance, stop, comes, preview]
