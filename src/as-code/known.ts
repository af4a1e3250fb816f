/** What a recorded call made has another id the next time: it is read from what is answered then. */
import { isRecord } from '../lib/is-record.ts'
import type { KnownAs } from './js-literal.ts'

const isMade = (text: string): boolean =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) || /^\d{4,12}$/.test(text)

/** What stands in answers without having been made by the call. */
const GIVEN = new Set(['device_id', 'workspace_id', 'connected_account_id', 'bridge_id'])

/** Every text in a value, with the expression that leads to it. */
const textsIn = (value: unknown, path: string, depth: number): [text: string, path: string][] => {
  if (typeof value === 'string') return [[value, path]]
  if (Array.isArray(value)) return value.flatMap((it, n) => textsIn(it, `${path}[${n}]`, depth + 1))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    // The thing itself is one level down: its own id is new, the ids beside it are not.
    if (depth > 0 && GIVEN.has(key) && !path.endsWith(`.${key.replace(/_id$/, '')}`)) return []
    return /^[a-z_]\w*$/i.test(key) ? textsIn(inner, `${path}.${key}`, depth + 1) : []
  })
}

/** Every text that stands in a value. */
export const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

export interface Names {
  /** Notes what a call made, whose answer is in the variable `name`. */
  readonly note: (answer: unknown, name: string) => void
  /** Notes what was given from outside, which is the same the next time. */
  readonly give: (value: unknown) => void
  readonly knownAs: KnownAs
}

export const createNames = (): Names => {
  const made = new Map<string, string>()
  const given = new Set<string>()
  return {
    note: (answer, name) => {
      for (const [text, path] of textsIn(answer, name, 0))
        if (isMade(text) && !given.has(text) && !made.has(text)) made.set(text, path)
    },
    give: (value) => {
      for (const text of textsOf(value)) if (!made.has(text)) given.add(text)
    },
    knownAs: (text) => made.get(text),
  }
}
