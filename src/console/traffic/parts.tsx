/** What is known of a call, an event, a delivery and a message. */
import type { ComponentChildren } from 'preact'
import { trafficCopy as copy } from '../copy/traffic.ts'
import { world } from '../model/state.ts'
import { linkTo } from '../router.ts'
import { Fact, Facts, Json } from '../ui/facts.tsx'
import { Instant } from '../ui/time.tsx'
import type { Call, Delivery, Message, Told } from './rows.ts'

const { facts } = copy

const Section = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section>
    <h3>{title}</h3>
    {children}
  </section>
)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Only the beginning of a long answer is kept.
    return text
  }
}

export const CallDetail = ({ call }: { call: Call }) => (
  <>
    <Facts>
      <Fact name={facts.id}>
        <span class="mono">{call.request_id}</span>
      </Fact>
      <Fact name={facts.at}>
        <Instant at={call.at} exact />
      </Fact>
      <Fact name={facts.wall}>
        <Instant at={call.wall_at} exact />
      </Fact>
      <Fact name={facts.took}>{call.duration_ms.toFixed(1)} ms</Fact>
      <Fact name={facts.status}>{call.status}</Fact>
      <Fact name={facts.error}>{call.error_type}</Fact>
      <Fact name={facts.meant}>{call.did_you_mean}</Fact>
      <Fact name={facts.unknown}>{call.unknown_parameters.join(', ')}</Fact>
      <Fact name={facts.fault}>{call.fault_id}</Fact>
      <Fact name={facts.query}>{call.query}</Fact>
    </Facts>
    {call.unmatched !== null && <p class="tone-red">{copy.unmatched[call.unmatched]}</p>}
    {call.body !== null && (
      <Section title={copy.body}>
        <Json value={call.body} label={copy.body} />
      </Section>
    )}
    <Section title={copy.answer}>
      {call.answer === null ? (
        <p class="quiet">{copy.notKept}</p>
      ) : (
        <Json value={parsed(call.answer)} label={copy.answer} />
      )}
    </Section>
  </>
)

const doorName = (device_id: string): string =>
  world.value?.locks.find((it) => it.device_id === device_id)?.name ?? device_id

export const EventDetail = ({ told }: { told: Told }) => (
  <>
    <Facts>
      <Fact name={facts.id}>
        <span class="mono">{told.event_id}</span>
      </Fact>
      <Fact name={facts.at}>
        <Instant at={told.at} exact />
      </Fact>
      <Fact name={facts.occurred}>
        <Instant at={told.occurred_at} exact />
      </Fact>
      <Fact name={facts.door}>
        {told.device_id !== null && (
          <a href={linkTo('door', told.device_id)}>{doorName(told.device_id)}</a>
        )}
      </Fact>
      <Fact name={facts.code}>
        {told.access_code_id !== null && (
          <a href={linkTo('code', told.access_code_id)}>{told.access_code_id}</a>
        )}
      </Fact>
    </Facts>
    <Section title={copy.body}>
      <Json value={told.event} label={copy.body} />
    </Section>
  </>
)

const Attempt = ({ of }: { of: Delivery['attempts'][number] }) => (
  <li class="attempt" data-status={of.status ?? 'none'}>
    <p>
      <strong class={of.status !== null && of.status < 300 ? 'tone-green' : 'tone-red'}>
        {of.status ?? of.error}
      </strong>{' '}
      <span class="quiet">
        {of.attempt} · <Instant at={of.attempted_at} exact /> · {Math.round(of.duration)} ms
        {of.fault_id !== null && ` · ${facts.fault} ${of.fault_id}`}
      </span>
    </p>
    {of.response_body !== null && of.response_body !== '' && (
      <Json value={of.response_body} label={copy.answer} />
    )}
  </li>
)

export const DeliveryDetail = ({ delivery }: { delivery: Delivery }) => {
  const hook = world.value?.webhooks.find((it) => it.webhook_id === delivery.webhook_id)
  return (
    <>
      <Facts>
        <Fact name={facts.message}>
          <span class="mono">{delivery.message_id}</span>
        </Fact>
        <Fact name={facts.webhook}>{hook?.url ?? delivery.webhook_id}</Fact>
        <Fact name={facts.state}>{delivery.state}</Fact>
        <Fact name={facts.next}>
          {delivery.next_attempt_at !== null && <Instant at={delivery.next_attempt_at} exact />}
        </Fact>
        <Fact name={facts.fault}>{delivery.held_by}</Fact>
      </Facts>
      <Section title={copy.attempts}>
        {delivery.attempts.length === 0 ? (
          <p class="quiet">{copy.noAttempt}</p>
        ) : (
          <ol class="attempts">
            {delivery.attempts.map((attempt, index) => (
              <Attempt key={index} of={attempt} />
            ))}
          </ol>
        )}
      </Section>
    </>
  )
}

export const MessageDetail = ({ message }: { message: Message }) => (
  <>
    <Facts>
      <Fact name={facts.message}>{message.message_id}</Fact>
      <Fact name={facts.inbox}>{message.inbox}</Fact>
      <Fact name={facts.at}>
        <Instant at={message.received_at} exact />
      </Fact>
      <Fact name={facts.signature}>
        <span class={message.is_verified ? 'tone-green' : 'tone-red'}>
          {message.is_verified ? copy.verified : copy.notVerified}
        </span>
      </Fact>
    </Facts>
    <Section title={copy.headers}>
      <Facts>
        {Object.entries(message.headers).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </Facts>
    </Section>
    <Section title={copy.body}>
      <Json value={message.body} label={copy.body} />
    </Section>
  </>
)
