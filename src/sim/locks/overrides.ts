/** What one lock has otherwise than its model. */
import { isRecord } from '../../lib/is-record.ts'
import { invalidInput } from '../kernel/errors.ts'
import { lockProfileSchema } from './profile-schema.ts'
import type { LockProfile } from './profile.ts'

type Fields = Readonly<Record<string, unknown>>

interface Problem {
  path: (string | number)[]
  message: string
}

/** What is said of an object is said of its fields, so that one of them can be given alone. */
const merge = (base: unknown, given: unknown): unknown => {
  if (!isRecord(base) || !isRecord(given)) return given
  const changed = Object.entries(given).map(([key, value]) => [key, merge(base[key], value)])
  return { ...base, ...Object.fromEntries(changed) }
}

const check = (profile: LockProfile, overrides: Fields) => {
  const fields = Object.keys(lockProfileSchema().shape)
  const unknown = Object.keys(overrides).filter((field) => !fields.includes(field))
  if (unknown.length > 0) {
    const message = `Lock profiles have no ${unknown.join(', ')}. Their fields: ${fields.join(', ')}`
    return { problems: [{ path: [], message }] }
  }
  const parsed = lockProfileSchema().safeParse(merge(profile, overrides))
  if (parsed.success) return { profile: parsed.data, problems: [] }
  return {
    problems: parsed.error.issues.map(({ path, message }) => ({
      path: path.map((step) => (typeof step === 'number' ? step : String(step))),
      message,
    })),
  }
}

/** What is wrong with what a lock of this profile is to have otherwise; nothing if it fits. */
export const problemsOfOverrides = (profile: LockProfile, overrides: Fields): Problem[] =>
  check(profile, overrides).problems

/**
 * The profile of a lock that has some fields otherwise. Objects such as `latency` may be given in
 * part.
 *
 * @throws invalid_input with the path of every field at fault
 */
export const overriddenProfile = (profile: LockProfile, overrides: Fields): LockProfile => {
  if (Object.keys(overrides).length === 0) return profile
  const checked = check(profile, overrides)
  if (checked.profile !== undefined) return checked.profile
  const lines = checked.problems.map(({ path, message }) =>
    path.length === 0 ? message : `profile.${path.join('.')}: ${message}`,
  )
  throw invalidInput('profile', lines.join('; '))
}
