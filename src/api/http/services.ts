import type { TranscriptLine } from '../../contract/clock.ts'
import type { StreamEntry } from '../../contract/stream.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Snapshot } from '../../db/snapshot-format.ts'
import type {
  DeletionChoice,
  ResetChoice,
  WorkspaceRequest,
} from '../../sim/workspaces/operations.ts'
import type { Journal } from './request-log.ts'

type WithInstant<T> = T extends unknown ? Omit<T, 'at'> & { at: number } : never

/** One line of what happened during a leap; `at` is an instant, ms. */
export type TranscriptEntry = WithInstant<TranscriptLine>

/** What a leap did. */
export interface Leap {
  entries: readonly TranscriptEntry[]
  /** There was more than the transcript holds. */
  truncated: boolean
  /** How many jobs ran. */
  jobs: number
  /** It came to its end. */
  reached: boolean
}

/** Whole workspaces: each of these waits until no leap of the workspace is under way. */
export interface Workspaces {
  /** Answers the new workspace's id. @throws invalid_input, workspace_exists */
  create(request: WorkspaceRequest): string
  reset(workspace_id: string, choice: ResetChoice): Promise<void>
  delete(workspace_id: string, choice: DeletionChoice): Promise<void>
  copy(workspace_id: string): Promise<Snapshot>
  /** Checks what claims to be a snapshot. @throws SnapshotError */
  parse(value: unknown): Snapshot
  restore(workspace_id: string, snapshot: Snapshot): Promise<void>
  fixtures(): { name: string; description: string | null }[]
}

/**
 * What endpoints need that is no operation on one world: whatever moves time or waits for
 * deliveries. The composition root implements it.
 */
export interface Services {
  /** Makes sure that an action attempt can settle: a frozen workspace leaps to that instant. */
  settleActionAttempt(workspace_id: string, action_attempt_id: string): Promise<void>
  /**
   * Waits until an action attempt has settled: a frozen workspace leaps there, a running one is
   * waited for, for at most 30 seconds of wall-clock time.
   */
  outcomeOfActionAttempt(workspace_id: string, action_attempt_id: string): Promise<void>
  /** Runs everything up to the target, deliveries included. */
  advance(
    workspace_id: string,
    target:
      | { to: number }
      | { by: number }
      | { to_next: true }
      | {
          until: (world: World) => boolean
          within: number
          turnsAt?: (world: World) => number | null
        },
  ): Promise<Leap>
  /** Ends the leap that is under way; false when there is none. */
  stop(workspace_id: string): boolean
  /** What a leap would do, as far as it can be told without sending anything; nothing of it happens. */
  rehearse(
    workspace_id: string,
    limits: { to: number; patience: number },
  ): { jobs: number; events: number; deliveries: number; is_whole: boolean }
  freeze(workspace_id: string, at?: number): Promise<void>
  resume(workspace_id: string, rate: number): void
  /** The instant at which something is next due, in the world or in the outbox. */
  nextInstant(workspace_id: string): number | null
  /** How far a running world is behind its clock, ms of workspace time. */
  lag(workspace_id: string): number
  /**
   * What `condition` finds within `timeout` ms of workspace time; undefined if nothing, or when the
   * signal ended the wait.
   */
  waitUntil<T>(
    workspace_id: string,
    condition: (world: World) => T | undefined,
    timeout: number,
    signal?: AbortSignal,
  ): Promise<T | undefined>
  /** Sends what is due in the outbox now, and waits for the answers. */
  deliverDue(workspace_id: string): Promise<void>
  /** Sends something that is no delivery, and is written down nowhere. */
  forge(message: {
    url: string
    headers: Record<string, string>
    body: string
  }): Promise<{ status: number | null; error: string | null }>
  /** Waits for so many ms of real time; ends early when the signal is aborted. */
  pause(ms: number, signal: AbortSignal): Promise<void>
  readonly workspaces: Workspaces
  /** What happens in a workspace, as it happens. */
  readonly live: {
    open(
      workspace_id: string,
      options: {
        last_event_id?: string | undefined
        kinds?: readonly StreamEntry['kind'][] | undefined
      },
    ): ReadableStream<Uint8Array<ArrayBuffer>>
    /** Where the stream stands; null while nobody reads it. */
    mark(workspace_id: string): { generation: string; seq: number } | null
  }
  /** The calls received lately. */
  readonly journal: Journal
}
