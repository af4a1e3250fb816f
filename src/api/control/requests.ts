import type { z } from 'zod'
import { toIso } from '../../sim/kernel/instant.ts'
import { answerRoute } from './endpoint.ts'
import { requestRoutes } from '../../contract/requests.ts'
import type { journalEntry } from '../../contract/requests.ts'
import type { JournalEntry } from '../http/request-log.ts'

const valueOf = (text: string): unknown => {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const present = (entry: JournalEntry): z.input<ReturnType<typeof journalEntry>> => ({
  ...entry,
  unknown_parameters: [...entry.unknown_parameters],
  at: toIso(entry.at),
  wall_at: toIso(entry.wall_at),
  body: valueOf(entry.body),
})

const list = answerRoute(requestRoutes.list, {
  effect: 'read',
  handler: ({ world, services }, { path, method, status, unmatched, callers, limit }) => ({
    requests: services.journal
      .list(world.workspace_id, callers)
      .filter(
        (entry) =>
          (path ?? entry.path) === entry.path &&
          (method?.toUpperCase() ?? entry.method) === entry.method &&
          (status ?? entry.status) === entry.status &&
          (unmatched ?? entry.unmatched !== null) === (entry.unmatched !== null),
      )
      .slice(-limit)
      .map(present),
  }),
})

const clear = answerRoute(requestRoutes.clear, {
  effect: 'read',
  handler: ({ world, services }) => ({ cleared: services.journal.clear(world.workspace_id) }),
})

export const requestEndpoints = [list, clear]
