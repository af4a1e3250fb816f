/** What a door answered, in a sentence. */
import type { DoorAnswer, Slot } from '../../contract/locks.ts'

export interface DoorFacts {
  /** What was typed. */
  readonly code: string
  /** The lock's memory when it was typed. */
  readonly slots: readonly Slot[]
  /** The workspace's instant, ms. */
  readonly now: number
  /** Until when the keypad is deaf, ISO. */
  readonly deafUntil: string | null
  /** An instant as people here write it. */
  readonly write: (at: number) => string
}

type Reason = NonNullable<DoorAnswer['reason']>

const windowOf = ({ code, slots }: DoorFacts): Slot | undefined =>
  slots.find((slot) => slot.code === code)

const at = (instant: string | null | undefined, write: DoorFacts['write']): string =>
  instant === null || instant === undefined ? '' : write(Date.parse(instant))

const refusals: Record<Reason, (facts: DoorFacts) => string> = {
  unknown_code: ({ code }) => `the lock does not hold ${code}`,
  not_yet_valid: (facts) => {
    const from = at(windowOf(facts)?.starts_at, facts.write)
    return from === ''
      ? 'it is not valid yet'
      : `valid from ${from}, it is ${facts.write(facts.now)} at the lock`
  },
  expired_code: (facts) => {
    const until = at(windowOf(facts)?.ends_at, facts.write)
    return until === ''
      ? 'its time is over'
      : `it was valid until ${until}, it is ${facts.write(facts.now)} at the lock`
  },
  too_many_attempts: ({ deafUntil, write }) =>
    deafUntil === null
      ? 'too many wrong codes'
      : `too many wrong codes, the keypad is deaf until ${at(deafUntil, write)}`,
  keypad_unavailable: () => 'the keypad is off or has no power',
  no_power: () => 'the lock has no power',
  blocked_by_privacy_mode: () => 'somebody inside has privacy mode on',
  jammed: () => 'the PIN is right, but the bolt is stuck',
}

/** `Opens: Ada's code, slot 2`, or `Refused: the lock does not hold 1234`. */
export const doorSentence = (
  { opened, reason }: Pick<DoorAnswer, 'opened' | 'reason'>,
  facts: DoorFacts,
): string => {
  if (!opened) return `Refused: ${reason === null ? 'no reason' : refusals[reason](facts)}.`
  const slot = windowOf(facts)
  if (slot === undefined) return 'Opens.'
  const whose = slot.name === null || slot.name === '' ? 'the code' : `${slot.name}’s code`
  return `Opens: ${whose}, slot ${slot.slot}.`
}
