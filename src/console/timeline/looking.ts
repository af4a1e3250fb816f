/** What of the timeline is looked at: which time, which rows. */
import { computed, effect, signal } from '@preact/signals'
import { nowCopy } from '../copy/now.ts'
import { doorGroups } from '../model/doors.ts'
import { isRunning } from '../model/clock.ts'
import { at as pastAt, clock, leap, now, shownAt, world } from '../model/state.ts'
import { idleStretches } from './fold-idle.ts'
import { loaded, past } from './past.ts'
import { instantsOf, rowsOf } from './rows.ts'
import type { NamedDoor, Row } from './rows.ts'
import { centred, fitted, flat, panned, scaleOf, warpOf, zoomed } from './time-scale.ts'
import type { Scale, View, Warp } from './time-scale.ts'

const HOUR = 3_600_000

export const view = signal<View | null>(null)
/** Px of the lanes. */
export const width = signal(600)
export const foldsIdle = signal(false)
export const onlyTrouble = signal(false)
export const search = signal('')
export const foldedDoors = signal<ReadonlySet<string>>(new Set())
export const asTable = signal(false)

const doors = computed((): NamedDoor[] => {
  const it = world.value
  if (it === null) return []
  return doorGroups(it).flatMap(({ name, doors: those }) =>
    those.map(({ lock }) => ({
      device_id: lock.device_id,
      name: lock.name === '' ? nowCopy.doors.elsewhere : lock.name,
      place: name,
    })),
  )
})

const differing = computed(
  () =>
    new Set(
      world.value?.disagreements.flatMap(({ kind, access_code_id }) =>
        kind === 'stored' || access_code_id === null ? [] : [access_code_id],
      ),
    ),
)
export const isDiffering = (access_code_id: string): boolean => differing.value.has(access_code_id)

export const rows = computed((): Row[] =>
  rowsOf(doors.value, past.value, {
    folded: foldedDoors.value,
    differing: differing.value,
    onlyTrouble: onlyTrouble.value,
    search: search.value.trim().toLowerCase(),
  }),
)

const allCodes = computed(() => [...past.value.values()].flatMap(({ codes }) => codes))
export const codesInAll = allCodes

const warp = computed((): Warp => {
  const frame = loaded.value
  if (!foldsIdle.value || frame === null) return flat
  const happens = [...instantsOf(allCodes.value), now.value ?? frame.from]
  return warpOf(idleStretches(happens, frame))
})

export const scale = computed((): Scale | null => {
  const shown = view.value
  return shown === null ? null : scaleOf(shown, Math.max(50, width.value), warp.value)
})

/** Where everything ends that has not ended. */
export const endOfKnown = computed(() => now.value ?? 0)

/**
 * The same of one door: while a leap is under way, and until the door is told of again, nobody knows how
 * it went on. Beside a clock that merely runs, whatever changes is told.
 */
export const endOf = (device_id: string): number => {
  const face = clock.value
  const goesOn = face !== null && isRunning(face) && leap.value === null
  const told = past.value.get(device_id)?.now
  return goesOn || told === undefined ? endOfKnown.value : told
}

/** All that is loaded, but no more than is near. */
export const fit = (): void => {
  const at = now.peek() ?? 0
  const near = { from: at - 12 * HOUR, to: at + 36 * HOUR }
  const frame = loaded.peek() ?? near
  const instants = [...instantsOf(allCodes.peek()), at, at - HOUR, at + 12 * HOUR]
  view.value = fitted(
    instants.filter((it) => it >= frame.from && it <= frame.to),
    near,
  )
}

export const pan = (px: number): void => {
  const it = scale.peek()
  if (it !== null) view.value = panned(it, px)
}

/** @param x px from the left of the lanes; their middle when not given */
export const zoom = (factor: number, x?: number): void => {
  const it = scale.peek()
  if (it !== null) view.value = zoomed(it, factor, x ?? it.width / 2)
}

/** Brings an instant into sight; now when not given. */
export const comeTo = (at: number | null = shownAt.peek()): void => {
  const it = scale.peek()
  if (it !== null && at !== null) view.value = centred(it, at)
}

/** A view that shows the present goes on with it. */
export const followNow = (): (() => void) => {
  let before: number | null = null
  return effect(() => {
    const at = now.value
    const it = scale.peek()
    const [was, face] = [before, clock.peek()]
    before = at
    if (at === null || it === null || was === null || at === was || face === null) return
    const wasSeen = was >= it.view.from && was <= it.view.to
    const x = it.x(at)
    if (wasSeen && (x > it.width * 0.94 || x < 0)) view.value = panned(it, x - it.width * 0.6)
  })
}

/** A past instant that is looked at comes into sight. */
export const followPast = (): (() => void) =>
  effect(() => {
    if (pastAt.value !== null) comeTo(pastAt.value)
  })

export const toggleDoor = (device_id: string): void => {
  const next = new Set(foldedDoors.peek())
  if (!next.delete(device_id)) next.add(device_id)
  foldedDoors.value = next
}
