/** Answers that a place shows: asked when it is opened, and again when something changed. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AnswerOf, InputOf } from '../../contract/route.ts'
import { ask } from './client.ts'
import type { Routes } from './routes.ts'

export interface Asked<T> {
  /** The last answer; null before the first one. What is shown stays while it is asked again. */
  readonly answer: T | null
  /** Why there was none, the last time. */
  readonly error: Error | null
}

/** Ms between two questions while what they depend on changes without a pause. */
const APART = 120

/** Asks one question after another; what is wished meanwhile is one more question. */
const createAskAgain = (question: (signal: AbortSignal) => Promise<void>, apart: number) => {
  const stop = new AbortController()
  let isBusy = false
  let isWished = false
  const again = async (): Promise<void> => {
    isWished = true
    if (isBusy) return
    isBusy = true
    while (isWished && !stop.signal.aborted) {
      isWished = false
      await question(stop.signal)
      await new Promise((resolve) => setTimeout(resolve, apart))
    }
    isBusy = false
  }
  return { again: () => void again(), stop: () => stop.abort() }
}

/**
 * What a question answers; the last answer stays while it is asked again.
 *
 * @param key names the question; null: nothing is asked
 * @param when it is asked again when one of these changed, such as `seq.value`
 * @param apart ms between two questions at least; more for what costs the server more
 */
export const useAnswer = <T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  when: readonly unknown[],
  apart = APART,
): Asked<T> => {
  const [asked, setAsked] = useState<Asked<T>>({ answer: null, error: null })
  const asker = useRef<ReturnType<typeof createAskAgain> | null>(null)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    const mine = createAskAgain(async (signal) => {
      if (key === null) return
      try {
        const answer = await latest.current(signal)
        if (!signal.aborted) setAsked({ answer, error: null })
      } catch (error) {
        if (signal.aborted) return
        setAsked(({ answer }) => ({ answer, error: error instanceof Error ? error : null }))
      }
    }, apart)
    asker.current = mine
    return () => {
      mine.stop()
      asker.current = null
    }
  }, [key])
  useEffect(() => asker.current?.again(), [key, ...when])
  return asked
}

/** Is never asked. */
const NOBODY = new Promise<never>(() => undefined)

/**
 * The same by a control route.
 *
 * @param body null: nothing is asked
 */
export const useAsk = <P extends keyof Routes>(
  path: P,
  body: (InputOf<Routes[P]> & object) | null,
  when: readonly unknown[],
  apart = APART,
): Asked<AnswerOf<Routes[P]>> =>
  useAnswer<AnswerOf<Routes[P]>>(
    body === null ? null : `${path} ${JSON.stringify(body)}`,
    (signal) => (body === null ? NOBODY : ask(path, body, { signal })),
    when,
    apart,
  )
