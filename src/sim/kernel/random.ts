/**
 * Repeatable luck. A draw is a pure function of the workspace's seed, a stream's
 * name and a position in that stream, so that adding a lock or asking in another
 * order changes nobody else's draws.
 */

const imul = Math.imul

/** Four 32-bit words that depend on every character (cyrb128 construction, public domain). */
const digest = (text: string): [number, number, number, number] => {
  let h1 = 1779033703
  let h2 = 3144134277
  let h3 = 1013904242
  let h4 = 2773480762
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    h1 = h2 ^ imul(h1 ^ k, 597399067)
    h2 = h3 ^ imul(h2 ^ k, 2869860233)
    h3 = h4 ^ imul(h3 ^ k, 951274213)
    h4 = h1 ^ imul(h4 ^ k, 2716044179)
  }
  h1 = imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = imul(h2 ^ (h4 >>> 19), 2716044179)
  h1 ^= h2 ^ h3 ^ h4
  return [h1 >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0]
}

/** One 32-bit finalizer round (lowbias32 constants). */
const mix = (x: number): number => {
  let h = x
  h = imul(h ^ (h >>> 16), 0x7feb352d)
  h = imul(h ^ (h >>> 15), 0x846ca68b)
  return (h ^ (h >>> 16)) >>> 0
}

/** A named source of draws; `at(position)` is always the same number for the same seed and name. */
export interface Stream {
  /** A whole number of 32 bits. */
  at(position: number): number
  /** A fraction in [0, 1). */
  fraction(position: number): number
  /** A UUID of version 4 shape. */
  uuid(position: number): string
}

const hex: string[] = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))
const hex32 = (word: number): string =>
  (hex[word >>> 24] ?? '') +
  (hex[(word >>> 16) & 255] ?? '') +
  (hex[(word >>> 8) & 255] ?? '') +
  (hex[word & 255] ?? '')

/** The stream `name` of the seed. */
export const createStream = (seed: string, name: string): Stream => {
  const [a, b, c, d] = digest(`${seed} ${name}`)
  const word = (key: number, position: number): number =>
    mix(
      (mix((position ^ key) >>> 0) +
        imul(key, 0x9e3779b1) +
        Math.floor(position / 0x1_0000_0000)) >>>
        0,
    )
  return {
    at: (position) => word(a, position),
    fraction: (position) => word(a, position) / 0x1_0000_0000,
    uuid: (position) => {
      const w0 = hex32(word(a, position))
      const w1 = hex32((word(b, position) & 0xffff0fff) | 0x4000)
      const w2 = hex32((word(c, position) & 0x3fffffff) | 0x80000000)
      const w3 = hex32(word(d, position))
      return `${w0}-${w1.slice(0, 4)}-${w1.slice(4)}-${w2.slice(0, 4)}-${w2.slice(4)}${w3}`
    },
  }
}

/** How long something takes: a triangular distribution over `[min, max]` with its peak at `typical`, ms. */
export interface Latency {
  min: number
  typical: number
  max: number
}

/** A draw from it: `min` and `max` are never passed. */
export const triangular = (u: number, { min, typical, max }: Latency): number => {
  if (max <= min) return min
  const split = (typical - min) / (max - min)
  const x =
    u < split
      ? min + Math.sqrt(u * (max - min) * (typical - min))
      : max - Math.sqrt((1 - u) * (max - min) * (max - typical))
  return Math.round(x)
}
