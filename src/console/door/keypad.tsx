/** The keypad of a door: it is pressed or typed at, and the door answers. */
import { useState } from 'preact/hooks'
import type { DoorAnswer, Slot } from '../../contract/locks.ts'
import { act } from '../acting/act.ts'
import { doorCopy } from '../copy/door.ts'
import { ask } from '../live/client.ts'
import { doorSentence } from '../model/door-words.ts'
import { at, hidesPins, now } from '../model/state.ts'
import type { Lock } from '../model/types.ts'
import { Pin } from '../ui/pin.tsx'
import { instantText } from '../ui/time.tsx'

const copy = doorCopy.keypad
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
const LONGEST = 20

interface Told {
  /** Whether the door opened; null for a refusal of the emulator itself. */
  opened: boolean | null
  reason: DoorAnswer['reason']
  sentence: string
}

/** What was typed stands in the sentence, so it hides with all PINs. */
const covered = (sentence: string, code: string): string =>
  hidesPins.value && code !== '' ? sentence.replaceAll(code, '•'.repeat(code.length)) : sentence

const tell = async (lock: Lock, code: string, slots: readonly Slot[]): Promise<Told> => {
  const { device_id, name } = lock
  const outcome = await act({
    path: '/_emulator/locks/enter_code',
    body: { device_id, code },
    says: copy.says(code, name),
  })
  if (outcome.answer === null) return { opened: null, reason: null, sentence: outcome.refused }
  const { opened, reason } = outcome.answer
  const isDeaf = reason === 'too_many_attempts'
  const fresh = isDeaf
    ? await ask('/_emulator/world', { parts: ['locks'], device_ids: [device_id] }).catch(() => null)
    : null
  const deafUntil = fresh?.world.locks?.[0]?.locked_out_until ?? lock.locked_out_until
  const facts = { code, slots, now: now.peek() ?? 0, deafUntil, write: instantText }
  return { opened, reason, sentence: doorSentence({ opened, reason }, facts) }
}

const Answer = ({ told, code }: { told: Told | null; code: string }) => (
  <p
    class="keypad-answer"
    role="alert"
    aria-live="assertive"
    data-opened={told?.opened}
    data-reason={told?.reason ?? null}
  >
    {told === null ? '' : covered(told.sentence, code)}
    {told?.reason !== null && told !== null && <code class="keypad-reason">{told.reason}</code>}
  </p>
)

const Chips = ({
  slots,
  onChoose,
}: {
  slots: readonly Slot[]
  onChoose: (pin: string) => void
}) => {
  const pins = [...new Set(slots.map(({ code }) => code))].slice(0, 8)
  if (pins.length === 0) return null
  return (
    <div class="chips" role="group" aria-label={copy.chips}>
      {pins.map((pin) => (
        <button
          key={pin}
          type="button"
          class="chip"
          disabled={at.value !== null}
          onClick={() => onChoose(pin)}
        >
          <Pin code={pin} />
        </button>
      ))}
    </div>
  )
}

const useKeypad = (lock: Lock, slots: readonly Slot[]) => {
  const [typed, setTyped] = useState('')
  const [last, setLast] = useState('')
  const [told, setTold] = useState<Told | null>(null)
  const press = (key: string): void => {
    setTold(null)
    setTyped((before) => `${before}${key}`.slice(0, LONGEST))
  }
  const enter = async (code: string): Promise<void> => {
    if (code === '') return
    setLast(code)
    setTyped('')
    setTold(null)
    setTold(await tell(lock, code, slots))
  }
  /** What was said of the one before is not said of this one. */
  const type = (text: string): void => {
    setTold(null)
    setTyped(text)
  }
  return { typed, type, last, told, press, enter }
}

const Keys = ({ press, clear }: { press: (key: string) => void; clear: () => void }) => {
  const isOff = at.value !== null
  const key = (sign: string) => (
    <button key={sign} type="button" class="key" disabled={isOff} onClick={() => press(sign)}>
      {sign}
    </button>
  )
  return (
    <>
      {KEYS.map(key)}
      <button type="button" class="key key-word" disabled={isOff} onClick={clear}>
        {copy.clear}
      </button>
      {key('0')}
      <button type="submit" class="key key-word" disabled={isOff}>
        {copy.enter}
      </button>
    </>
  )
}

export const Keypad = ({ lock, slots }: { lock: Lock; slots: readonly Slot[] }) => {
  const { typed, type, last, told, press, enter } = useKeypad(lock, slots)
  return (
    <section class="door-part" aria-label={copy.heading}>
      <h3>{copy.heading}</h3>
      <div class="keypad-row">
        <form
          class="keypad"
          aria-label={copy.group}
          onSubmit={(event) => {
            event.preventDefault()
            void enter(typed)
          }}
        >
          <input
            class="keypad-typed"
            type="text"
            data-hides={hidesPins.value}
            // Its own keys stand below: no second ones rise over them.
            inputMode="none"
            autocomplete="off"
            aria-label={copy.type}
            placeholder={copy.type}
            maxLength={LONGEST}
            value={typed}
            disabled={at.value !== null}
            onInput={({ currentTarget }) => type(currentTarget.value)}
          />
          <Keys press={press} clear={() => type('')} />
        </form>
        <div class="keypad-side">
          <Chips slots={slots} onChoose={(pin) => void enter(pin)} />
          <Answer told={told} code={last} />
        </div>
      </div>
    </section>
  )
}
