/** What was declared of a code, from its creation on. */
import type { DeclaredForm } from '../../db/tables/access-codes.ts'
import { changedFrom } from './past.ts'
import type { Told } from './past.ts'

/** One form of it, and the time during which it was the declared one. */
export interface DeclaredSpan extends DeclaredForm {
  since: number
  /** null while it is. */
  until: number | null
}

/** Whether it asks for another form. */
export const isChange = ({ event_type }: Told): boolean =>
  event_type === 'access_code.mutations_requested'

const instantOf = (text: string | null | undefined, known: number | null): number | null =>
  text === undefined ? known : text === null ? null : Date.parse(text)

const before = (form: DeclaredForm, change: Told): DeclaredForm => {
  const { code, name, starts_at, ends_at } = changedFrom(change)
  return {
    code: code === undefined ? form.code : code,
    name: name === undefined ? form.name : name,
    starts_at: instantOf(starts_at, form.starts_at),
    ends_at: instantOf(ends_at, form.ends_at),
  }
}

/**
 * Every form, the oldest first, one more than there were changes: told backwards from the last one by
 * what was asked to be changed.
 */
export const declaredSpans = (
  last: DeclaredForm,
  told: readonly Told[],
  life: { from: number; to: number | null },
): DeclaredSpan[] => {
  const changes = told.filter(isChange)
  const spans: DeclaredSpan[] = []
  let form: DeclaredForm = last
  let until = life.to
  for (const change of changes.toReversed()) {
    spans.unshift({ ...form, since: change.at, until })
    form = before(form, change)
    until = change.at
  }
  spans.unshift({ ...form, since: life.from, until })
  return spans
}

/** The window of a form while it was the declared one; null where it never opened. */
export const windowOf = (span: DeclaredSpan): { from: number; to: number | null } | null => {
  const from = Math.max(span.starts_at ?? span.since, span.since)
  const ends = Math.min(
    span.ends_at ?? Number.POSITIVE_INFINITY,
    span.until ?? Number.POSITIVE_INFINITY,
  )
  if (from >= ends) return null
  return { from, to: ends === Number.POSITIVE_INFINITY ? null : ends }
}
