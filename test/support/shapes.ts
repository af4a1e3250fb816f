import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'
import { z } from 'zod'

const compare = z.custom<(a: object, b: object) => boolean>((value) => typeof value === 'function')

/**
 * Tells whether V8 keeps two objects in the same shape (a "map"). An object literal with an accessor
 * has one of its own each time it is made: it is found slowly, and what its accessor sees stays in
 * memory until the next full collection.
 */
export const shapeComparer = (): ((a: object, b: object) => boolean) => {
  setFlagsFromString('--allow-natives-syntax')
  return compare.parse(runInThisContext('(a, b) => %HaveSameMap(a, b)'))
}
