/** A plug that is pulled with the pointer, or pressed: both do the same. */
import { useId, useRef, useState } from 'preact/hooks'
import type { Outcome } from '../acting/act.ts'
import { at } from '../model/state.ts'
import { PlugIcon } from './icons.tsx'

interface PlugProps {
  isIn: boolean
  /** What pressing does: "Unplug Hallway Bridge". */
  says: string
  /** What would come of it: "Cuts off 6 locks behind it". */
  ghost: string
  act: () => Promise<Outcome>
}

/** Pulled so far it comes off, CSS pixels. */
const FAR = 36

/** How far the plug is from where it was taken; null while nobody holds it. */
const usePull = (isIn: boolean, onFar: () => void) => {
  const [pull, setPull] = useState<number | null>(null)
  const start = useRef<{ x: number; y: number } | null>(null)
  const wasPulled = useRef(false)
  const end = (isDone: boolean): void => {
    const distance = Math.abs(pull ?? 0)
    start.current = null
    setPull(null)
    if (isDone && distance >= FAR) onFar()
  }
  return {
    pull,
    wasPulled,
    handlers: {
      onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, y: event.clientY }
        wasPulled.current = false
      },
      onPointerMove: (event: PointerEvent) => {
        if (start.current === null) return
        const by = event.clientY - start.current.y
        const moved = isIn ? Math.max(0, by) : Math.min(0, by)
        if (Math.abs(moved) > 4) wasPulled.current = true
        setPull(moved)
      },
      onPointerUp: () => end(true),
      onPointerCancel: () => end(false),
    },
  }
}

export const Plug = ({ isIn, says, ghost, act }: PlugProps) => {
  const [refused, setRefused] = useState<string | null>(null)
  const ghostId = useId()
  const run = async (): Promise<void> => setRefused((await act()).refused)
  const { pull, wasPulled, handlers } = usePull(isIn, () => void run())
  const isFar = Math.abs(pull ?? 0) >= FAR
  return (
    <span class="plug-place" data-in={isIn} data-pulled={pull !== null && wasPulled.current}>
      <span class="plug-socket" aria-hidden="true" />
      <button
        type="button"
        class="plug"
        aria-label={says}
        aria-describedby={ghostId}
        disabled={at.value !== null}
        data-far={isFar}
        style={
          pull === null ? undefined : { translate: `0 ${Math.max(-60, Math.min(60, pull))}px` }
        }
        {...handlers}
        onClick={() => {
          // The end of a pull is no press; keys press without a pointer.
          if (!wasPulled.current) void run()
          wasPulled.current = false
        }}
      >
        <PlugIcon size={20} />
      </button>
      <span class="plug-ghost" id={ghostId} data-far={isFar}>
        {ghost}
      </span>
      {refused !== null && (
        <span class="refusal" role="alert">
          {refused}
        </span>
      )}
    </span>
  )
}
