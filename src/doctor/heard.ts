/** Events that nobody heard of. */
import { count } from './evidence.ts'
import type { Check, Evidence } from './evidence.ts'

const isHeard = ({ requests, deliveries }: Evidence, event_id: string): boolean =>
  requests.some(({ path }) => path === '/events/list' || path === '/events/get') ||
  deliveries.some((it) => it.event_id === event_id && it.state === 'delivered')

/** A check that says of a type of event whether anybody ever heard of it. */
export const heard =
  (check: string, event_type: string, what: string, advice: string): Check =>
  (evidence) => {
    const told = evidence.events.filter((event) => event.event_type === event_type)
    if (told.length === 0) return []
    const unheard = told.filter(({ event_id }) => !isHeard(evidence, event_id))
    if (unheard.length === 0) {
      return [{ check, verdict: 'good', text: `Everything that ${what} told was heard.` }]
    }
    const text = `${count(unheard.length, 'time')} ${what} told of something, and nobody heard it.`
    return [{ check, verdict: 'warning', text, advice }]
  }
