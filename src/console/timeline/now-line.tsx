/** The present, through all rows. Dragged to the right it leaps, to the left it looks at the past. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { leapTo } from '../clock/leaps.ts'
import { clockCopy } from '../copy/clock.ts'
import { timelineCopy as copy } from '../copy/timeline.ts'
import { aheadOf, previewText } from '../clock/preview.ts'
import { at, now } from '../model/state.ts'
import { instantText } from '../ui/time.tsx'
import { scale } from './looking.ts'

/** Where the line is held, ms; null while nobody drags it. */
const dragged = signal<number | null>(null)

/** So near to the present nothing is meant, px. */
const STILL = 4

const letGo = (): void => {
  const target = dragged.peek()
  dragged.value = null
  const [it, present] = [scale.peek(), now.peek()]
  if (target === null || it === null || present === null) return
  if (Math.abs(it.x(target) - it.x(present)) < STILL) {
    at.value = null
    return
  }
  if (target < present) at.value = Math.round(target)
  else {
    at.value = null
    void leapTo(Math.round(target))
  }
}

const Bubble = ({ target, isRight }: { target: number; isRight: boolean }) => {
  const present = now.value ?? 0
  const isAhead = target > present
  const told = isAhead ? aheadOf(Math.round(target / 1_000) * 1_000) : null
  return (
    <span class="tl-bubble" role="status" data-right={isRight}>
      <strong>{instantText(target, true)}</strong>
      {isAhead ? (told === null ? copy.drag.looking : previewText(told)) : clockCopy.past.lookHere}
    </span>
  )
}

const useDrag = () => {
  useEffect(() => {
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || dragged.peek() === null) return
      event.stopPropagation()
      dragged.value = null
    }
    addEventListener('keydown', escape, true)
    return () => removeEventListener('keydown', escape, true)
  }, [])
  return {
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      event.stopPropagation()
      dragged.value = at.peek() ?? now.peek()
    },
    onPointerMove: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      const it = scale.peek()
      if (dragged.peek() === null || it === null) return
      const room = event.currentTarget.closest('.tl-over')?.getBoundingClientRect()
      if (room !== undefined) dragged.value = it.at(event.clientX - room.left)
    },
    onPointerUp: letGo,
    onPointerCancel: () => {
      dragged.value = null
    },
  }
}

export const NowLine = () => {
  const it = scale.value
  const drag = useDrag()
  const present = now.value
  if (it === null || present === null) return null
  const shown = dragged.value ?? at.value ?? present
  const x = it.x(shown)
  const isSeen = x >= 0 && x <= it.width
  const presentX = it.x(present)
  return (
    <div class="tl-over" style={{ width: `${it.width}px` }}>
      {shown !== present && presentX >= 0 && presentX <= it.width && (
        <i class="tl-present" style={{ left: `${presentX}px` }} />
      )}
      {isSeen && (
        <div
          class="tl-now"
          data-at={at.value === null ? 'now' : 'past'}
          data-dragged={dragged.value !== null}
          style={{ left: `${x}px` }}
        >
          <span class="tl-now-handle" title={copy.drag.handle} {...drag}>
            {shown === present ? copy.now : instantText(shown)}
          </span>
          {dragged.value !== null && <Bubble target={dragged.value} isRight={x > it.width - 300} />}
        </div>
      )}
    </div>
  )
}
