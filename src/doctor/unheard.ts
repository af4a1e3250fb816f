/** Events that nobody heard of. */
import { count } from './evidence.ts'
import type { Check, EvidentEvent, Evidence } from './evidence.ts'

const isHeard = ({ requests, deliveries }: Evidence, event_id: string): boolean =>
  requests.some(({ path }) => path === '/events/list' || path === '/events/get') ||
  deliveries.some((it) => it.event_id === event_id && it.state === 'delivered')

/** Events of a type, or those that are meant. */
type Meant = EvidentEvent['event_type'] | ((event: EvidentEvent) => boolean)

/** A check that says of some events whether anybody ever heard of them. */
export const heard =
  (check: string, meant: Meant, what: string, advice: string): Check =>
  (evidence) => {
    const told = evidence.events.filter((event) =>
      typeof meant === 'function' ? meant(event) : event.event_type === meant,
    )
    if (told.length === 0) return []
    const unheard = told.filter(({ event_id }) => !isHeard(evidence, event_id))
    if (unheard.length === 0) {
      return [{ check, verdict: 'good', text: `Everything that ${what} told was heard.` }]
    }
    const text = `${count(unheard.length, 'time')} ${what} told of something, and nobody heard it.`
    return [{ check, verdict: 'warning', text, advice }]
  }
