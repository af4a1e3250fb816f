import type { Issue } from '../../sim/devices/issues.ts'
import { toIso } from '../../sim/instant.ts'

/** An error or warning as it goes over the wire. */
export const presentIssue = (issue: Issue): Record<string, unknown> => ({
  ...issue,
  created_at: toIso(issue.created_at),
})
