/** What the app did, and what it was told: calls, events, deliveries and inbox in one order. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { trafficCopy as copy } from '../copy/traffic.ts'
import { FirstCalls } from '../now/first-calls.tsx'
import { address, linkTo } from '../router.ts'
import { Button } from '../ui/button.tsx'
import { Windowed } from '../ui/windowed.tsx'
import { useTraffic } from './data.ts'
import { Detail } from './detail.tsx'
import { Line } from './line.tsx'
import { findRow, fits, trafficKinds } from './rows.ts'
import type { TrafficKind, TrafficRow } from './rows.ts'

const kinds = signal<ReadonlySet<TrafficKind>>(new Set(trafficKinds))
const search = signal('')
const onlyBad = signal(false)

const toggle = (kind: TrafficKind): void => {
  const next = new Set(kinds.peek())
  if (!next.delete(kind)) next.add(kind)
  kinds.value = next
}

const Toolbar = ({ shown, all }: { shown: number; all: number }) => (
  <div class="page-head">
    <h1>{copy.title}</h1>
    <div class="toggles" role="group" aria-label={copy.show}>
      {trafficKinds.map((kind) => (
        <Button
          key={kind}
          aria-pressed={kinds.value.has(kind)}
          data-kind={kind}
          onClick={() => toggle(kind)}
        >
          {copy.kinds[kind].many}
        </Button>
      ))}
      <Button
        aria-pressed={onlyBad.value}
        onClick={() => {
          onlyBad.value = !onlyBad.peek()
        }}
      >
        {copy.onlyBad}
      </Button>
    </div>
    <input
      class="input traffic-search"
      type="search"
      aria-label={copy.search}
      placeholder={copy.search}
      value={search.value}
      onInput={({ currentTarget }) => {
        search.value = currentTarget.value
      }}
    />
    <span class="quiet push" role="status" data-rows={shown}>
      {copy.count(shown, all)}
    </span>
  </div>
)

interface ListProps {
  rows: readonly TrafficRow[]
  chosen: TrafficRow | null
}

const List = ({ rows, chosen }: ListProps) => {
  if (rows.length === 0) return <p class="empty">{copy.noneFits}</p>
  return (
    <Windowed
      label={copy.list}
      items={rows}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      chosen={chosen === null ? -1 : rows.indexOf(chosen)}
    >
      {(row) => <Line row={row} isChosen={row === chosen} />}
    </Windowed>
  )
}

/** What an address names may be older than what was asked for: then more is. */
const useFound = (
  rows: readonly TrafficRow[] | null,
  hasOlder: boolean,
  showOlder: () => void,
): TrafficRow | null => {
  const { id } = address.value
  const found = id === null || rows === null ? null : findRow(rows, id)
  const isMissing = id !== null && rows !== null && found === null && hasOlder
  useEffect(() => {
    if (isMissing) showOlder()
  }, [isMissing, rows])
  return found
}

export const Traffic = () => {
  const { rows, hasOlder, showOlder } = useTraffic()
  const chosen = useFound(rows, hasOlder, showOlder)
  if (rows === null) return null
  const filter = { kinds: kinds.value, search: search.value, onlyBad: onlyBad.value }
  const shown = rows.filter((row) => fits(row, filter))
  const isOpen = address.value.id !== null
  return (
    <div class="page">
      <Toolbar shown={shown.length} all={rows.length} />
      <div class="beside" data-open={isOpen}>
        <section class="beside-list">
          {rows.length === 0 ? <FirstCalls /> : <List rows={shown} chosen={chosen} />}
          {hasOlder && (
            <div class="older">
              <Button onClick={showOlder}>{copy.older}</Button>
            </div>
          )}
        </section>
        <section class="beside-detail" aria-label={copy.chain}>
          {isOpen && (
            <a class="button back-to-list" href={linkTo('traffic')}>
              {copy.back}
            </a>
          )}
          {chosen === null ? (
            <p class="empty">{isOpen ? copy.notThere : copy.chooseOne}</p>
          ) : (
            <Detail row={chosen} rows={rows} />
          )}
        </section>
      </div>
    </div>
  )
}
