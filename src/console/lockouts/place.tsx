/** For how long guests stood before a shut door, whose, and why. */
import { signal } from '@preact/signals'
import { lockoutsCopy as copy } from '../copy/lockouts.ts'
import { useAsk } from '../live/use-ask.ts'
import { seq } from '../model/state.ts'
import { spanText } from '../model/span.ts'
import { linkTo } from '../router.ts'
import { Button } from '../ui/button.tsx'
import { download } from '../ui/download.ts'
import { Pin } from '../ui/pin.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { Instant } from '../ui/time.tsx'
import { TableRoom } from '../ui/table-room.tsx'
import { csvOf } from './csv.ts'
import type { CodeReport, Report } from './csv.ts'

/** It goes through all that every lock ever held: not more often than this, ms. */
const APART = 1_000

const groupings = ['guest', 'lock', 'reason', 'day'] as const
const grouping = signal<(typeof groupings)[number]>('guest')

const Files = ({ report }: { report: Report }) => (
  <div class="detail-acts push no-print">
    <Button onClick={() => download('lock-outs.csv', csvOf(report), 'text/csv')}>{copy.csv}</Button>
    <Button
      onClick={() =>
        download('lock-outs.json', JSON.stringify(report, null, 2), 'application/json')
      }
    >
      {copy.json}
    </Button>
    <Button onClick={() => print()}>{copy.print}</Button>
  </div>
)

const Headline = ({ total }: Pick<Report, 'total'>) => (
  <p class="lockouts-headline">
    <strong class={total.locked_out_ms > 0 ? 'tone-red' : ''}>
      {copy.headline(spanText(total.locked_out_ms))}
    </strong>
    <strong class={total.overstay_ms > 0 ? 'tone-amber' : ''}>
      {copy.headlineOver(spanText(total.overstay_ms))}
    </strong>
    <span class="quiet">{copy.of(total.codes)}</span>
  </p>
)

const nameOf = ({ key, name }: Report['groups'][number]): string =>
  grouping.value === 'reason' ? copy.reasonOf(key) : name

/** How much of the worst it is, as a bar; the number stands beside it. */
const Bar = ({ part, tone }: { part: number; tone: 'red' | 'amber' }) => (
  <span class={`bar bar-${tone}`} aria-hidden="true">
    <span style={{ width: `${Math.round(part * 100)}%` }} />
  </span>
)

const Groups = ({ groups }: Pick<Report, 'groups'>) => {
  const worst = Math.max(1, ...groups.map((it) => Math.max(it.locked_out_ms, it.overstay_ms)))
  return (
    <TableRoom label={copy.groupings[grouping.value]}>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{copy.groupings[grouping.value]}</th>
            <th scope="col" class="number">
              {copy.columns.stays}
            </th>
            <th scope="col" class="number">
              {copy.columns.lockedOut}
            </th>
            <th scope="col" class="number">
              {copy.columns.overstay}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.key}>
              <th scope="row">{nameOf(group)}</th>
              <td class="number">{group.stays}</td>
              <td class="number">
                <Bar part={group.locked_out_ms / worst} tone="red" />
                {spanText(group.locked_out_ms)}
              </td>
              <td class="number">
                <Bar part={group.overstay_ms / worst} tone="amber" />
                {spanText(group.overstay_ms)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRoom>
  )
}

interface Time {
  from: string
  to: string
  reason: string | null
}

const timesOf = ({ locked_out, overstay }: CodeReport): Time[] =>
  [...locked_out, ...overstay.map((it) => ({ ...it, reason: null }))].toSorted((a, b) =>
    a.from.localeCompare(b.from),
  )

const TimeRow = ({ code, time, isFirst }: { code: CodeReport; time: Time; isFirst: boolean }) => (
  <tr>
    <th scope="row">
      {isFirst && (
        <>
          <a href={linkTo('code', code.access_code_id)}>{code.name ?? code.access_code_id}</a>{' '}
          <Pin code={code.code} />
        </>
      )}
    </th>
    <td>{isFirst && code.device_name}</td>
    <td class={time.reason === null ? 'tone-amber' : 'tone-red'}>
      {copy.reasonOf(time.reason ?? 'overstay')}
    </td>
    <td>
      <Instant at={time.from} /> – <Instant at={time.to} />
    </td>
    <td class="number">{spanText(Date.parse(time.to) - Date.parse(time.from))}</td>
  </tr>
)

const Times = ({ codes }: { codes: readonly CodeReport[] }) => (
  <section>
    <h2>{copy.each}</h2>
    <TableRoom label={copy.each}>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{copy.columns.guest}</th>
            <th scope="col">{copy.columns.door}</th>
            <th scope="col">{copy.columns.why}</th>
            <th scope="col">{copy.columns.when}</th>
            <th scope="col" class="number">
              {copy.columns.long}
            </th>
          </tr>
        </thead>
        <tbody>
          {codes.flatMap((code) =>
            timesOf(code).map((time, index) => (
              <TimeRow
                key={`${code.access_code_id} ${time.from} ${time.reason}`}
                code={code}
                time={time}
                isFirst={index === 0}
              />
            )),
          )}
        </tbody>
      </table>
    </TableRoom>
  </section>
)

/** More than these are in the files alone. */
const MOST_SHOWN = 200

const Shown = ({ report }: { report: Report }) => {
  const hit = report.codes
    .filter((code) => code.locked_out_ms + code.overstay_ms > 0)
    .toSorted((a, b) => b.locked_out_ms - a.locked_out_ms || b.overstay_ms - a.overstay_ms)
  if (report.total.codes === 0) return <p class="empty">{copy.noCodes}</p>
  if (hit.length === 0) {
    return (
      <p class="empty">
        <strong>{copy.none}</strong> {copy.noneDo}
      </p>
    )
  }
  return (
    <>
      <section>
        <Tabs
          label={copy.by}
          tabs={groupings.map((id) => ({ id, label: copy.groupings[id] }))}
          chosen={grouping.value}
          onChoose={(id) => {
            grouping.value = groupings.find((it) => it === id) ?? 'guest'
          }}
        >
          <Groups groups={report.groups} />
        </Tabs>
      </section>
      <Times codes={hit.slice(0, MOST_SHOWN)} />
    </>
  )
}

export const LockOuts = () => {
  const { answer } = useAsk('/_emulator/report', { group_by: grouping.value }, [seq.value], APART)
  if (answer === null) return null
  const { report } = answer
  return (
    <div class="page">
      <div class="page-head">
        <h1>{copy.title}</h1>
        <Headline total={report.total} />
        <Files report={report} />
      </div>
      <div class="page-body page-narrow">
        <Shown report={report} />
      </div>
    </div>
  )
}
