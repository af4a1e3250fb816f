/**
 * Who was locked out, and who still got in, at an instant that is past: told from what locks held, as the
 * timeline tells it. The other kinds depend on what Seam had under way then, which nobody keeps.
 */
import type { Interval } from '../kernel/intervals.ts'
import { normalize } from '../kernel/intervals.ts'
import type { World } from '../kernel/world.ts'
import { lockView } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { buildTimeline } from '../timeline/build.ts'
import type { CodeTimeline } from '../timeline/code-spans.ts'
import { lockPast } from '../timeline/past.ts'
import type { LockPast } from '../timeline/past.ts'
import type { Disagreement } from './find.ts'
import { pastSentence } from './words.ts'
import type { DoorRefusal } from './words.ts'

/** The kinds that can be told of the past. */
export const pastKinds = ['locked_out', 'overstay'] as const
export type PastKind = (typeof pastKinds)[number]

const around = (spans: readonly Interval[], at: number): Interval | undefined =>
  normalize([...spans]).find(({ from, to }) => from <= at && at < to)

/** What the door said to the PIN. */
const refusalAt = (past: LockPast, code: CodeTimeline, at: number): DoorRefusal => {
  const reason = code.locked_out.find(({ from, to }) => from <= at && at < to)?.reason
  if (reason === 'outside_window') {
    const held = past
      .heldOf(code.access_code_id)
      .find(({ began_at, ended_at }) => began_at <= at && at < (ended_at ?? past.now + 1))
    return (held?.starts_at ?? at) > at ? 'not_yet_valid' : 'expired_code'
  }
  return outages.find((it) => it === reason) ?? 'unknown_code'
}

const outages = [
  'no_power',
  'keypad_unavailable',
  'too_many_attempts',
  'blocked_by_privacy_mode',
  'jammed',
] as const satisfies DoorRefusal[]

/** The first command, answered within the lock's own latency, is no disagreement (`isMerelyUnderWay`). */
const wasMerelySet = (view: LockView, { declared }: CodeTimeline, { from, to }: Interval) =>
  declared.some((span) => span.from === from) && to - from <= view.profile.latency.set.max

const wasMerelyTakenOff = (view: LockView, { declared }: CodeTimeline, { from, to }: Interval) =>
  declared.some((span) => span.to === from) && to - from <= view.profile.latency.remove.max

const ofCode = (
  { view, past, at }: { view: LockView; past: LockPast; at: number },
  code: CodeTimeline,
): Disagreement[] => {
  const out = around(code.locked_out, at)
  const over = around(code.overstay, at)
  const isOut = out !== undefined && !wasMerelySet(view, code, out)
  const isOver = over !== undefined && !wasMerelyTakenOff(view, code, over)
  const since = isOut ? out.from : isOver ? over.from : undefined
  if (since === undefined) return []
  const kind: PastKind = isOut ? 'locked_out' : 'overstay'
  const refusal = isOut ? refusalAt(past, code, at) : null
  return [
    {
      kind,
      kinds: [kind],
      since,
      device_id: code.device_id,
      access_code_id: code.access_code_id,
      code: code.code,
      name: code.name,
      refusal,
      sentence: pastSentence(view, code, { since, at, refusal }),
      waits_for: null,
      lasts: at - since,
    },
  ]
}

const rank = ({ kind }: Disagreement): number => (kind === 'locked_out' ? 0 : 1)

/** Those of an instant that is past, ms: who was locked out first, the oldest first. */
export const findPastDisagreements = (
  world: World,
  at: number,
  device_ids: readonly string[] = world.devices.all().map((row) => row.device_id),
): Disagreement[] =>
  device_ids
    .flatMap((device_id) => {
      const view = lockView(world, device_id)
      if (view === null || !view.device.is_managed) return []
      const past = lockPast(world, device_id)
      const frame = { from: world.workspace.created_at, to: Number.POSITIVE_INFINITY }
      const { codes } = buildTimeline(world, {
        ...frame,
        device_id,
        limit: Number.POSITIVE_INFINITY,
      })
      return codes.flatMap((code) => ofCode({ view, past, at }, code))
    })
    .toSorted((a, b) => rank(a) - rank(b) || a.since - b.since)
