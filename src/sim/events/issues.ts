import { toIso } from '../kernel/instant.ts'
import type { Issue, Issues } from '../devices/issues.ts'

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
