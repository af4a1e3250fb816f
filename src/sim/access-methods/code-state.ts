/** What a grant needs to know of one of its codes. Pure. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { AccessWindow } from '../../db/tables/access-methods.ts'
import { isSameForm, lockFormOf } from '../access-codes/programming-window.ts'
import type { Scheduling } from '../locks/profile.ts'

interface CodeWindow {
  starts_at: number | null
  ends_at: number | null
}

/** The window of an access code for this window of a grant: without an end it is an ongoing one. */
export const codeWindowOf = ({ starts_at, ends_at }: AccessWindow): CodeWindow =>
  ends_at === null ? { starts_at: null, ends_at: null } : { starts_at, ends_at }

export const isSameWindow = (a: CodeWindow, b: CodeWindow): boolean =>
  a.starts_at === b.starts_at && a.ends_at === b.ends_at

/**
 * Whether the code is declared for the grant's window.
 *
 * @param asked the window that the code was made for: one that a provider computes has another.
 */
export const isForWindow = (
  code: AccessCode,
  window: AccessWindow,
  asked: AccessWindow,
): boolean => {
  if (code.is_offline) return isSameWindow(asked, window)
  // A spare code began when it was pulled.
  if (code.is_backup) return code.ends_at === window.ends_at
  return isSameWindow(code, codeWindowOf(window))
}

/** Whether the lock, or whoever computes its codes, has it as it is declared; whatever its name is. */
export const isUsable = (code: AccessCode, scheduling: Scheduling): boolean => {
  const { programmed, presence, deletion_requested_at } = code
  if (presence === null || deletion_requested_at !== null || !code.is_managed) return false
  if (code.code === null) return false
  if (code.is_offline) return true
  if (programmed === null) return false
  const wanted = lockFormOf(code, code.code, scheduling)
  return isSameForm(programmed, { ...wanted, name: programmed.name })
}
