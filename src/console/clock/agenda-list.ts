/** What comes next, asked again when the world is another one. */
import { effect, signal } from '@preact/signals'
import type { Moment } from '../../contract/clock.ts'
import { ask } from '../live/client.ts'
import { world } from '../model/state.ts'

export const moments = signal<readonly Moment[]>([])

/** Far enough that the next check-in and check-out are nearly always among them. */
const MANY = 300
const APART = 250

/** Keeps it in step until the answer is called. */
export const keepAgenda = (): (() => void) => {
  let isBusy = false
  let isWanted = false
  const end = new AbortController()
  const work = async (): Promise<void> => {
    if (isBusy) return
    isBusy = true
    while (isWanted && !end.signal.aborted) {
      isWanted = false
      try {
        moments.value = (await ask('/_emulator/clock/agenda', { limit: MANY })).agenda
      } catch {
        // The next change asks again.
      }
      await new Promise((resolve) => setTimeout(resolve, APART))
    }
    isBusy = false
  }
  const stop = effect(() => {
    if (world.value === null) return
    isWanted = true
    void work()
  })
  return () => {
    end.abort()
    stop()
  }
}

/** When the next of a kind comes, ms; null where none is near. */
export const nextOf = (kind: Moment['kind']): number | null => {
  const found = moments.value.find((it) => it.kind === kind)
  return found === undefined ? null : Date.parse(found.at)
}
