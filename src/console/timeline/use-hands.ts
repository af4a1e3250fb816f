/** How the lanes are measured, dragged and zoomed. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { pan, width, zoom } from './looking.ts'

/** Px that the lanes have. */
export const useWidth = () => {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) width.value = Math.round(entry.contentRect.width)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return ref
}

/** Lanes are dragged along; with ctrl the wheel zooms, with shift it moves. */
export const useHands = (
  scroller: { current: HTMLElement | null },
  lanes: { current: HTMLElement | null },
) => {
  useEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const wheel = (event: WheelEvent): void => {
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY)
      if (event.ctrlKey) {
        event.preventDefault()
        const left = lanes.current?.getBoundingClientRect().left ?? 0
        zoom(Math.exp(event.deltaY / 400), event.clientX - left)
      } else if (event.shiftKey || isSideways) {
        event.preventDefault()
        pan(isSideways ? event.deltaX : event.deltaY)
      }
    }
    element.addEventListener('wheel', wheel, { passive: false })
    return () => element.removeEventListener('wheel', wheel)
  }, [])
  const from = useRef<{ x: number; moved: boolean } | null>(null)
  return {
    onPointerDown: (event: PointerEvent) => {
      const { target } = event
      if (event.button !== 0 || !(target instanceof Element)) return
      if (target.closest('.tl-lanes') !== null) from.current = { x: event.clientX, moved: false }
    },
    onPointerMove: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      const begun = from.current
      if (begun === null) return
      if (!begun.moved && Math.abs(event.clientX - begun.x) < 4) return
      if (!begun.moved) event.currentTarget.setPointerCapture(event.pointerId)
      pan(begun.x - event.clientX)
      from.current = { x: event.clientX, moved: true }
    },
    onPointerUp: () => {
      from.current = null
    },
    onPointerCancel: () => {
      from.current = null
    },
  }
}
