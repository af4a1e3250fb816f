/** One who reads the stream: what waits for him is bounded, however slowly he reads. */
import { frameText } from './frames.ts'

/** What may wait for a reader, bytes; beyond it all of that is dropped, and he is told. */
const MOST_WAITING = 1_000_000

/** What is handed on before it is asked for, bytes. */
const AHEAD = 64_000

export interface Reader {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>
  readonly send: (text: string) => void
  /** Ends the stream after what waits. */
  readonly end: () => void
}

const encoder = new TextEncoder()

/** @param onGone is called once, when nobody reads any more */
export const createReader = (onGone: () => void): Reader => {
  const waiting: string[] = []
  let size = 0
  let isEnding = false
  let isOver = false
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null

  const over = (): void => {
    if (isOver) return
    isOver = true
    waiting.length = 0
    onGone()
  }
  const pump = (): void => {
    if (controller === null || isOver) return
    while ((controller.desiredSize ?? 0) > 0) {
      const text = waiting.shift()
      if (text === undefined) break
      size -= text.length
      controller.enqueue(encoder.encode(text))
    }
    if (!isEnding || waiting.length > 0) return
    controller.close()
    over()
  }
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start: (given) => {
        controller = given
      },
      pull: pump,
      cancel: over,
    },
    { highWaterMark: AHEAD, size: (chunk) => chunk?.byteLength ?? 0 },
  )
  return {
    stream,
    send: (text) => {
      if (isOver || isEnding) return
      if (size + text.length > MOST_WAITING) {
        waiting.length = 0
        const lost = frameText('resync', { reason: 'slow_reader' }, null)
        waiting.push(lost)
        size = lost.length
      } else {
        waiting.push(text)
        size += text.length
      }
      pump()
    },
    end: () => {
      isEnding = true
      pump()
    },
  }
}
