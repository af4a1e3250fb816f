/** What was declared, what the API says and what the lock holds, side by side. */
import type { Explanation } from '../../contract/access-codes.ts'

export interface Row {
  readonly field: 'name' | 'code' | 'from' | 'to'
  /** Texts, or instants as the wire has them; null where there is none. */
  readonly declared: string | null
  readonly api: string | null
  readonly lock: string | null
  /** Whether the lock holds something else than was declared. */
  readonly differs: boolean
}

/** The code as Seam's own routes show it; null for one that is gone. */
export interface Shown {
  readonly name?: string | null | undefined
  readonly code?: string | null | undefined
  readonly starts_at?: string | null | undefined
  readonly ends_at?: string | null | undefined
}

const same = (a: string | null, b: string | null): boolean =>
  a === b || (a !== null && b !== null && Date.parse(a) === Date.parse(b))

export const rowsOf = ({ declared, on_lock }: Explanation, api: Shown | null): Row[] => {
  const row = (field: Row['field'], key: 'name' | 'code' | 'starts_at' | 'ends_at'): Row => {
    const [asked, held] = [declared?.[key] ?? null, on_lock?.[key] ?? null]
    // Names are cut and changed by many locks, and open no door.
    const isJudged = field !== 'name' && declared !== null && on_lock !== null
    return {
      field,
      declared: asked,
      api: api?.[key] ?? null,
      lock: held,
      differs: isJudged && !(field === 'code' ? asked === held : same(asked, held)),
    }
  }
  return [row('name', 'name'), row('code', 'code'), row('from', 'starts_at'), row('to', 'ends_at')]
}
