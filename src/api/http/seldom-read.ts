/** Schemas that have not been asked for often. */
import type { z } from 'zod'

/**
 * So often zod reads by a schema as it stands; after that it makes code of it. To make it takes as long
 * as some hundred readings, and most runs are over before (docs/decisions/0210).
 */
const SELDOM = 100

const readings = new WeakMap<z.ZodType, number>()

/** Counts one reading more by this schema. Answers whether it is one of the first. */
export const isSeldomRead = (schema: z.ZodType): boolean => {
  const before = readings.get(schema) ?? 0
  if (before >= SELDOM) return false
  readings.set(schema, before + 1)
  return true
}
