/** Codes that are gone, as far as their events and the lock's own memory tell of them. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { isChange } from './declared-spans.ts'
import { changedTo } from './past.ts'
import type { LockPast, Side, Told } from './past.ts'

const GONE: ReadonlySet<string> = new Set(['access_code.deleted', 'access_code.unmanaged.removed'])
const MADE: ReadonlySet<string> = new Set(['access_code.created', 'access_code.unmanaged.created'])

/** A code that is gone, and since when. */
export interface GoneCode {
  code: AccessCode
  gone_at: number
  /** Whether it is known for when it was declared. */
  is_remembered: boolean
}

const instantOf = (text: string | null | undefined): number | null | undefined =>
  typeof text === 'string' ? Date.parse(text) : text

/** What was asked for last of all that ever changed. */
const lastAsked = (told: readonly Told[]): Side =>
  told.filter(isChange).reduce<Side>((all, change) => ({ ...all, ...changedTo(change) }), {})

/** Its window: as it was asked for last where it was ever changed, or else as the lock had it. */
const lastForm = (past: LockPast, told: readonly Told[], access_code_id: string) => {
  const asked = lastAsked(told)
  const held = past.heldOf(access_code_id)
  const final = held.at(-1)
  const starts_at = instantOf(asked.starts_at)
  const ends_at = instantOf(asked.ends_at)
  return {
    starts_at: starts_at === undefined ? (final?.starts_at ?? null) : starts_at,
    ends_at: ends_at === undefined ? (final?.ends_at ?? null) : ends_at,
    code: asked.code ?? final?.code ?? null,
    name: asked.name ?? null,
  }
}

/** What nobody remembers of a code: as it is for most. */
const forgotten = {
  workspace_id: 0,
  seq: 0,
  ordinal: 0,
  connected_account_id: '',
  is_backup: false,
  is_offline: false,
  is_one_time_use: false,
  is_external_modification_allowed: false,
  prefer_native_scheduling: true,
  common_code_key: null,
  access_method_id: null,
  pulled_backup_access_code_id: null,
  pulled_at: null,
  deletion_requested_at: null,
  conversion: null,
  pin_assigned_at: null,
  offline_issue: null,
  programmed: null,
  is_unconfirmed: false,
  presence: null,
  effort: null,
  external_change: null,
  used_at: null,
  mutations_requested_at: null,
}

/** The code, as it was when it went; null for one that never went, or of which nothing is known. */
export const goneCode = (past: LockPast, access_code_id: string): GoneCode | null => {
  const told = past.toldOf(access_code_id)
  const gone = told.findLast(({ event_type }) => GONE.has(event_type))
  if (gone === undefined) return null
  const { declared } = gone
  const form = declared ?? lastForm(past, told, access_code_id)
  const made = told.find(({ event_type }) => MADE.has(event_type))
  const removed = told.findLast(({ event_type }) => event_type.endsWith('.removed_from_device'))
  const isManaged = gone.event_type === 'access_code.deleted'
  const early = form.ends_at === null || form.ends_at > gone.at ? (removed?.at ?? gone.at) : null
  const code: AccessCode = {
    ...forgotten,
    ...form,
    used_at: declared?.used_at ?? null,
    is_backup: declared?.is_backup ?? false,
    access_code_id,
    device_id: past.device_id,
    created_at: declared?.created_at ?? made?.at ?? told[0]?.at ?? gone.at,
    is_managed: isManaged,
    in_effect: form,
    // It went early where its window was not over.
    deletion_requested_at: declared === null ? early : declared.deletion_requested_at,
  }
  const is_remembered = declared !== null || lastAsked(told).ends_at !== undefined
  return { code, gone_at: gone.at, is_remembered }
}
