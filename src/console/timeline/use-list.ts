/** The list of rows: where it is scrolled to, which cell keys act on, and what a press chooses. */
import { useSignal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { chosen } from '../model/state.ts'
import { go } from '../router.ts'
import { foldedDoors, rows, toggleDoor } from './looking.ts'
import { ROW } from './row.tsx'
import type { Row as RowModel } from './rows.ts'
import { scrolledTo } from './visible-rows.ts'

/** Px of the calendar over the rows. */
const HEAD = 28

interface Active {
  row: number
  cell: number
}

const moves: Readonly<Record<string, (it: Active, page: number, last: number) => Active>> = {
  ArrowDown: ({ row, cell }) => ({ row: row + 1, cell }),
  ArrowUp: ({ row, cell }) => ({ row: row - 1, cell }),
  ArrowRight: ({ row }) => ({ row, cell: 1 }),
  ArrowLeft: ({ row }) => ({ row, cell: 0 }),
  PageDown: ({ row, cell }, page) => ({ row: row + page, cell }),
  PageUp: ({ row, cell }, page) => ({ row: row - page, cell }),
  Home: ({ cell }) => ({ row: 0, cell }),
  End: ({ cell }, _page, last) => ({ row: last, cell }),
}

const choose = (row: RowModel): void => {
  const { device_id } = row
  chosen.value = {
    device_id,
    access_code_id: row.kind === 'door' ? null : row.code.access_code_id,
  }
}

const open = (row: RowModel): void => {
  choose(row)
  if (row.kind === 'door') go('door', row.device_id)
  else go('code', row.code.access_code_id)
}

/** Which row, and which cell of it, was pressed; null where a control of its own was. */
const pressed = ({ target }: Event): Active | null => {
  if (!(target instanceof Element) || target.closest('button') !== null) return null
  const row = Number(target.closest('.tl-row')?.getAttribute('aria-rowindex') ?? 0) - 2
  return row < 0 ? null : { row, cell: target.closest('.tl-lanes') === null ? 0 : 1 }
}

const indexOf = ({ device_id, access_code_id }: (typeof chosen)['value']): number =>
  rows
    .peek()
    .findIndex((row) =>
      access_code_id === null
        ? row.device_id === device_id
        : row.kind === 'code' && row.code.access_code_id === access_code_id,
    )

/** Px of it that are seen. */
const useHeight = (scroller: { current: HTMLElement | null }): Signal<number> => {
  const height = useSignal(400)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => {
      height.value = element.clientHeight
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return height
}

/** What is chosen stays where it is when rows come or go above it. */
const useAnchor = (scroller: { current: HTMLElement | null }): void => {
  const stood = useRef({ row: '', index: -1 })
  useLayoutEffect(() => {
    const { device_id, access_code_id } = chosen.value
    const row = `${device_id ?? ''} ${access_code_id ?? ''}`
    const index = device_id === null ? -1 : indexOf(chosen.value)
    const before = stood.current
    stood.current = { row, index }
    if (row !== before.row || index < 0 || before.index < 0) return
    if (scroller.current !== null) scroller.current.scrollTop += (index - before.index) * ROW
  }, [rows.value, chosen.value])
}

/** Where the list is scrolled to, and which cell keys act on. */
export const useList = () => {
  const scroller = useRef<HTMLDivElement>(null)
  const top = useSignal(0)
  const height = useHeight(scroller)
  const active = useSignal<Active | null>(null)
  const show = (index: number): void => {
    const element = scroller.current
    if (element === null) return
    element.scrollTop = scrolledTo(index, {
      top: element.scrollTop,
      height: element.clientHeight - HEAD,
      row: ROW,
    })
  }
  // What is chosen elsewhere comes into sight.
  useEffect(() => {
    const it = chosen.value
    if (it.device_id === null) return
    const isFolded = foldedDoors.peek().has(it.device_id)
    if (it.access_code_id !== null && isFolded) toggleDoor(it.device_id)
    const index = indexOf(it)
    if (index < 0) return
    const before = scroller.current?.scrollTop
    show(index)
    // A door that was out of sight comes with its codes under it.
    const hasMoved = scroller.current?.scrollTop !== before
    if (it.access_code_id === null && hasMoved) scroller.current?.scrollTo(0, index * ROW)
  }, [chosen.value.device_id, chosen.value.access_code_id])
  useAnchor(scroller)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const all = rows.peek()
    const current = active.peek() ?? { row: -1, cell: 0 }
    const row = all[current.row]
    const page = Math.max(1, Math.floor(height.peek() / ROW) - 1)
    const move = moves[event.key]
    if (move !== undefined) {
      const next = move(current, page, all.length - 1)
      active.value = { ...next, row: Math.max(0, Math.min(all.length - 1, next.row)) }
      show(active.value.row)
    } else if (event.key === 'Enter' && row !== undefined) open(row)
    else if (event.key === ' ' && row?.kind === 'door') toggleDoor(row.device_id)
    else return
    event.preventDefault()
  }
  const onClick = (event: MouseEvent): void => {
    const at = pressed(event)
    const row = at === null ? undefined : rows.peek()[at.row]
    if (row === undefined) return
    active.value = at
    choose(row)
  }
  return { scroller, top, height, active, onKeyDown, onClick }
}

export type List = ReturnType<typeof useList>
