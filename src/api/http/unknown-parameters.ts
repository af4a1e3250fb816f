/** Parameters that a route does not have. Seam ignores them without a word, so they are noted for the doctor. */
import { beginningOf } from '../../lib/text.ts'

/** At most so many are kept, and of each no more than this of its name. */
const KEPT_NAMES = 20
const KEPT_NAME = 100

/** What SDKs add to every query says nothing about the call. */
const OF_SDKS = new Set(['_strict'])

const none: readonly string[] = []

/** Whether the query decoder reads a name: `ids`, `ids[]` and `metadata.key`, but not `ids[0]`. */
const isRead = (known: ReadonlySet<string>, name: string): boolean =>
  known.has(name) ||
  OF_SDKS.has(name) ||
  (name.endsWith('[]') && known.has(name.slice(0, -2))) ||
  (name.includes('.') && known.has(name.slice(0, name.indexOf('.'))))

/**
 * @param known the names of the route's parameters
 * @param query without `?`
 * @param input the query's known parameters and all of the body's
 */
export const unknownParameters = (
  known: ReadonlySet<string>,
  query: string,
  input: Readonly<Record<string, unknown>>,
): readonly string[] => {
  let found: string[] | undefined
  for (const name in input) if (!known.has(name)) (found ??= []).push(name)
  if (query !== '') {
    for (const name of new URLSearchParams(query).keys()) {
      if (!isRead(known, name)) (found ??= []).push(name)
    }
  }
  if (found === undefined) return none
  return [...new Set(found)].slice(0, KEPT_NAMES).map((name) => beginningOf(name, KEPT_NAME))
}
