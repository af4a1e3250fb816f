import type { DatabaseClient, Tables } from '../../db/database.ts'
import type { Credential } from '../../db/tables/credentials.ts'
import { registry, tableNames } from '../../db/tables/index.ts'
import type { Workspace } from '../../db/tables/workspaces.ts'
import type { Webhook } from '../../db/tables/webhooks.ts'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import type { JobQueue } from './job-queue.ts'
import { createLuck } from './luck.ts'
import type { WorldRandom } from './luck.ts'
import type { Overheard } from './overheard.ts'
import { defaultSettings } from './settings.ts'
import { desc, isNull, orderBy, where } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { webhooks } from '../../db/tables/webhooks.ts'

const inUse = where(webhooks, [], (c) => isNull(c.disabled_at))
const latestFirst = orderBy(events, (c) => [desc(c.created_at)])

/** An event as the log tells it. */
export interface RecordedEvent {
  event_id: string
  event_type: string
  /** ms */
  occurred_at: number
  device_id: string | null
  access_code_id: string | null
}

/** What can happen to a thing that others have to answer to. `sim/reactions.ts` lists who does, and says what each means. */
export type Occasion =
  | 'fault_created'
  | 'fault_ended'
  | 'account_changed'
  | 'acs_access_group_deleted'
  | 'acs_credential_gone'
  | 'acs_credential_moved'
  | 'acs_entrance_gone'
  | 'acs_system_added'
  | 'acs_system_back'
  | 'acs_system_deleted'
  | 'acs_user_changed'
  | 'acs_user_deleted'
  | 'account_deleted'
  | 'bridge_changed'
  | 'account_of_device_changed'
  | 'device_described'
  | 'link_changed'
  | 'radio_back'
  | 'link_back'
  | 'device_managed'
  | 'device_unmanaged'
  | 'device_removed'
  | 'device_deleted'
  | 'device_gone'
  | 'keypad_back'
  | 'slot_free'
  | 'pin_free'
  | 'pin_free_on_lock'
  | 'one_time_code_used'
  | 'code_of_method_moved'
  | 'subscription_back'
  | 'space_changed'
  | 'space_renamed'
  | 'client_session_deleted'
  | 'instant_key_opened'
  | 'phone_added'
  | 'phone_lost'
  | 'user_identity_merged'
  | 'user_identity_renamed'
  | 'user_identity_deleted'

/** Answers to what happened to the thing of this id, in the running transaction. */
export type Reaction = (world: World, id: string) => void

export type Reactions = Readonly<Record<Occasion, readonly Reaction[]>>

/** One workspace: its rows, its present instant and its luck. Operations take it first. */
export interface World extends Tables {
  readonly workspace_id: string
  /**
   * The present instant, ms of workspace time. During a job it is the job's own due time. Only the
   * universe moves it.
   */
  readonly now: number
  readonly settings: WorkspaceSettings
  readonly workspace: Workspace
  readonly random: WorldRandom
  /** Changes the workspace's own row. */
  updateWorkspace(patch: Partial<Workspace>): void
  /** Those that are told of events: asked for at every event, so they are kept at hand. */
  readonly webhooksInUse: () => readonly Webhook[]
  forgetWebhooks(): void
  readonly tokens: WorldTokens
  /** What follows from what (see `react`). */
  readonly reactions: Reactions
  /** Events of the running transaction, in order; whoever commits takes them. */
  readonly recorded: RecordedEvent[]
  /** What no event tells of, since it was last taken; null while nobody listens. */
  overheard: Overheard[] | null
  /**
   * Looks away while something is tried and taken back, until the answer is called; null while nobody
   * watches rows.
   */
  pauseWatch: (() => () => void) | null
  /** The next jobs, as far as they were read; null when that is to be done. */
  jobQueue: JobQueue | null
  /** Grows whenever what was derived from rows must be forgotten (see `derived.ts`). */
  readonly generation: number
  /** Writes the stream positions that were drawn from; part of every commit. */
  flush(): void
  /** Drops everything read from the database: after a rollback or a restore. */
  invalidate(): void
}

