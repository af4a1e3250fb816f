/** Texts one after the other, as the bytes that go over the wire. */

/** Texts are joined up to this length before they are put into bytes, UTF-16 units: what fits a processor's cache. */
const PIECE = 4_096

/** Room for the last piece, whatever characters it has, bytes. */
const SPARE = 4 * PIECE

export interface Bytes {
  add(text: string): void
  /** The JSON list of these members, without one text of them all. */
  addList(texts: readonly string[]): void
  /** Adds once more what was added since `from`, where `length` was that. */
  addAgain(from: number, to: number): void
  length(): number
  whole(): Uint8Array<ArrayBuffer>
}

/** @param expected how many bytes it will be, if each character takes one */
export const createBytes = (expected: number): Bytes => {
  let bytes = Buffer.allocUnsafe(expected + SPARE)
  let at = 0
  const makeRoomFor = (more: number): void => {
    if (at + more <= bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(at + more, Math.ceil(bytes.length * 1.5)))
    bytes.copy(larger, 0, 0, at)
    bytes = larger
  }
  const add = (text: string): void => {
    // No unit takes more than three bytes; to count them costs half as much as to write them.
    if (at + 3 * text.length > bytes.length) makeRoomFor(Buffer.byteLength(text))
    at += bytes.write(text, at)
  }
  return {
    add,
    addList: (texts) => {
      let piece = '['
      texts.forEach((text, nth) => {
        piece += nth === 0 ? text : `,${text}`
        if (piece.length < PIECE) return
        add(piece)
        piece = ''
      })
      add(`${piece}]`)
    },
    addAgain: (from, to) => {
      makeRoomFor(to - from)
      bytes.copyWithin(at, from, to)
      at += to - from
    },
    length: () => at,
    whole: () => bytes.subarray(0, at),
  }
}
