/** When what a device refused is tried again. */
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'

/** So many attempts are `retry_every` apart: with the default settings, those of the first six hours. */
const ATTEMPTS_BEFORE_BACKING_OFF = 36

/** How long Seam pauses after that many failed attempts, ms; assumed, as Seam publishes no schedule. */
export const pauseAfter = (
  { retry_every, retry_at_most }: Pick<WorkspaceSettings, 'retry_every' | 'retry_at_most'>,
  attempts: number,
): number => {
  const doublings = Math.max(0, attempts - ATTEMPTS_BEFORE_BACKING_OFF)
  return Math.max(retry_every, Math.min(retry_every * 2 ** doublings, retry_at_most))
}

export const retryAt = (settings: WorkspaceSettings, attempts: number, now: number): number =>
  now + pauseAfter(settings, attempts)
