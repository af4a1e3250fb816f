/** What Traffic shows, asked anew when something came. */
import { useMemo, useState } from 'preact/hooks'
import { useAsk } from '../live/use-ask.ts'
import { traffic } from '../model/state.ts'
import { rowsOf } from './rows.ts'
import type { TrafficRow } from './rows.ts'

const FIRST = 250
/** Four lists at a time: not more often than this, ms. */
const APART = 400
/** No route gives more at once than this. */
const MOST = 10_000

interface Shown {
  /** null before everything has come. */
  readonly rows: readonly TrafficRow[] | null
  readonly hasOlder: boolean
  readonly showOlder: () => void
}

export const useTraffic = (): Shown => {
  const [limit, setLimit] = useState(FIRST)
  const when = [traffic.value]
  const page = { order: 'desc' as const, limit }
  const calls = useAsk('/_emulator/requests/list', page, when, APART).answer
  const events = useAsk('/_emulator/events/list', page, when, APART).answer
  const deliveries = useAsk('/_emulator/webhook_deliveries/list', page, when, APART).answer
  const inbox = useAsk('/_emulator/inbox/list', page, when, APART).answer
  const isThere = calls !== null && events !== null && deliveries !== null && inbox !== null
  const rows = useMemo(
    () =>
      isThere
        ? rowsOf({
            calls: calls.requests,
            events: events.events,
            deliveries: deliveries.webhook_deliveries,
            messages: inbox.messages,
          })
        : null,
    [calls, events, deliveries, inbox],
  )
  return {
    rows,
    hasOlder:
      limit < MOST && [calls, events, deliveries, inbox].some((it) => (it?.next ?? null) !== null),
    showOlder: () => setLimit((before) => Math.min(MOST, before * 4)),
  }
}
