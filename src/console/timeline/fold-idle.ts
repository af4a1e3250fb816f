/** Work comes in bursts, then days of nothing: stretches in which nothing changes are folded. */
import type { Fold, View } from './time-scale.ts'

/** A stretch is folded where it takes at least this part of what is shown. */
const LEAST = 0.05
/** Around what happens some time stays, as a part of the shortest stretch that is folded. */
const MARGIN = 0.2
/** What a fold still takes, as a part of all that is left. */
const SHOWN = 0.02

/**
 * The idle stretches within a frame.
 * @param instants at which something changes, in any order
 */
export const idleStretches = (instants: Iterable<number>, { from, to }: View): Fold[] => {
  const inside = [...instants].filter((at) => at > from && at < to).toSorted((a, b) => a - b)
  const least = (to - from) * LEAST
  const margin = least * MARGIN
  const idle: View[] = []
  let before = from
  for (const at of [...inside, to]) {
    if (at - before >= least) idle.push({ from: before + margin, to: at - margin })
    before = at
  }
  const left = to - from - idle.reduce((sum, it) => sum + it.to - it.from, 0)
  return idle.map((it) => ({ ...it, shown: Math.min((it.to - it.from) / 2, left * SHOWN) }))
}
