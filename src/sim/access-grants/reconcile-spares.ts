/** The part of the reconciler that is about spare codes. Pure. */
import type { ReconciledMethod } from './reconciled.ts'
import type { GrantStep } from './steps.ts'

/** Spare codes stand in where all attempts failed until the start. */
export const nextOfSpares = (method: ReconciledMethod): GrantStep | null => {
  const { access_method_id } = method
  for (const { device_id, code } of method.doors) {
    if (code === null) continue
    if (code.spare !== null) {
      return { do: 'adopt_spare', access_method_id, device_id, access_code_id: code.spare }
    }
    if (method.failure_told_at !== null && !code.is_usable && code.has_spare) {
      return { do: 'pull_spare', access_code_id: code.access_code_id }
    }
  }
  return null
}
