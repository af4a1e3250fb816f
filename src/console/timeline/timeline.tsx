/** The timeline: doors and their codes as rows over a calendar, of which only those are in the page that are seen. */
import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { timelineCopy as copy } from '../copy/timeline.ts'
import { useKeys } from '../keys.ts'
import { now } from '../model/state.ts'
import { AsTable } from './as-table.tsx'
import { Axis, GridLines } from './axis.tsx'
import {
  asTable,
  comeTo,
  fit,
  followNow,
  followPast,
  onlyTrouble,
  pan,
  rows,
  search,
  view,
  width,
  zoom,
} from './looking.ts'
import { NowLine } from './now-line.tsx'
import { Overview } from './overview-strip.tsx'
import { keepPast, loaded, past } from './past.ts'
import { ROW, Row, cellId } from './row.tsx'
import type { Row as RowModel } from './rows.ts'
import { Legend, Toolbar } from './toolbar.tsx'
import { useHands, useWidth } from './use-hands.ts'
import { useList } from './use-list.ts'
import type { List } from './use-list.ts'
import { visibleRows } from './visible-rows.ts'

const keyOf = (row: RowModel): string =>
  row.kind === 'door' ? row.device_id : `${row.device_id} ${row.code.access_code_id}`

/** Loads what is looked at, and goes on with the present. */
const usePast = (): void => {
  useEffect(() => {
    const keeper = keepPast()
    const follow = followNow()
    const followBack = followPast()
    const cover = view.subscribe((it) => {
      if (it !== null) keeper.cover(it)
    })
    return () => {
      cover()
      follow()
      followBack()
      keeper.stop()
    }
  }, [])
  // What is there is known with the first answer.
  useEffect(() => {
    if (loaded.value !== null && view.peek() === null && now.peek() !== null) fit()
  }, [loaded.value])
}

const useTimelineKeys = (): void => {
  useKeys([
    { key: 'ArrowLeft', says: copy.earlier, run: () => pan(-width.peek() / 5) },
    { key: 'ArrowRight', says: copy.later, run: () => pan(width.peek() / 5) },
    { key: '+', says: copy.zoomIn, run: () => zoom(0.7) },
    { key: '-', says: copy.zoomOut, run: () => zoom(1 / 0.7) },
    { key: '0', says: copy.fit, run: fit },
    { key: 'n', says: copy.toNow, run: () => comeTo() },
  ])
}

/** The rows that are seen, as high as all of them. */
const Rows = ({ list: { top, height, active } }: { list: List }) => {
  const range = useComputed(() => {
    const size = { height: height.value, row: ROW, count: rows.value.length }
    const { first, end } = visibleRows(top.value, size)
    return `${first} ${end}`
  })
  const [first = 0, end = 0] = range.value.split(' ').map(Number)
  const at = active.value
  return (
    <div class="tl-rows" role="rowgroup" style={{ height: `${rows.value.length * ROW}px` }}>
      {rows.value.slice(first, end).map((row, offset) => (
        <Row
          key={keyOf(row)}
          row={row}
          index={first + offset}
          active={at?.row === first + offset ? at.cell : null}
        />
      ))}
    </div>
  )
}

const Notice = () => {
  const dense = [...past.value.values()].filter(({ density }) => density !== null).length
  if (dense > 0) return <p class="tl-note">{copy.tooMany(dense)}</p>
  if (loaded.value === null) return null
  if (rows.value.some(({ kind }) => kind === 'code')) return null
  const isNarrowed = onlyTrouble.value || search.value.trim() !== ''
  return <p class="tl-note quiet">{isNarrowed ? copy.noneFound : copy.none}</p>
}

const Grid = () => {
  const list = useList()
  const { scroller, top, active, onKeyDown, onClick } = list
  const lanes = useWidth()
  const hands = useHands(scroller, lanes)
  const at = active.value
  return (
    <div class="tl-frame">
      <div class="tl-behind" style={{ width: `${width.value}px` }}>
        <GridLines />
      </div>
      <div
        class="tl-grid"
        role="grid"
        tabIndex={0}
        aria-label={copy.grid}
        aria-rowcount={rows.value.length + 1}
        aria-colcount={2}
        aria-activedescendant={at === null ? undefined : cellId(at.row, at.cell)}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={() => {
          active.value ??= { row: 0, cell: 0 }
        }}
      >
        <div
          class="tl-scroller"
          role="presentation"
          ref={scroller}
          onScroll={({ currentTarget }) => {
            top.value = currentTarget.scrollTop
          }}
          {...hands}
        >
          <div class="tl-head" role="rowgroup">
            <div role="row" aria-rowindex={1} class="tl-head-row">
              <div role="columnheader" class="tl-label">
                {copy.lockAndCode}
              </div>
              <div role="columnheader" class="tl-head-lanes" aria-label={copy.label} ref={lanes}>
                <Axis />
              </div>
            </div>
          </div>
          <Rows list={list} />
        </div>
      </div>
      <NowLine />
    </div>
  )
}

export const Timeline = () => {
  usePast()
  useTimelineKeys()
  return (
    <section class="timeline" aria-label={copy.label} data-loaded={loaded.value !== null}>
      <Toolbar />
      <Legend />
      {asTable.value ? (
        <AsTable />
      ) : (
        <>
          <Overview />
          <Grid />
        </>
      )}
      <Notice />
    </section>
  )
}
