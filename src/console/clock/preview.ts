/** What leaps would do, asked once for each instant and world. */
import { effect, signal } from '@preact/signals'
import type { AnswerOf } from '../../contract/route.ts'
import type { clockRoutes } from '../../contract/clock.ts'
import { clockCopy } from '../copy/clock.ts'
import { ask } from '../live/client.ts'
import { now, world } from '../model/state.ts'

export type Preview = AnswerOf<(typeof clockRoutes)['preview']>['preview']

const known = signal<ReadonlyMap<number, Preview | null>>(new Map())
let wanted: number | null = null
let isAsking = false

const work = async (): Promise<void> => {
  if (isAsking) return
  isAsking = true
  while (wanted !== null) {
    const to = wanted
    wanted = null
    try {
      const { preview } = await ask('/_emulator/clock/preview', { to: new Date(to).toISOString() })
      known.value = new Map(known.peek()).set(to, preview)
    } catch {
      // The past by now, or nobody answers: there is nothing to be told.
      known.value = new Map(known.peek()).set(to, null)
    }
  }
  isAsking = false
}

effect(() => {
  // Another world, other consequences.
  if (world.value !== null) known.value = new Map()
})

/** What a leap there would do; null while it is not known. The newest question is asked first. */
export const aheadOf = (to: number): Preview | null => {
  const told = known.value.get(to)
  if (told === undefined && to >= (now.peek() ?? 0)) {
    wanted = to
    queueMicrotask(() => void work())
  }
  return told ?? null
}

/** `7 jobs, 3 messages, 1 check-in`. */
export const previewText = (told: Preview): string => {
  const parts = clockCopy.preview.parts(told)
  if (parts.length === 0) return clockCopy.preview.nothing
  const [first = '', ...rest] = parts
  return told.is_whole ? parts.join(', ') : `${first} ${rest.join(', ')}`
}
