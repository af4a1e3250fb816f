/** One row with all that is known of it, and what hangs together with it. */
import { curlLine } from '../../as-code/curl-line.ts'
import { act } from '../acting/act.ts'
import { CopyButton } from '../acting/copy-button.tsx'
import { trafficCopy as copy } from '../copy/traffic.ts'
import { apiKey } from '../live/key.ts'
import { linkTo } from '../router.ts'
import { ActButton } from '../ui/button.tsx'
import { CallDetail, DeliveryDetail, EventDetail, MessageDetail } from './parts.tsx'
import { chainOf } from './rows.ts'
import type { TrafficRow } from './rows.ts'

const Chain = ({ row, rows }: { row: TrafficRow; rows: readonly TrafficRow[] }) => {
  const chain = chainOf(rows, row)
  return (
    <nav aria-label={copy.chain}>
      <ol class="traffic-chain">
        {chain.map((it) => (
          <li key={`${it.kind} ${it.id}`} data-kind={it.kind}>
            <a href={linkTo('traffic', it.id)} aria-current={it === row ? 'step' : undefined}>
              <span class="traffic-kind">{copy.kinds[it.kind].one}</span>
              <span class="mono">{it.title}</span>
              <span class="traffic-outcome" data-bad={it.isBad}>
                {it.outcome}
              </span>
            </a>
          </li>
        ))}
      </ol>
      {chain.every(({ kind }) => kind !== 'call') && <p class="quiet">{copy.byTime}</p>}
    </nav>
  )
}

const Part = ({ row }: { row: TrafficRow }) => {
  switch (row.kind) {
    case 'call':
      return <CallDetail call={row.of} />
    case 'event':
      return <EventDetail told={row.of} />
    case 'delivery':
      return <DeliveryDetail delivery={row.of} />
    case 'message':
      return <MessageDetail message={row.of} />
    default:
      return row satisfies never
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** The call as it was, or the one that shows the thing again. */
const actionOf = (row: TrafficRow) =>
  row.kind === 'call'
    ? {
        path: row.of.path,
        body: {
          ...Object.fromEntries(new URLSearchParams(row.of.query)),
          ...asRecord(row.of.body),
        },
      }
    : { path: '/events/get', body: { event_id: row.event_id } }

/** What is sent once more: the message that was sent, or the event anew. */
const againOf = (row: TrafficRow) => {
  const { message_id, event_id } = row
  if (row.kind !== 'event' && message_id !== null) return { message_id }
  return event_id === null ? null : { event_id }
}

const Acts = ({ row }: { row: TrafficRow }) => {
  const again = againOf(row)
  const target = { endpoint: location.origin, apiKey: apiKey.value ?? '' }
  return (
    <div class="detail-acts">
      <CopyButton text={curlLine(actionOf(row), target)} label={copy.copyCurl} done={copy.copied} />
      {again !== null && (
        <ActButton
          act={() =>
            act({
              path: '/_emulator/webhook_deliveries/resend',
              body: again,
              says: copy.resendSays(row.title),
            })
          }
        >
          {copy.resend}
        </ActButton>
      )}
    </div>
  )
}

export const Detail = ({ row, rows }: { row: TrafficRow; rows: readonly TrafficRow[] }) => (
  <article class="detail" data-detail={row.kind} data-id={row.id}>
    <div class="detail-head">
      <h2>
        <span class="traffic-kind" data-kind={row.kind}>
          {copy.kinds[row.kind].one}
        </span>{' '}
        <span class="mono">{row.title}</span>
      </h2>
    </div>
    <Acts row={row} />
    <Chain row={row} rows={rows} />
    <Part row={row} />
  </article>
)
