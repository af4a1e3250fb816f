/**
 * What the API said of a code's status, at any instant: told again by the function that says it
 * (`statusOf`), of the code as it was then. What Seam knew of the lock is in its events.
 */
import type { AccessCode, LockForm } from '../../db/tables/access-codes.ts'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import { statusOf } from '../access-codes/lifecycle.ts'
import type { AccessCodeStatus } from '../access-codes/lifecycle.ts'
import { lockFormOf, programmingStartsAt } from '../access-codes/programming-window.ts'
import type { ReconciledLock } from '../access-codes/programming-window.ts'
import type { Interval } from '../kernel/intervals.ts'
import { isChange } from './declared-spans.ts'
import type { DeclaredSpan } from './declared-spans.ts'
import type { Told } from './past.ts'

export interface StatusSpan {
  status: AccessCodeStatus
  from: number
  /** null: it is so now. */
  to: number | null
}

export interface StatusFacts {
  /** As it is now, or was last. */
  code: AccessCode
  forms: readonly DeclaredSpan[]
  told: readonly Told[]
  lock: ReconciledLock
  settings: WorkspaceSettings
  /** When nothing could be known of the lock. */
  unknown: readonly Interval[]
  life: { from: number; to: number | null }
  now: number
}

/** The code as it was, as far as its status depends on it. */
interface Then {
  code: AccessCode
  programmed: LockForm | null
  is_managed: boolean
  /** A person took it off the lock. */
  isTakenOff: boolean
}

const takenOff: AccessCode['external_change'] = {
  change_type: 'removed',
  modified_fields: [],
  at: 0,
}

const learn = (then: Then, { event_type }: Told, lock: ReconciledLock): void => {
  switch (event_type) {
    case 'access_code.set_on_device':
    case 'access_code.scheduled_on_device':
      then.isTakenOff = false
      if (then.code.code !== null)
        then.programmed = lockFormOf(then.code, then.code.code, lock.scheduling)
      return
    case 'access_code.removed_from_device':
      then.programmed = null
      return
    case 'access_code.deleted_external_to_seam':
      then.programmed = null
      then.isTakenOff = true
      return
    case 'access_code.modified_external_to_seam':
      // Where that is allowed, it is what is declared from then on.
      if (then.programmed !== null && !then.code.is_external_modification_allowed)
        then.programmed = { ...then.programmed, code: '' }
      return
    case 'access_code.unmanaged.converted_to_managed':
      then.is_managed = true
      return
    default:
  }
}

/** The instants at which it may have become another one, in their order. */
const instantsOf = (facts: StatusFacts): number[] => {
  const { code, forms, told, lock, settings, unknown, life, now } = facts
  const all = [life.from, code.deletion_requested_at, code.pin_assigned_at]
  for (const form of forms) {
    const start = programmingStartsAt({ ...code, ...form }, lock.scheduling, settings)
    all.push(form.since, form.starts_at, form.ends_at, start)
  }
  for (const { at } of told) all.push(at)
  for (const { from, to } of unknown) all.push(from, to)
  const end = life.to ?? now
  const within = all.filter((at) => at !== null).filter((at) => at >= life.from && at <= end)
  return [...new Set(within)].toSorted((a, b) => a - b)
}

/** Its provider had not told it yet. */
const isWithoutPin = ({ pin_assigned_at }: AccessCode, at: number): boolean =>
  pin_assigned_at !== null && at < pin_assigned_at

const isIn = (at: number, intervals: readonly Interval[]): boolean =>
  intervals.some(({ from, to }) => at >= from && at < to)

/** The code in one of its forms, without what is told by events. */
const inForm = (code: AccessCode, form: DeclaredSpan | undefined, at: number): AccessCode => {
  const asked = code.deletion_requested_at
  return {
    ...code,
    ...form,
    deletion_requested_at: asked !== null && asked <= at ? asked : null,
    effort: null,
    is_unconfirmed: false,
    code: isWithoutPin(code, at) ? null : (form?.code ?? code.code),
  }
}

/** Tells the past of a code again, event by event. */
const retell = ({ code, forms, told, lock }: StatusFacts) => {
  const isUnmanagedAtFirst = told.some(({ event_type }) => event_type.includes('.unmanaged.'))
  const then: Then = {
    code,
    programmed: null,
    is_managed: isUnmanagedAtFirst ? false : code.is_managed,
    isTakenOff: false,
  }
  let next = 0
  let changes = 0
  /** The code as it was when everything of that instant had happened. */
  return (at: number): AccessCode => {
    then.code = inForm(code, forms[changes], at)
    for (let it = told[next]; it !== undefined && it.at <= at; it = told[++next]) {
      if (isChange(it)) then.code = inForm(code, forms[++changes], at)
      learn(then, it, lock)
    }
    const { programmed, is_managed, isTakenOff } = then
    return { ...then.code, programmed, is_managed, external_change: isTakenOff ? takenOff : null }
  }
}

export const statusSpans = (facts: StatusFacts): StatusSpan[] => {
  const { lock, settings, unknown, life } = facts
  const codeAt = retell(facts)
  const spans: StatusSpan[] = []
  for (const at of instantsOf(facts)) {
    if (life.to !== null && at >= life.to) break
    const known = { ...lock, is_known: !isIn(at, unknown) }
    const status = statusOf(codeAt(at), known, settings, at)
    const last = spans.at(-1)
    if (last?.status === status) continue
    if (last !== undefined) last.to = at
    spans.push({ status, from: at, to: null })
  }
  const last = spans.at(-1)
  if (last !== undefined) last.to = life.to
  return spans
}
