import type { World } from '../kernel/world.ts'

/** The instant at which a pending attempt will settle by itself; null when it has settled, or nobody knows. */
export const settlesAt = (world: World, action_attempt_id: string): number | null => {
  const attempt = world.action_attempts.get(action_attempt_id)
  if (attempt === undefined || attempt.status !== 'pending' || attempt.is_pinned) return null
  const job = world.jobs.first('subject = ?', [action_attempt_id])
  if (job !== undefined) return job.due_at
  if (attempt.access_code_id === null) return null
  return world.access_codes.get(attempt.access_code_id)?.effort?.in_flight?.due_at ?? null
}
