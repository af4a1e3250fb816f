/** One code on the timeline: declared, on the lock, what the API said, and who stood where. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { DoorSpan } from '../../db/tables/locks.ts'
import { openDuring, stayAt } from '../access-codes/lock-out-report.ts'
import { reconciledLock } from '../access-codes/reconciled-lock.ts'
import { intersect, normalize } from '../kernel/intervals.ts'
import type { Interval } from '../kernel/intervals.ts'
import type { World } from '../kernel/world.ts'
import type { LockView } from '../locks/lock-view.ts'
import { declaredSpans, windowOf } from './declared-spans.ts'
import type { DeclaredSpan } from './declared-spans.ts'
import type { LockPast } from './past.ts'
import { statusSpans } from './statuses.ts'
import type { StatusSpan } from './statuses.ts'

/** Spans that have not ended have `to: null`. */
export interface OpenSpan {
  from: number
  to: number | null
}

export interface CodeTimeline {
  access_code_id: string
  device_id: string
  name: string | null
  code: string | null
  is_managed: boolean
  is_gone: boolean
  declared: OpenSpan[]
  held: (OpenSpan & { slot: number | null; code: string })[]
  on_lock: OpenSpan[]
  status: StatusSpan[]
  locked_out: (Interval & { reason: string })[]
  overstay: Interval[]
}

export interface Frame {
  from: number
  to: number
}

const FOR_EVER = Number.POSITIVE_INFINITY

/** The part within the frame; null where there is none. */
const within = <T extends OpenSpan>(span: T, { from, to }: Frame): T | null => {
  const begin = Math.max(span.from, from)
  const end = span.to === null ? null : Math.min(span.to, to)
  if (begin > to || (end !== null && end < begin) || (span.to ?? FOR_EVER) < from) return null
  return { ...span, from: begin, to: end }
}

const framed = <T extends OpenSpan>(spans: readonly T[], frame: Frame): T[] =>
  spans.flatMap((span) => within(span, frame) ?? [])

/** Windows that touch are one. */
const joined = (spans: readonly OpenSpan[]): OpenSpan[] =>
  normalize(spans.map(({ from, to }) => ({ from, to: to ?? FOR_EVER }))).map(({ from, to }) => ({
    from,
    to: to === FOR_EVER ? null : to,
  }))

/** When its guests should have got in and did not, and when they did afterwards. */
const stays = (past: LockPast, code: AccessCode, forms: readonly DeclaredSpan[]) => {
  const held = past.heldOf(code.access_code_id)
  const isStay = code.is_managed && !code.is_backup
  const locked_out: CodeTimeline['locked_out'] = []
  const overstay: Interval[] = []
  for (const form of isStay ? forms : []) {
    const window = windowOf(form)
    const isLast = form === forms.at(-1)
    const end = Math.min(window?.to ?? form.until ?? FOR_EVER, code.used_at ?? FOR_EVER)
    const stay = { starts_at: window?.from ?? end, ends_at: end }
    const told = stayAt(past, { code: form.code, held: isLast ? held : [] }, stay, 0)
    locked_out.push(...told.locked_out)
    if (isLast) overstay.push(...told.overstay)
  }
  return { locked_out, overstay: normalize(overstay) }
}

const heldSpan = ({ slot, code, began_at, ended_at }: DoorSpan) => ({
  slot,
  code: code ?? '',
  from: began_at,
  to: ended_at,
})

/** When it opened the door: open at the end where it does so now. */
const onLock = (past: LockPast, held: readonly DoorSpan[]): OpenSpan[] =>
  openDuring(past, held).map(({ from, to }) => ({ from, to: to >= past.now ? null : to }))

/** A code, and since when it is gone: null for one that is there. */
export interface Life {
  code: AccessCode
  gone_at: number | null
  /** Whether it is known for when it was declared. */
  is_remembered: boolean
}

export interface CodeOnDoor {
  world: World
  view: LockView
  past: LockPast
  /** When nothing could be known of the lock. */
  unknown: readonly Interval[]
}

export const codeTimeline = (
  { world, view, past, unknown }: CodeOnDoor,
  { code, gone_at, is_remembered }: Life,
  frame: Frame,
): CodeTimeline => {
  const { access_code_id, device_id, name, is_managed } = code
  const told = past.toldOf(access_code_id)
  const held = past.heldOf(access_code_id)
  const life = { from: code.created_at, to: gone_at }
  const ends = Math.min(gone_at ?? FOR_EVER, code.deletion_requested_at ?? FOR_EVER)
  const wanted = { from: life.from, to: ends === FOR_EVER ? null : ends }
  const forms = is_remembered ? declaredSpans(code, told, wanted) : []
  const { locked_out, overstay } = stays(past, code, forms)
  const frames = [{ from: frame.from, to: frame.to }]
  // Nothing is said that is not known.
  const status = is_remembered
    ? statusSpans({
        code,
        forms,
        told,
        lock: reconciledLock(view),
        settings: world.settings,
        unknown,
        life,
        now: world.now,
      })
    : []
  return {
    access_code_id,
    device_id,
    name,
    code: code.code,
    is_managed,
    is_gone: gone_at !== null,
    declared: framed(joined(forms.flatMap((form) => windowOf(form) ?? [])), frame),
    held: framed(held.map(heldSpan), frame),
    on_lock: framed(onLock(past, held), frame),
    status: framed(status, frame),
    locked_out: locked_out.flatMap(({ reason, ...part }) =>
      intersect([part], frames).map((it) => ({ ...it, reason })),
    ),
    overstay: intersect(overstay, frames),
  }
}
