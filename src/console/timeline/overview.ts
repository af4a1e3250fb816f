/** All that is loaded in one strip: how much, and where it went wrong. */
import type { CodeTimeline } from '../../contract/timeline.ts'
import type { View } from './time-scale.ts'

export interface Bin {
  /** Codes that were declared to open a door. */
  readonly declared: number
  readonly locked_out: number
  readonly overstay: number
}

type Counts = Record<keyof Bin, number>

const rangeOf = (
  { from, to }: { from: string; to: string | null },
  view: View,
  count: number,
): [first: number, last: number] => {
  const width = (view.to - view.from) / count
  const end = to === null ? view.to : Date.parse(to)
  return [
    Math.max(0, Math.floor((Date.parse(from) - view.from) / width)),
    Math.min(count - 1, Math.ceil((end - view.from) / width) - 1),
  ]
}

/** Equal parts of the time, each with how many codes touch it. */
export const overviewBins = (
  codes: Iterable<CodeTimeline>,
  view: View,
  count: number,
): readonly Bin[] => {
  const bins: Counts[] = Array.from({ length: count }, () => ({
    declared: 0,
    locked_out: 0,
    overstay: 0,
  }))
  const kinds = ['declared', 'locked_out', 'overstay'] as const
  for (const code of codes) {
    for (const kind of kinds) {
      let reached = -1
      for (const span of code[kind]) {
        const [first, last] = rangeOf(span, view, count)
        for (let at = Math.max(first, reached + 1); at <= last; at++) {
          const bin = bins[at]
          if (bin !== undefined) bin[kind]++
        }
        reached = Math.max(reached, last)
      }
    }
  }
  return bins
}
