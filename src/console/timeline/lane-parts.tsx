/** What is drawn in a row: spans, lines, hatches and marks. */
import type { CodeTimeline } from '../../contract/timeline.ts'
import { timelineCopy as copy } from '../copy/timeline.ts'
import { spanText } from '../model/span.ts'
import { blocksOf, joined, statusBlocks } from './lanes.ts'
import type { Block, Span } from './lanes.ts'
import type { Mark } from './marks.ts'
import type { Density, DoorPast } from './rows.ts'
import type { Scale } from './time-scale.ts'

interface Drawing {
  scale: Scale
  now: number
}

/** Whole numbers of pixels would make short spans jump; hundredths are enough. */
const px = (value: number): string => `${Math.round(value * 100) / 100}px`
const placed = ({ x, width }: Block) => ({ left: px(x), width: px(width) })

interface SpansProps extends Drawing {
  look: string
  spans: readonly Span[]
  title?: string
}

const Spans = ({ look, spans, title, scale, now }: SpansProps) => (
  <>
    {blocksOf(spans, scale, now).map((block, index) => (
      <i
        key={index}
        class={`tl-span ${look}`}
        style={placed(block)}
        title={title}
        data-begins={block.begins}
        data-ends={block.ends}
      />
    ))}
  </>
)

const Says = ({ spans, scale, now }: Drawing & { spans: CodeTimeline['status'] }) => (
  <>
    {statusBlocks(spans, scale, now).map((block, index) => (
      <i
        key={index}
        class="tl-says"
        data-status={block.status}
        style={placed(block)}
        title={block.status === 'unknown' ? copy.unknownMore : copy.statuses[block.status]}
      >
        {block.status === 'unknown' && block.width > 12 ? copy.unknown : null}
      </i>
    ))}
  </>
)

const lengthOf = ({ from, to }: Span, now: number): number =>
  (to === null ? now : Date.parse(to)) - Date.parse(from)
const lengthOfAll = (spans: readonly Span[], now: number): number =>
  spans.reduce((sum, span) => sum + lengthOf(span, now), 0)

const titleOf = ({ look, words: [first = '', second = ''] }: Mark): string => {
  const { mark } = copy
  if (look === 'failed') return mark.failed(first, second)
  if (look === 'opened') return mark.opened(first)
  if (look === 'refused') return mark.refusedEntry(first)
  return look === 'sent' ? mark.sent : mark.answered
}

/** Fewer of one row than this are drawn. */
const MOST_MARKS = 60

export const Marks = ({ marks, scale }: { marks: readonly Mark[]; scale: Scale }) => (
  <>
    {marks.slice(-MOST_MARKS).map((mark, index) => {
      const x = scale.x(mark.at)
      return x < 0 || x > scale.width ? null : (
        <i
          key={`${mark.at} ${mark.look} ${index}`}
          class="tl-mark"
          data-mark={mark.look}
          style={{ left: px(x) }}
          title={titleOf(mark)}
        />
      )
    })}
  </>
)

/** The three lanes of a code, and over them what went wrong. */
export const CodeLanes = ({ code, scale, now }: Drawing & { code: CodeTimeline }) => {
  const { declared, on_lock, status, locked_out, overstay } = code
  return (
    <>
      <Spans look="tl-declared" spans={declared} scale={scale} now={now} />
      <Spans look="tl-held" spans={on_lock} scale={scale} now={now} />
      <Says spans={status} scale={scale} now={now} />
      <Spans
        look="tl-locked-out"
        spans={locked_out}
        scale={scale}
        now={now}
        title={copy.lockedOut(spanText(lengthOfAll(locked_out, now)))}
      />
      <Spans
        look="tl-overstay"
        spans={overstay}
        scale={scale}
        now={now}
        title={copy.overstay(spanText(lengthOfAll(overstay, now)))}
      />
    </>
  )
}

const DensityBars = ({
  density,
  scale,
  frame,
}: {
  density: Density
  scale: Scale
  frame: { from: number; to: number }
}) => {
  const count = density.declared.length
  const most = Math.max(1, ...density.declared)
  const width = (frame.to - frame.from) / count
  return (
    <>
      {density.declared.map((declared, index) => {
        const x = scale.x(frame.from + index * width)
        const end = scale.x(frame.from + (index + 1) * width)
        if (end < 0 || x > scale.width || declared === 0) return null
        const look =
          (density.locked_out[index] ?? 0) > 0
            ? 'locked-out'
            : (density.overstay[index] ?? 0) > 0
              ? 'overstay'
              : undefined
        return (
          <i
            key={index}
            class="tl-density"
            data-look={look}
            title={copy.codes(declared)}
            style={{
              left: px(x),
              width: px(Math.max(1, end - x - 0.5)),
              height: `${Math.max(12, (declared / most) * 88)}%`,
            }}
          />
        )
      })}
    </>
  )
}

/** A door in one lane: when any code opened it, when anybody was locked out, when it could not be reached. */
export const DoorLanes = ({
  past: { door, codes, density },
  frame,
  scale,
  now,
}: Drawing & { past: DoorPast; frame: { from: number; to: number } | null }) => {
  const offline = door.link.filter(({ online }) => !online)
  const drawing = { scale, now }
  if (density !== null && frame !== null)
    return <DensityBars density={density} scale={scale} frame={frame} />
  return (
    <>
      <Spans look="tl-offline" spans={offline} title={copy.offline} {...drawing} />
      {door.outages.map((outage, index) => (
        <Spans
          key={index}
          look="tl-outage"
          spans={[outage]}
          title={copy.outages[outage.cause]}
          {...drawing}
        />
      ))}
      <Spans look="tl-any" spans={joined(codes.flatMap((it) => it.on_lock))} {...drawing} />
      <Spans
        look="tl-locked-out"
        spans={joined(codes.flatMap((it) => it.locked_out))}
        title={copy.legend.lockedOut}
        {...drawing}
      />
      <Spans
        look="tl-overstay"
        spans={joined(codes.flatMap((it) => it.overstay))}
        title={copy.legend.overstay}
        {...drawing}
      />
    </>
  )
}
