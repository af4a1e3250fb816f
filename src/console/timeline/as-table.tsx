/** The same as the lanes, in words: for those who read better than they see. */
import type { CodeTimeline } from '../../contract/timeline.ts'
import { timelineCopy as copy } from '../copy/timeline.ts'
import { spanText } from '../model/span.ts'
import { Pin } from '../ui/pin.tsx'
import { instantText } from '../ui/time.tsx'
import type { Span } from './lanes.ts'
import { endOfKnown, rows } from './looking.ts'

/** More rows would be slow to lay out and to read. */
const MOST = 100

const when = ({ from, to }: Span): string =>
  to === null
    ? copy.since(instantText(Date.parse(from)))
    : copy.until(instantText(Date.parse(from)), instantText(Date.parse(to)))

const Spans = ({ spans }: { spans: readonly Span[] }) =>
  spans.length === 0 ? (
    <td class="quiet">{copy.nothing}</td>
  ) : (
    <td>
      {spans.map((span, index) => (
        <div key={index}>{when(span)}</div>
      ))}
    </td>
  )

const lasts = (spans: readonly { from: string; to: string }[], now: number): string =>
  spanText(
    spans.reduce((sum, { from, to }) => sum + Math.min(now, Date.parse(to)) - Date.parse(from), 0),
  )

const Wrong = ({ code: { locked_out, overstay } }: { code: CodeTimeline }) => {
  const now = endOfKnown.value
  return (
    <td>
      {locked_out.length > 0 && <div>{copy.lockedOut(lasts(locked_out, now))}</div>}
      {overstay.length > 0 && <div>{copy.overstay(lasts(overstay, now))}</div>}
    </td>
  )
}

export const AsTable = () => {
  let door = ''
  const codes: { code: CodeTimeline; door: string }[] = []
  for (const row of rows.value) {
    if (row.kind === 'door') door = row.name
    else codes.push({ code: row.code, door })
  }
  const { table } = copy
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls and holds no control is scrolled by keys only so
    <div class="tl-table" tabIndex={0} role="region" aria-label={table.caption}>
      {codes.length > MOST && <p class="quiet">{table.more(MOST, codes.length)}</p>}
      <table>
        <caption class="hidden-but-read">{table.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{table.door}</th>
            <th scope="col">{table.code}</th>
            <th scope="col">{table.pin}</th>
            <th scope="col">{table.declared}</th>
            <th scope="col">{table.held}</th>
            <th scope="col">{table.says}</th>
            <th scope="col">{table.wrong}</th>
          </tr>
        </thead>
        <tbody>
          {codes.slice(0, MOST).map(({ code, door: name }) => (
            <tr key={code.access_code_id}>
              <td>{name}</td>
              <th scope="row">{code.name ?? copy.noName(code.is_gone)}</th>
              <td>
                <Pin code={code.code} />
              </td>
              <Spans spans={code.declared} />
              <Spans spans={code.on_lock} />
              <td>{code.is_gone ? copy.gone : (code.status.at(-1)?.status ?? copy.nothing)}</td>
              <Wrong code={code} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
