/** Ways to ask the API. */
import type { Answer } from './answer.ts'
import type { Incoming } from './incoming.ts'

/** Who waits for an answer. Neither of these throws. */
export interface Asker {
  readonly reply: (answer: Answer) => void
  /** For what is a bug of the emulator and could not be put into an answer. */
  readonly fail: (error: unknown) => void
}

/**
 * Answers a request, whatever it is: what goes wrong is an answer as well. By a function and not by a
 * promise, since most calls are answered without one.
 */
export type Answering = (incoming: Incoming, asker: Asker) => void

/** The same, by a promise. */
export type App = (incoming: Incoming) => Promise<Answer>

export const promised =
  (answering: Answering): App =>
  (incoming) =>
    new Promise((reply, fail) => {
      answering(incoming, { reply, fail })
    })

export const replying =
  (app: App): Answering =>
  (incoming, { reply, fail }) =>
    void app(incoming).then(reply, fail)
