/** All that is loaded in one strip, with a window over what is shown. */
import { computed } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { timelineCopy as copy } from '../copy/timeline.ts'
import { shownAt } from '../model/state.ts'
import { instantText } from '../ui/time.tsx'
import { codesInAll, pan, view, width } from './looking.ts'
import { overviewBins } from './overview.ts'
import type { Bin } from './overview.ts'
import { loaded } from './past.ts'
import type { View } from './time-scale.ts'

const BINS = 160
const HEIGHT = 28

const bins = computed(() =>
  loaded.value === null ? [] : overviewBins(codesInAll.value, loaded.value, BINS),
)

/** One path for all bars of a kind: a few nodes however much there is. */
const bars = (of: (bin: Bin) => number, most: number): string =>
  bins.value
    .map((bin, index) => {
      const high = of(bin) === 0 ? 0 : Math.max(3, (of(bin) / most) * HEIGHT)
      return high === 0 ? '' : `M${index} ${HEIGHT}V${(HEIGHT - high).toFixed(1)}h0.86V${HEIGHT}z`
    })
    .join('')

const percent = (at: number, { from, to }: View): string =>
  `${(((at - from) / (to - from)) * 100).toFixed(3)}%`

/** Moves the window, or opens another one where the strip is free. */
const useBrush = (frame: View | null) => {
  const start = useRef<{ at: number; view: View | null } | null>(null)
  const instantOf = (event: PointerEvent & { currentTarget: HTMLElement }): number => {
    const { left, width: room } = event.currentTarget.getBoundingClientRect()
    const { from, to } = frame ?? { from: 0, to: 1 }
    return from + Math.min(1, Math.max(0, (event.clientX - left) / room)) * (to - from)
  }
  return {
    onPointerDown: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      event.currentTarget.setPointerCapture(event.pointerId)
      const at = instantOf(event)
      const it = view.peek()
      const isInside = it !== null && at >= it.from && at <= it.to
      start.current = { at, view: isInside ? it : null }
    },
    onPointerMove: (event: PointerEvent & { currentTarget: HTMLElement }) => {
      const begun = start.current
      if (begun === null || frame === null) return
      const at = instantOf(event)
      const by = at - begun.at
      if (begun.view !== null) {
        view.value = { from: begun.view.from + by, to: begun.view.to + by }
      } else if (Math.abs(by) > (frame.to - frame.from) / 200) {
        view.value = { from: Math.min(at, begun.at), to: Math.max(at, begun.at) }
      }
    },
    onPointerUp: () => {
      start.current = null
    },
  }
}

export const Overview = () => {
  const frame = loaded.value
  const shown = view.value
  const brush = useBrush(frame)
  if (frame === null || shown === null) return <div class="tl-overview" />
  const most = Math.max(1, ...bins.value.map(({ declared }) => declared))
  const left = Math.max(frame.from, shown.from)
  const right = Math.min(frame.to, shown.to)
  const now = shownAt.value
  return (
    <div
      class="tl-overview"
      role="slider"
      tabIndex={0}
      aria-label={copy.overview}
      aria-valuemin={frame.from}
      aria-valuemax={frame.to}
      aria-valuenow={Math.round((left + right) / 2)}
      aria-valuetext={copy.overviewSays(instantText(shown.from), instantText(shown.to))}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -0.25, ArrowRight: 0.25 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        pan(by * width.peek())
      }}
      {...brush}
    >
      <svg viewBox={`0 0 ${BINS} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path class="tl-bars" d={bars((bin) => bin.declared, most)} />
        <path class="tl-bars-amber" d={bars((bin) => bin.overstay, most)} />
        <path class="tl-bars-red" d={bars((bin) => bin.locked_out, most)} />
      </svg>
      {now !== null && <i class="tl-overview-now" style={{ left: percent(now, frame) }} />}
      {right > left && (
        <i
          class="tl-window"
          style={{
            left: percent(left, frame),
            width: percent(frame.from + right - left, frame),
          }}
        />
      )}
    </div>
  )
}
