/** One row of the timeline: a door, or one of its codes. */
import { timelineCopy as copy } from '../copy/timeline.ts'
import { ChevronIcon } from '../icons.tsx'
import { chosen, entries, hidesPins } from '../model/state.ts'
import { Pin } from '../ui/pin.tsx'
import { instantText } from '../ui/time.tsx'
import { CodeLanes, DoorLanes, Marks } from './lane-parts.tsx'
import { endOf, foldedDoors, isDiffering, scale, toggleDoor } from './looking.ts'
import { marksOf } from './marks.ts'
import { loaded, marks, past } from './past.ts'
import { isTroubled } from './rows.ts'
import type { Row as RowModel } from './rows.ts'
import { sentenceOf } from './sentence.ts'

export const ROW = 34

export interface RowProps<T extends RowModel = RowModel> {
  row: T
  index: number
  /** The cell that keys act on: 0 its name, 1 its lanes; null in another row. */
  active: number | null
}

export const rowId = (index: number): string => `tl-row-${index}`
export const cellId = (index: number, cell: number): string => `tl-cell-${index}-${cell}`

const frameOf = ({ index, active }: RowProps) => ({
  role: 'row' as const,
  id: rowId(index),
  'aria-rowindex': index + 2,
  'data-active': active === null ? undefined : 'true',
  style: { top: `${index * ROW}px` },
})

const cellOf = ({ index, active }: RowProps, cell: number) => ({
  id: cellId(index, cell),
  'data-active': active === cell ? 'true' : undefined,
})

export const CodeRow = (props: RowProps<Extract<RowModel, { kind: 'code' }>>) => {
  const { code, device_id } = props.row
  const it = scale.value
  if (it === null) return null
  const now = endOf(device_id)
  const isChosen = chosen.value.access_code_id === code.access_code_id
  const isWrong = isDiffering(code.access_code_id)
  const pin = hidesPins.value ? null : code.code
  const its = marksOf(code, marks.value.get(device_id) ?? [], entries.value)
  return (
    <div
      {...frameOf(props)}
      class="tl-row"
      aria-selected={isChosen}
      data-code={code.access_code_id}
      aria-label={sentenceOf(code, { now, pin, tell: instantText })}
    >
      <div class="tl-label" role="rowheader" {...cellOf(props, 0)}>
        <span class="tl-name" data-wrong={isWrong} title={code.name ?? undefined}>
          {code.name ?? copy.noName(code.is_gone)}
        </span>
        <Pin code={code.code} />
        <span class="tl-state" data-wrong={isWrong}>
          {code.is_gone ? copy.gone : (code.status.at(-1)?.status ?? '')}
        </span>
      </div>
      <div class="tl-lanes" role="gridcell" {...cellOf(props, 1)}>
        <CodeLanes code={code} scale={it} now={now} />
        <Marks marks={its} scale={it} />
      </div>
    </div>
  )
}

export const DoorRow = (props: RowProps<Extract<RowModel, { kind: 'door' }>>) => {
  const { device_id, name } = props.row
  const it = scale.value
  if (it === null) return null
  const its = past.value.get(device_id)
  const isFolded = foldedDoors.value.has(device_id)
  const codes = its?.codes ?? []
  const wrong = codes.filter((code) => isTroubled(code, new Set())).length
  return (
    <div
      {...frameOf(props)}
      class="tl-row tl-door"
      aria-selected={chosen.value.device_id === device_id && chosen.value.access_code_id === null}
      data-lock={device_id}
      aria-label={copy.door(name, codes.length, wrong)}
    >
      <div class="tl-label" role="rowheader" aria-expanded={!isFolded} {...cellOf(props, 0)}>
        <button
          type="button"
          class="tl-fold"
          tabIndex={-1}
          aria-label={copy.foldDoor(name, isFolded)}
          data-folded={isFolded}
          onClick={() => toggleDoor(device_id)}
        >
          <ChevronIcon size={12} />
        </button>
        <span class="tl-name" title={name}>
          {name}
        </span>
        <span class="tl-state">{codes.length === 0 ? '' : copy.codes(codes.length)}</span>
      </div>
      <div class="tl-lanes" role="gridcell" {...cellOf(props, 1)}>
        {its !== undefined && (
          <DoorLanes past={its} frame={loaded.value} scale={it} now={endOf(device_id)} />
        )}
      </div>
    </div>
  )
}

export const Row = (props: RowProps) => {
  const { row } = props
  return row.kind === 'door' ? <DoorRow {...props} row={row} /> : <CodeRow {...props} row={row} />
}
