/**
 * Instants and places on the screen. Time can be warped: a stretch that is folded takes little room. All
 * moves of the view happen in warped time, so that a fold is as wide at every place.
 */

/** What is shown, ms. */
export interface View {
  readonly from: number
  readonly to: number
}

/** A stretch in which nothing happens, and the length that it is shown with. */
export interface Fold {
  readonly from: number
  readonly to: number
  /** ms; less than it lasts. */
  readonly shown: number
}

/** Two ways between instants and warped time. */
export interface Warp {
  readonly folds: readonly Fold[]
  readonly into: (at: number) => number
  readonly back: (warped: number) => number
}

/** No shorter view than this, ms, and no longer one. */
export const SHORTEST = 10_000
export const LONGEST = 4 * 365 * 86_400_000

/** @param folds in their order, none over another */
export const warpOf = (folds: readonly Fold[]): Warp => ({
  folds,
  into: (at) => {
    let warped = at
    for (const { from, to, shown } of folds) {
      if (at <= from) break
      const inside = Math.min(at, to) - from
      warped -= inside * (1 - shown / (to - from))
    }
    return warped
  },
  back: (warped) => {
    let at = warped
    for (const { from, to, shown } of folds) {
      if (at <= from) break
      const whole = to - from
      at = at <= from + shown ? from + ((at - from) * whole) / shown : at + whole - shown
    }
    return at
  },
})

export const flat: Warp = warpOf([])

export interface Scale {
  readonly view: View
  readonly width: number
  readonly warp: Warp
  /** Px from the left. */
  readonly x: (at: number) => number
  readonly at: (x: number) => number
}

/** @param width px */
export const scaleOf = (view: View, width: number, warp: Warp = flat): Scale => {
  const start = warp.into(view.from)
  const length = warp.into(view.to) - start
  return {
    view,
    width,
    warp,
    x: (at) => ((warp.into(at) - start) / length) * width,
    at: (x) => warp.back(start + (x / width) * length),
  }
}

const viewBetween = (warp: Warp, from: number, to: number): View => ({
  from: warp.back(from),
  to: warp.back(to),
})

/** Moves the view by a distance on the screen. */
export const panned = ({ view, width, warp }: Scale, px: number): View => {
  const [from, to] = [warp.into(view.from), warp.into(view.to)]
  const by = (px / width) * (to - from)
  return viewBetween(warp, from + by, to + by)
}

/** Shows `factor` times as much, and leaves the instant at `x` where it is. */
export const zoomed = ({ view, width, warp }: Scale, factor: number, x: number): View => {
  const [from, to] = [warp.into(view.from), warp.into(view.to)]
  const length = to - from
  const next = Math.min(LONGEST, Math.max(SHORTEST, length * factor))
  const fixed = from + (x / width) * length
  const start = fixed - (x / width) * next
  return viewBetween(warp, start, start + next)
}

/** Moves the view so far that the instant is in it, at a third from the left; as it is where it is in it already. */
export const centred = (scale: Scale, at: number): View => {
  const x = scale.x(at)
  if (x >= 0 && x <= scale.width) return scale.view
  return panned(scale, x - scale.width / 3)
}

/** All of them, with some room around. */
export const fitted = (instants: Iterable<number>, fallback: View): View => {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const at of instants) {
    from = Math.min(from, at)
    to = Math.max(to, at)
  }
  if (from > to) return fallback
  const room = Math.max((to - from) * 0.04, SHORTEST / 2)
  return { from: from - room, to: to + room }
}
