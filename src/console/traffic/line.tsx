import { trafficCopy as copy } from '../copy/traffic.ts'
import { world } from '../model/state.ts'
import { linkTo } from '../router.ts'
import { Instant } from '../ui/time.tsx'
import type { TrafficRow } from './rows.ts'

/** The door and the guest that an event is about. */
const aboutEvent = (device_id: string | null, access_code_id: string | null): string => {
  const it = world.value
  if (it === null) return ''
  const door = it.locks.find((lock) => lock.device_id === device_id)?.name
  const { access_code_id: ids, name } = it.access_codes
  const guest = access_code_id === null ? null : name[ids.indexOf(access_code_id)]
  return [guest, door].filter((part) => typeof part === 'string' && part !== '').join(' · ')
}

const hookUrl = (webhook_id: string): string =>
  world.value?.webhooks.find((it) => it.webhook_id === webhook_id)?.url ?? webhook_id

const nameIn = (body: unknown): string => {
  if (typeof body !== 'object' || body === null || !('name' in body)) return ''
  return typeof body.name === 'string' ? body.name : ''
}

/** Whom a row concerns, in few words. */
export const aboutOf = (row: TrafficRow): string => {
  switch (row.kind) {
    case 'call':
      return row.of.did_you_mean ?? nameIn(row.of.body)
    case 'event':
      return aboutEvent(row.of.device_id, row.of.access_code_id)
    case 'delivery':
      return hookUrl(row.of.webhook_id)
    case 'message':
      return row.of.inbox
    default:
      return row satisfies never
  }
}

export const Line = ({ row, isChosen }: { row: TrafficRow; isChosen: boolean }) => (
  <a
    class="line traffic-line"
    href={linkTo('traffic', row.id)}
    aria-current={isChosen}
    data-kind={row.kind}
    data-row={row.id}
    data-bad={row.isBad}
  >
    <span class="quiet">
      <Instant at={row.at} exact />
    </span>
    <span class="traffic-kind">{copy.kinds[row.kind].one}</span>
    <span class="mono">{row.title}</span>
    <span class="quiet traffic-about">{aboutOf(row)}</span>
    <span class="traffic-outcome">{row.outcome}</span>
  </a>
)
