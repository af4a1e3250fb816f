/** Errors and warnings as they are told: with an object, and with the events of the moment. */
import { toIso } from '../kernel/instant.ts'

export interface Issue {
  error_code?: string
  warning_code?: string
  message: string
  /** ms; null on an access code's own issue that has no instant. */
  created_at: number
  is_connected_account_error?: boolean
  is_device_error?: boolean
  is_access_code_error?: boolean
  is_bridge_error?: boolean
  [detail: string]: unknown
}

export interface Issues {
  errors: Issue[]
  warnings: Issue[]
}

const onWire = (issue: Issue): Record<string, unknown> => ({
  ...(issue.error_code === undefined
    ? { warning_code: issue.warning_code }
    : { error_code: issue.error_code }),
  message: issue.message,
  created_at: toIso(issue.created_at),
})

/** The `<group>_errors` and `<group>_warnings` arrays with which failure events carry the issues of the moment. */
export const eventIssues = (groups: Record<string, Issues>): Record<string, unknown> => {
  const payload: Record<string, unknown> = {}
  for (const [group, issues] of Object.entries(groups)) {
    payload[`${group}_errors`] = issues.errors.map(onWire)
    payload[`${group}_warnings`] = issues.warnings.map(onWire)
  }
  return payload
}
