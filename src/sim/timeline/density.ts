/** Too many codes to be told one by one: how many there were, lock by lock, in equal parts of time. */
import type { CodeTimeline, Frame, OpenSpan } from './code-spans.ts'

/** Into so many parts the time is cut. */
const BINS = 200

export interface Density {
  device_id: string
  /** How many codes were declared to open the door in each part, how many did, and how many were wrong. */
  declared: number[]
  on_lock: number[]
  locked_out: number[]
  overstay: number[]
}

const bins = (): number[] => Array.from({ length: BINS }, () => 0)

const mark = (counts: number[], spans: readonly OpenSpan[], { from, to }: Frame): void => {
  const width = (to - from) / BINS
  const touched = new Set<number>()
  for (const span of spans) {
    const last = Math.min(BINS - 1, Math.floor(((span.to ?? to) - from) / width))
    for (let bin = Math.max(0, Math.floor((span.from - from) / width)); bin <= last; bin++) {
      touched.add(bin)
    }
  }
  for (const bin of touched) counts[bin] = (counts[bin] ?? 0) + 1
}

export const densityOf = (codes: readonly CodeTimeline[], frame: Frame): Density[] =>
  [...Map.groupBy(codes, ({ device_id }) => device_id)].map(([device_id, those]) => {
    const density = {
      device_id,
      declared: bins(),
      on_lock: bins(),
      locked_out: bins(),
      overstay: bins(),
    }
    for (const code of those) {
      mark(density.declared, code.declared, frame)
      mark(density.on_lock, code.on_lock, frame)
      mark(density.locked_out, code.locked_out, frame)
      mark(density.overstay, code.overstay, frame)
    }
    return density
  })
