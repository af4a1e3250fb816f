/** How much of its past a world keeps. */
import type { World } from '../kernel/world.ts'

/** null: without end. */
export interface HistoryLimits {
  /** ms of workspace time. */
  readonly lasting: number | null
  /** Of each kind of history. */
  readonly rows: number | null
  /** Of each kind of history. */
  readonly bytes: number
}

const DAY = 86_400_000

/**
 * What is usual. A world whose clock runs lives on by itself, and may do so for months; one whose clock
 * stands still is a test's, which looks back on all of it. Bytes are bounded in both.
 */
const usual = {
  running: { lasting: 30 * DAY, rows: 100_000 },
  frozen: { lasting: null, rows: null },
} as const
const USUAL_BYTES = 256 * 1024 * 1024

/** The world's settings, and what is usual for its clock where they leave it open. */
export const limitsOf = ({ settings, workspace }: World): HistoryLimits => {
  const { lasting, rows } = usual[workspace.clock_mode === 'frozen' ? 'frozen' : 'running']
  return {
    lasting: settings.keep_history_for ?? lasting,
    rows: settings.keep_history_rows ?? rows,
    bytes: settings.keep_history_bytes ?? USUAL_BYTES,
  }
}