/** A world as the universe holds it, which alone moves its time. */
export interface MovableWorld extends Omit<World, 'now'> {
  now: number
}

type Changing<T> = { -readonly [K in keyof T]: T[K] }

/** The tokens that open one workspace, or a part of it. */
export interface WorldTokens {
  all(kind: Credential['kind']): string[]
  issue(kind: Credential['kind'], token: string, client_session_id?: string): void
  /** Whether any workspace has it. */
  isTaken(token: string): boolean
  withdraw(token: string): void
}

const tokensOf = (
  { credentials }: DatabaseClient,
  workspace_id: string,
  now: () => number,
): WorldTokens => ({
  all: (kind) =>
    credentials
      .ofWorkspace(workspace_id)
      .filter((credential) => credential.kind === kind)
      .map((credential) => credential.token),
  issue: (kind, token, client_session_id) =>
    credentials.insert({
      token,
      kind,
      workspace_id,
      name: null,
      user_id: null,
      client_session_id: client_session_id ?? null,
      created_at: now(),
    }),
  isTaken: (token) => credentials.find(token) !== undefined,
  withdraw: (token) => {
    if (credentials.find(token)?.workspace_id === workspace_id) credentials.delete(token)
  },
})

const atHandTables = tableNames.filter((name) => 'at_hand' in registry[name])

/** A workspace that was kept by an older version lacks the settings that came later. */
const withAllSettings = (workspace: Workspace): Workspace => ({
  ...workspace,
  settings: { ...defaultSettings, ...workspace.settings },
})

/** What the clock showed when the newest event was recorded: its stamp may be ahead of that. */
const clockAtNewestEvent = ({ events }: Tables): number => {
  const newest = events.first([], { order: latestFirst, limit: 1 })
  return newest === undefined ? 0 : newest.created_at - (newest.ahead ?? 0)
}

/** Where its time is. It never runs backwards, not even when the process was killed in the middle of a leap. */
const reachedBy = (workspace: Workspace, tables: Tables): number =>
  Math.max(workspace.clock_mode === 'frozen' ? workspace.clock_base : 0, clockAtNewestEvent(tables))

/** Opens a workspace's world; null when there is no such workspace. */
export const openWorld = (
  db: DatabaseClient,
  workspace_id: string,
  reactions: Reactions,
): MovableWorld | null => {
  const row = db.workspaceRow(workspace_id)
  const first = row.get(workspace_id)
  if (first === undefined) return null
  const tables = db.tablesOf(workspace_id)
  const begun: Workspace = withAllSettings(first)
  let webhookList: Webhook[] | null = null
  const luck = createLuck(() => world.workspace.seed, tables.streams)

  const show = (workspace: Workspace): void => {
    world.workspace = workspace
    world.settings = workspace.settings
  }
  // No getters: each world would have a hidden class of its own, and be slow to look into.
  const own: Changing<Omit<MovableWorld, keyof Tables>> = {
    workspace_id,
    now: reachedBy(begun, tables),
    workspace: begun,
    settings: begun.settings,
    webhooksInUse: () => (webhookList ??= tables.webhooks.all(inUse())),
    forgetWebhooks: () => {
      webhookList = null
    },
    reactions,
    tokens: tokensOf(db, workspace_id, () => world.now),
    recorded: [],
    overheard: null,
    pauseWatch: null,
    random: luck.random,
    generation: 0,
    jobQueue: null,
    updateWorkspace: (patch) => {
      row.update(workspace_id, patch)
      show({ ...world.workspace, ...patch })
    },
    flush: luck.keep,
    invalidate: () => {
      show(withAllSettings(row.get(workspace_id) ?? world.workspace))
      webhookList = null
      luck.forget()
      world.jobQueue = null
      world.generation++
      for (const table of atHandTables) tables[table].forget()
    },
  }
  const world = Object.assign(tables, own)
  return world
}
