import { invalidInput } from './errors.ts'

export type Metadata = Record<string, string | boolean>

/** As many pairs as a resource may have (Seam docs: custom metadata). */
const MOST_PAIRS = 50

/**
 * Custom metadata after a change: given keys are added or take the place of the old ones, and a key
 * given as null goes.
 *
 * @throws invalid_input with more than 50 keys
 */
export const mergeMetadata = (
  old: Metadata,
  change: Readonly<Record<string, string | boolean | null>> | undefined,
): Metadata => {
  if (change === undefined) return old
  const merged = { ...old }
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key]
    else merged[key] = value
  }
  const pairs = Object.keys(merged).length
  if (pairs <= MOST_PAIRS) return merged
  throw invalidInput(
    'custom_metadata',
    `custom_metadata would have ${pairs} keys; it may have ${MOST_PAIRS}. Remove some by giving null`,
  )
}
