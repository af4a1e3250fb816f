/** Frames as text, and the last of them for whoever comes back. */

/** A frame as `text/event-stream` has it. JSON has no line breaks of its own. */
export const frameText = (event: string, data: object, id: string | null): string =>
  `event: ${event}\n${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`

/** Keeps a connection from looking dead. */
export const HEARTBEAT = ': \n\n'

/** So many frames, and so many characters of them, are kept for those who come back. */
const MOST_FRAMES = 1_000
const MOST_TEXT = 4_000_000

export interface Ring<T> {
  readonly add: (seq: number, frame: T, size: number) => void
  /** The frames after `seq`; null where some of them are forgotten, or it never was. */
  readonly after: (seq: number) => T[] | null
}

/** @param begin the number of the frame before the first one */
export const createRing = <T>(begin: number): Ring<T> => {
  const frames: { seq: number; frame: T; size: number }[] = []
  let text = 0
  let last = begin
  return {
    add: (seq, frame, size) => {
      frames.push({ seq, frame, size })
      last = seq
      text += size
      while (frames.length > MOST_FRAMES || text > MOST_TEXT) text -= frames.shift()?.size ?? text
    },
    after: (seq) => {
      const first = frames[0]?.seq ?? last + 1
      if (!Number.isInteger(seq) || seq < first - 1 || seq > last) return null
      return frames.filter((it) => it.seq > seq).map(({ frame }) => frame)
    },
  }
}
