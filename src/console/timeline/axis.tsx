/** The calendar over the lanes, its lines through them, and folds. */
import { computed } from '@preact/signals'
import { scale } from './looking.ts'
import { ticksOf } from './ticks.ts'

const ticks = computed(() => (scale.value === null ? [] : ticksOf(scale.value)))

const px = (value: number): string => `${Math.round(value)}px`

/** The words over the lanes. */
export const Axis = () => {
  const it = scale.value
  if (it === null) return null
  return (
    <div class="tl-axis" aria-hidden="true">
      {ticks.value.map(({ at, x, label, isMajor }) => (
        <span key={at} class="tl-tick" data-major={isMajor} style={{ left: px(x) }}>
          {label}
        </span>
      ))}
    </div>
  )
}

/** Behind the lanes, as high as what is seen. */
export const GridLines = () => {
  const it = scale.value
  if (it === null) return null
  const folds = it.warp.folds.flatMap(({ from, to }) => {
    const [x, end] = [it.x(from), it.x(to)]
    return end < 0 || x > it.width ? [] : [{ from, x, width: Math.max(3, end - x) }]
  })
  return (
    <div class="tl-lines" aria-hidden="true">
      {ticks.value.map(({ at, x, isMajor }) => (
        <i key={at} class="tl-line" data-major={isMajor} style={{ left: px(x) }} />
      ))}
      {folds.map(({ from, x, width }) => (
        <i key={from} class="tl-folded" style={{ left: px(x), width: px(width) }} />
      ))}
    </div>
  )
}
