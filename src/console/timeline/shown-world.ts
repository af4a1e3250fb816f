/** The world as it is looked at: the present one, or how its doors stood at a past instant. */
import { computed } from '@preact/signals'
import { timelineCopy as copy } from '../copy/timeline.ts'
import { at, shownAt, world } from '../model/state.ts'
import type { Disagreement, WorldModel } from '../model/types.ts'
import { spanText } from '../model/span.ts'
import { heldCodes, locksWithCode } from '../model/valid-now.ts'
import { past } from './past.ts'
import { codesAt, doorAt, openingAt } from './rows.ts'
import type { DoorPast } from './rows.ts'

type Wrong = 'locked_out' | 'overstay'

const troublesOf = (door: DoorPast, name: string, instant: number, kind: Wrong): Disagreement[] =>
  codesAt(door, kind, instant).map(({ code, since, reason }) => {
    const lasts = instant - since
    const guest = code.name ?? copy.noName(code.is_gone)
    const words = kind === 'locked_out' ? copy.before.lockedOut : copy.before.overstay
    return {
      kind,
      kinds: [kind],
      since: new Date(since).toISOString(),
      device_id: code.device_id,
      access_code_id: code.access_code_id,
      code: code.code,
      name: code.name,
      refusal: null,
      sentence: words(guest, name, spanText(lasts), reason === null ? null : copy.reasons[reason]),
      waits_for: null,
      minutes: lasts / 60_000,
    }
  })

const worldAt = (it: WorldModel, instant: number): WorldModel => {
  const doors = past.value
  const disagreements = (['locked_out', 'overstay'] as const).flatMap((kind) =>
    it.locks.flatMap(({ device_id, name }) => {
      const door = doors.get(device_id)
      return door === undefined ? [] : troublesOf(door, name, instant, kind)
    }),
  )
  const countOf = (kind: Wrong): number => disagreements.filter((one) => one.kind === kind).length
  return {
    ...it,
    disagreements,
    counts: {
      ...it.counts,
      locked_out: countOf('locked_out'),
      overstay: countOf('overstay'),
      other: 0,
    },
    locks: it.locks.map((lock) => {
      const door = doors.get(lock.device_id)
      if (door === undefined) return lock
      const { online, held } = doorAt(door, instant)
      return {
        ...lock,
        link: { ...lock.link, online: online ?? lock.link.online },
        memory_bank: { ...lock.memory_bank, used: held },
      }
    }),
  }
}

/** What doors and verdict show. */
export const shownWorld = computed(() => {
  const it = world.value
  return it === null || at.value === null ? it : worldAt(it, at.value)
})

const heldNow = computed(() => (world.value === null ? [] : heldCodes(world.value.access_codes)))

/** The locks that some code opens at the instant that is shown. */
export const openingLocks = computed((): ReadonlySet<string> => {
  const instant = at.value
  if (instant === null) return locksWithCode(heldNow.value, shownAt.value ?? 0)
  return new Set([...past.value].flatMap(([id, door]) => (openingAt(door, instant) ? [id] : [])))
})
