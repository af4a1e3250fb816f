/** Ways to move the clock, each one deed. */
import { signal } from '@preact/signals'
import { act } from '../acting/act.ts'
import type { Outcome } from '../acting/act.ts'
import { clockCopy as copy } from '../copy/clock.ts'
import { instantText } from '../ui/time.tsx'
import { isRunning } from '../model/clock.ts'
import { clock } from '../model/state.ts'

export type NextKind = 'event' | 'check_in' | 'check_out' | 'disagreement' | 'delivery'

/** A leap that this page began and that is not answered yet. */
export const isOurs = signal(false)
/** What the emulator said where it refused the last one. */
export const refused = signal<string | null>(null)

const performed = async (leap: () => Promise<Outcome>): Promise<Outcome> => {
  isOurs.value = true
  refused.value = null
  const outcome = await leap()
  isOurs.value = false
  refused.value = outcome.refused
  return outcome
}

const advance = (
  body: { to: string } | { by: string } | { to_next: NextKind },
  says: string,
): Promise<Outcome> => performed(() => act({ path: '/_emulator/clock/advance', body, says }))

/** @param at ms */
export const leapTo = (at: number): Promise<Outcome> =>
  advance({ to: new Date(at).toISOString() }, copy.leap.saysTo(instantText(at, true)))

/** @param by such as `1h` */
export const leapBy = (by: string): Promise<Outcome> => advance({ by }, copy.leap.saysBy(by))

export const leapToNext = (kind: NextKind): Promise<Outcome> =>
  advance({ to_next: kind }, copy.leap.saysNext(copy.leap[kind]))

export const stopLeap = (): Promise<Outcome> =>
  act({ path: '/_emulator/clock/stop', body: {}, says: copy.leaping.saysStop })

export const freeze = (): Promise<Outcome> =>
  performed(() => act({ path: '/_emulator/clock/freeze', body: {}, says: copy.freeze }))

export const run = (rate: number): Promise<Outcome> =>
  performed(() => act({ path: '/_emulator/clock/resume', body: { rate }, says: copy.runAt(rate) }))

export const freezeOrRun = (): Promise<Outcome> => {
  const face = clock.peek()
  return face !== null && isRunning(face) ? freeze() : run(1)
}
