/** From spans of time to blocks on the screen. */
import type { CodeTimeline } from '../../contract/timeline.ts'
import type { Scale } from './time-scale.ts'

export interface Span {
  readonly from: string
  /** null where it has not ended. */
  readonly to: string | null
}

/** Of one code, in the order in which they lie one over the other. */
export interface Block {
  /** Px from the left edge of what is shown. */
  readonly x: number
  readonly width: number
  /** It begins, or ends, where it is drawn; otherwise it goes on beyond the edge. */
  readonly begins: boolean
  readonly ends: boolean
}

/** What is shorter is drawn as wide as this, px. */
const THINNEST = 2

/** The part of a span that is seen; null for none. Open ends reach to `now`. */
const blockOf = ({ from, to }: Span, scale: Scale, now: number): Block | null => {
  const start = scale.x(Date.parse(from))
  const end = scale.x(to === null ? Math.max(now, Date.parse(from)) : Date.parse(to))
  if (end < 0 || start > scale.width) return null
  const x = Math.max(0, start)
  const width = Math.max(THINNEST, Math.min(scale.width, end) - x)
  return { x, width, begins: start >= 0, ends: to !== null && end <= scale.width }
}

/** Blocks of spans in their order; those that cannot be told apart on the screen are one. */
export const blocksOf = (spans: readonly Span[], scale: Scale, now: number): Block[] => {
  const blocks: Block[] = []
  for (const span of spans) {
    const block = blockOf(span, scale, now)
    if (block === null) continue
    const last = blocks.at(-1)
    if (last === undefined || block.x - (last.x + last.width) >= 1) blocks.push(block)
    else {
      const width = Math.max(last.width, block.x + block.width - last.x)
      blocks[blocks.length - 1] = { ...last, width, ends: block.ends }
    }
  }
  return blocks
}

export type Status = CodeTimeline['status'][number]['status']
export interface StatusBlock extends Block {
  readonly status: Status
}

/** What the API said, one block for each status. */
export const statusBlocks = (
  spans: CodeTimeline['status'],
  scale: Scale,
  now: number,
): StatusBlock[] =>
  spans.flatMap((span) => {
    const block = blockOf(span, scale, now)
    return block === null ? [] : [{ ...block, status: span.status }]
  })

/** One span for all that touch or overlap. */
export const joined = (spans: readonly Span[]): Span[] => {
  const all: Span[] = []
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = all.at(-1)
    if (last === undefined || (last.to !== null && last.to < span.from)) all.push(span)
    else if (last.to !== null && (span.to === null || span.to > last.to)) {
      all[all.length - 1] = { from: last.from, to: span.to }
    }
  }
  return all
}
