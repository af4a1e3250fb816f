/** The one way in which the console changes anything. */
import { signal } from '@preact/signals'
import type { AnswerOf, InputOf } from '../../contract/route.ts'
import { ask, askAny, isApiError } from '../live/client.ts'
import type { Routes } from '../live/routes.ts'
import { at, now } from '../model/state.ts'
import { actCopy } from '../copy/act.ts'

/** Something to do, as it is sent. */
export interface Deed {
  /** A control route or one of Seam's. */
  readonly path: string
  readonly body: object
  /** What it does, in words: "Unplug Hallway Bridge". */
  readonly says: string
}

/** What was done, the newest last: it can be copied, and recorded as a test. */
export interface Done extends Deed {
  /** Which one it is, from 1 on. */
  readonly number: number
  /** The workspace's instant when it was sent, ISO. */
  readonly sent_at: string
  /** When that was by the machine's clock, ms. */
  readonly sent_wall: number
  /** The answer, or the emulator's own words where it refused. */
  readonly answer: object | null
  readonly refused: string | null
  /** Seam's type of the error where it was refused; null where nobody answered. */
  readonly refused_type: string | null
}

export const done = signal<readonly Done[]>([])

export type Outcome<T extends object = object> =
  | { readonly answer: T; readonly refused: null }
  | { readonly answer: null; readonly refused: string }

const KEPT = 200

/** Who is told of everything that is done, such as a recording. */
const listeners = new Set<(it: Done) => void>()
export const onDone = (listener: (it: Done) => void): void => void listeners.add(listener)

let count = 0

const note = <T extends object>(
  deed: Deed,
  sent: Pick<Done, 'sent_at' | 'sent_wall'>,
  outcome: Outcome<T>,
  refused_type: string | null = null,
): Outcome<T> => {
  const { path, body, says } = deed
  count += 1
  const it: Done = { path, body, says, number: count, ...sent, refused_type, ...outcome }
  done.value = [...done.peek(), it].slice(-KEPT)
  for (const listener of listeners) listener(it)
  return outcome
}

const performed = async <T extends object>(
  deed: Deed,
  send: () => Promise<T>,
): Promise<Outcome<T>> => {
  if (at.peek() !== null) return { answer: null, refused: actCopy.past }
  const sent = { sent_at: new Date(now.peek() ?? 0).toISOString(), sent_wall: Date.now() }
  try {
    return note<T>(deed, sent, { answer: await send(), refused: null })
  } catch (error) {
    const isTold = isApiError(error)
    const refused = isTold ? error.message : actCopy.nobody
    return note<T>(deed, sent, { answer: null, refused }, isTold ? error.type : null)
  }
}

/** Does it, by a control route. What the emulator refuses is the outcome, never an error. */
export const act = <P extends keyof Routes>(deed: {
  path: P
  body: InputOf<Routes[P]> & object
  says: string
}): Promise<Outcome<AnswerOf<Routes[P]>>> => performed(deed, () => ask(deed.path, deed.body))

/** The same by any route, such as one of Seam's. */
export const actAny = (deed: Deed): Promise<Outcome> =>
  performed(deed, () => askAny(deed.path, deed.body))
