/** The one way in which the console changes anything. */
import { signal } from '@preact/signals'
import type { AnswerOf, InputOf } from '../../contract/route.ts'
import { ask, askAny, isApiError } from '../live/client.ts'
import type { Routes } from '../live/routes.ts'
import { at } from '../model/state.ts'
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
  /** The answer, or the emulator's own words where it refused. */
  readonly answer: object | null
  readonly refused: string | null
}

export const done = signal<readonly Done[]>([])

export type Outcome<T extends object = object> =
  | { readonly answer: T; readonly refused: null }
  | { readonly answer: null; readonly refused: string }

const KEPT = 200

const note = <T extends object>(deed: Deed, outcome: Outcome<T>): Outcome<T> => {
  const { path, body, says } = deed
  done.value = [...done.peek(), { path, body, says, ...outcome }].slice(-KEPT)
  return outcome
}

const performed = async <T extends object>(
  deed: Deed,
  send: () => Promise<T>,
): Promise<Outcome<T>> => {
  if (at.peek() !== null) return { answer: null, refused: actCopy.past }
  try {
    return note<T>(deed, { answer: await send(), refused: null })
  } catch (error) {
    const refused = isApiError(error) ? error.message : actCopy.nobody
    return note<T>(deed, { answer: null, refused })
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
