import type { z } from 'zod'
import { toIso } from '../../sim/kernel/instant.ts'
import { latest, pageAtHand } from './paging.ts'
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

export const presentCall = (entry: JournalEntry): z.input<ReturnType<typeof journalEntry>> => ({
  ...entry,
  unknown_parameters: [...entry.unknown_parameters],
  event_ids: [...entry.event_ids],
  at: toIso(entry.at),
  wall_at: toIso(entry.wall_at),
  body: valueOf(entry.body),
})

const numberOf = ({ request_id }: JournalEntry): number => Number(request_id.replace(/^\D+/, ''))

type Wanted = Omit<z.output<ReturnType<typeof requestRoutes.list.params>>, 'callers' | 'limit'>

const fits = (
  entry: JournalEntry,
  { path, method, status, unmatched, event_id }: Wanted,
): boolean =>
  (path ?? entry.path) === entry.path &&
  (method?.toUpperCase() ?? entry.method) === entry.method &&
  (status ?? entry.status) === entry.status &&
  (unmatched ?? entry.unmatched !== null) === (entry.unmatched !== null) &&
  (event_id === undefined || entry.event_ids.includes(event_id))

const list = answerRoute(requestRoutes.list, {
  effect: 'read',
  handler: ({ world, services }, { callers, limit, order, after, ...wanted }) => {
    const all = services.journal
      .list(world.workspace_id, callers)
      .filter((entry) => fits(entry, wanted))
    if (order === undefined)
      return { requests: latest(all, { after, limit }).map(presentCall), next: null }
    const { page, next } = pageAtHand(all, { order, after, limit }, numberOf)
    return { requests: page.map(presentCall), next }
  },
})

const clear = answerRoute(requestRoutes.clear, {
  effect: 'read',
  handler: ({ world, services }) => ({ cleared: services.journal.clear(world.workspace_id) }),
})

export const requestEndpoints = [list, clear]
