/** The past of doors and codes, between two instants. */
import type { World } from '../kernel/world.ts'
import { lockView, requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { codeTimeline } from './code-spans.ts'
import type { CodeTimeline, Life } from './code-spans.ts'
import { densityOf } from './density.ts'
import type { Density } from './density.ts'
import { doorTimeline, unknownTimes } from './doors.ts'
import type { DoorTimeline } from './doors.ts'
import { goneCode } from './gone-codes.ts'
import { lockPast } from './past.ts'
import type { LockPast } from './past.ts'

export interface TimelineChoice {
  from: number
  to: number
  device_id?: string | undefined
  device_ids?: readonly string[] | undefined
  access_code_id?: string | undefined
  /** Spans at most. */
  limit: number
}

export interface Timeline {
  devices: DoorTimeline[]
  codes: CodeTimeline[]
  truncated: boolean
  /** In place of the codes, where they are too many. */
  density: Density[] | null
}

/** The codes of a lock whose life touches the time that is asked for, the oldest first. */
const livesOf = (world: World, past: LockPast, { from, to, access_code_id }: TimelineChoice) => {
  const there = new Map(past.codes.map((code) => [code.access_code_id, code]))
  const lives: Life[] = past.codes.map((code) => ({
    code,
    gone_at: null,
    is_remembered: true,
  }))
  for (const id of past.ids()) {
    const gone = there.has(id) ? null : goneCode(past, id)
    if (gone !== null) lives.push(gone)
  }
  return lives
    .filter(({ code }) => access_code_id === undefined || code.access_code_id === access_code_id)
    .filter(({ code, gone_at }) => code.created_at <= to && (gone_at ?? to) >= from)
    .toSorted((a, b) => a.code.created_at - b.code.created_at)
}

const sizeOf = ({ declared, held, on_lock, status, locked_out, overstay }: CodeTimeline): number =>
  declared.length +
  held.length +
  on_lock.length +
  status.length +
  locked_out.length +
  overstay.length

const idsOf = (world: World, { device_ids, access_code_id }: TimelineChoice): readonly string[] => {
  const code = access_code_id === undefined ? undefined : world.access_codes.get(access_code_id)
  if (code !== undefined) {
    const { device_id } = code
    return device_ids === undefined || device_ids.includes(device_id) ? [device_id] : []
  }
  return device_ids ?? world.devices.all().map((it) => it.device_id)
}

const viewsOf = (world: World, choice: TimelineChoice): LockView[] => {
  const { device_id } = choice
  if (device_id !== undefined) return [requireLock(world, device_id)]
  return idsOf(world, choice).flatMap((id) => lockView(world, id) ?? [])
}

/**
 * What was declared, what opened the door, what the API said, and who was locked out or stayed on.
 * Everything is told again from what locks held (`door_history`) and from events; nothing of it is
 * kept a second time.
 */
export const buildTimeline = (world: World, choice: TimelineChoice): Timeline => {
  const { from, to, limit } = choice
  const frame = { from, to }
  const devices: DoorTimeline[] = []
  const codes: CodeTimeline[] = []
  let size = 0
  for (const view of viewsOf(world, choice)) {
    const past = lockPast(world, view.device.device_id)
    const unknown = unknownTimes(world, view.device.connected_account_id)
    devices.push(doorTimeline(world, past, frame))
    for (const life of livesOf(world, past, choice)) {
      const told = codeTimeline({ world, view, past, unknown }, life, frame)
      size += sizeOf(told)
      if (sizeOf(told) > 0) codes.push(told)
    }
  }
  const truncated = size > limit
  return {
    devices,
    codes: truncated ? [] : codes,
    truncated,
    density: truncated ? densityOf(codes, frame) : null,
  }
}
