import { customRandom } from 'nanoid'
import type { World } from './world.ts'

/** Base 58: nothing that looks like something else, as in Seam's own tokens. */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A token of `size` characters, drawn from the workspace's named stream and so the same in every run. */
export const drawToken = (
  world: World,
  stream_name: string,
  size: number,
  alphabet = ALPHABET,
): string => {
  const stream = world.random.stream(stream_name)
  const bytes = (count: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => stream.at(world.random.next(stream_name)) & 255)
  return customRandom(alphabet, size, bytes)()
}
