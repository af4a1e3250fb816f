/** What comes next, and what happened. */
import { signal } from '@preact/signals'
import { Agenda } from '../clock/agenda.tsx'
import { nowCopy } from '../copy/now.ts'
import { useAsk } from '../live/use-ask.ts'
import { chosen, seq, traffic, world } from '../model/state.ts'
import { Sentence } from '../ui/sentence.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Instant } from '../ui/time.tsx'
import { FirstCalls } from './first-calls.tsx'

const copy = nowCopy.drawer

const tab = signal('agenda')

const choose = (device_id: string | null, access_code_id: string | null): void => {
  chosen.value = { device_id, access_code_id }
}

/** The doors by their ids, for lists that name ids alone. */
const nameOf = (device_id: string | null): string =>
  world.value?.locks.find((it) => it.device_id === device_id)?.name ?? ''

interface LineProps {
  at: string
  what: string
  device_id: string | null
  access_code_id: string | null
}

const Line = ({ at, what, device_id, access_code_id }: LineProps) => (
  <li class="log-line">
    <span class="log-at">
      <Instant at={at} exact />
    </span>
    {device_id === null ? (
      <span>
        <Sentence text={what} />
      </span>
    ) : (
      <button type="button" class="log-what" onClick={() => choose(device_id, access_code_id)}>
        <Sentence text={what} />
      </button>
    )}
    <span class="log-where quiet">{nameOf(device_id)}</span>
  </li>
)

const Happened = () => {
  const { answer } = useAsk('/_emulator/events/list', { order: 'desc', limit: 60 }, [
    seq.value,
    traffic.value,
  ])
  if (answer === null) return null
  if (answer.events.length === 0) return <FirstCalls />
  return (
    <ol class="log">
      {answer.events.map(({ event_id, event_type, ...it }) => (
        <Line key={event_id} what={event_type} {...it} at={it.occurred_at} />
      ))}
    </ol>
  )
}

export const Drawer = () => (
  <section class="drawer" aria-label={copy.label}>
    <Tabs
      label={copy.label}
      tabs={[
        { id: 'agenda', label: copy.next },
        { id: 'happened', label: copy.happened },
      ]}
      chosen={tab.value}
      onChoose={(id) => {
        tab.value = id
      }}
    >
      {tab.value === 'agenda' ? <Agenda /> : <Happened />}
    </Tabs>
  </section>
)
