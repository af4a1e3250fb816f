/** A long list of which only the rows in view are there. All rows have one height. */
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

interface WindowedProps<T> {
  /** What it is a list of, for screen readers. */
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** The chosen one is scrolled to; -1 for none. */
  chosen?: number
  children: (item: T, index: number) => ComponentChildren
}

/** Rows beyond the edges that are there already. */
const SPARE = 6
/** Height of a row in rem: `--row`. */
const ROW = 2.125

const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

const useView = () => {
  const ref = useRef<HTMLUListElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  useEffect(() => {
    const list = ref.current
    if (list === null) return undefined
    const look = (): void => setView({ top: list.scrollTop, height: list.clientHeight })
    const sizes = new ResizeObserver(look)
    sizes.observe(list)
    list.addEventListener('scroll', look, { passive: true })
    return () => {
      sizes.disconnect()
      list.removeEventListener('scroll', look)
    }
  }, [])
  return { ref, view }
}

export const Windowed = <T,>({ label, items, keyOf, chosen = -1, children }: WindowedProps<T>) => {
  const { ref, view } = useView()
  const row = ROW * rem()
  useLayoutEffect(() => {
    const list = ref.current
    if (list === null || chosen < 0) return
    const [from, to] = [chosen * row, (chosen + 1) * row]
    if (from < list.scrollTop) list.scrollTop = from
    else if (to > list.scrollTop + list.clientHeight) list.scrollTop = to - list.clientHeight
  }, [chosen])
  const first = Math.max(0, Math.floor(view.top / row) - SPARE)
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / row) + SPARE)
  const shown = items.slice(first, last)
  return (
    <ul ref={ref} class="windowed" aria-label={label}>
      <li role="presentation" aria-hidden="true" style={{ height: `${items.length * row}px` }} />
      {shown.map((item, index) => (
        <li
          key={keyOf(item)}
          class="windowed-rows"
          aria-setsize={items.length}
          aria-posinset={first + index + 1}
          style={{ top: `${(first + index) * row}px` }}
        >
          {children(item, first + index)}
        </li>
      ))}
    </ul>
  )
}
