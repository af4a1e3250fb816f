/** What a code has left behind: its life, its calls, events and messages. */
import type { ComponentChildren } from 'preact'
import type { Explanation } from '../../contract/access-codes.ts'
import { codeCopy as copy } from '../copy/code.ts'
import { entryText } from '../door/entries.tsx'
import { useAsk } from '../live/use-ask.ts'
import { seq } from '../model/state.ts'
import { Instant, instantText } from '../ui/time.tsx'

type Trace<K extends 'events' | 'requests' | 'deliveries' | 'timeline'> = NonNullable<
  Explanation[K]
>

interface TraceProps {
  heading: string
  none: string
  count: number
  children: ComponentChildren
}

const Part = ({ heading, none, count, children }: TraceProps) => (
  <section class="code-part" aria-label={heading}>
    <h2>{heading}</h2>
    {count === 0 ? <p class="quiet">{none}</p> : <ol class="entries">{children}</ol>}
  </section>
)

const Line = ({ at, children }: { at: string; children: ComponentChildren }) => (
  <li>
    <span class="quiet">
      <Instant at={at} exact />
    </span>
    <span>{children}</span>
  </li>
)

export const Events = ({ events }: { events: Trace<'events'> }) => (
  <Part heading={copy.events} none={copy.noEvents} count={events.length}>
    {events.map(({ event_id, event_type, at }) => (
      <Line key={event_id} at={at}>
        <code>{event_type}</code>
      </Line>
    ))}
  </Part>
)

/** What this page itself reads is nothing that happened. */
const isOwnLook = ({ client, path }: Trace<'requests'>[number]): boolean =>
  client === 'console' && path.endsWith('/get')

export const Calls = ({ requests }: { requests: Trace<'requests'> }) => {
  const shown = requests.filter((it) => !isOwnLook(it))
  return (
    <Part heading={copy.calls} none={copy.noCalls} count={shown.length}>
      {shown.map(({ request_id, at, path, status, client, error_type }) => (
        <Line key={request_id} at={at}>
          <code>{path}</code> {status} {error_type}{' '}
          {client !== null && <span class="quiet">{copy.by(client)}</span>}
        </Line>
      ))}
    </Part>
  )
}

export const Messages = ({ deliveries }: { deliveries: Trace<'deliveries'> }) => (
  <Part heading={copy.deliveries} none={copy.noDeliveries} count={deliveries.length}>
    {deliveries.map(({ message_id, event_type, state, attempts, created_at }, n) => (
      <Line key={`${message_id} ${n}`} at={created_at}>
        <code>{event_type}</code> {state}{' '}
        <span class="quiet">{copy.attempts(attempts.length)}</span>
      </Line>
    ))}
  </Part>
)

/** Each command that a lock did not do, from the emulator's chronicle. */
export const Failures = ({ access_code_id }: { access_code_id: string }) => {
  const { answer } = useAsk(
    '/_emulator/chronicle',
    {
      access_code_id,
      kinds: ['command_answered', 'slot_lost', 'keypad_entry', 'manufacturer_app'],
    },
    [seq.value],
  )
  if (answer === null || answer.chronicle.length === 0) return null
  return (
    <Part heading={copy.failures} none="" count={answer.chronicle.length}>
      {answer.chronicle.map((it) => (
        <Line key={it.seq} at={it.at}>
          <span data-kind={it.kind}>{entryText(it)}</span>{' '}
          {it.message !== undefined && <span class="quiet">{it.message}</span>}
        </Line>
      ))}
    </Part>
  )
}

const text = (at: string | null): string => (at === null ? copy.now : instantText(Date.parse(at)))

export const Life = ({ timeline }: { timeline: Trace<'timeline'> | null }) => {
  if (timeline === null) return null
  const { on_lock, locked_out, overstay } = timeline
  const count = on_lock.length + locked_out.length + overstay.length
  if (count === 0) return null
  return (
    <section class="code-part" aria-label={copy.life}>
      <h2>{copy.life}</h2>
      <ul class="life">
        {on_lock.map(({ from, to }) => (
          <li key={`on ${from}`}>{copy.opened(text(from), text(to))}</li>
        ))}
        {locked_out.map(({ from, to, reason }) => (
          <li key={`out ${from}`} data-kind="locked_out">
            {copy.lockedOut(text(from), text(to), reason)}
          </li>
        ))}
        {overstay.map(({ from, to }) => (
          <li key={`over ${from}`} data-kind="overstay">
            {copy.overstay(text(from), text(to))}
          </li>
        ))}
      </ul>
    </section>
  )
}
