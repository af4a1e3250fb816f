/** What several tables of access systems keep in their columns. */
import { z } from 'zod'
import { count, id, ids, instant, lasting, prose } from './meanings.ts'

/** How a credential opens doors. */
export const acsAccessMethods = ['code', 'card', 'mobile_key', 'cloud_key'] as const

export type AcsAccessMethod = (typeof acsAccessMethods)[number]

/** Instants, ms; null: without an end. */
export interface AcsSchedule {
  starts_at: number
  ends_at: number | null
}

export const acsSchedule = () =>
  z.strictObject({ starts_at: instant(), ends_at: instant().nullable() })

/** What an access system is to know, or knows, of a user. */
export interface AcsUserState {
  full_name: string
  email_address: string | null
  phone_number: string | null
  is_suspended: boolean
  access_schedule: AcsSchedule | null
  acs_access_group_ids: string[]
  /** Doors that were granted one by one. */
  acs_entrance_ids: string[]
}

export const acsUserState = () =>
  z.strictObject({
    full_name: prose(),
    email_address: z.email().nullable(),
    phone_number: prose().nullable(),
    is_suspended: z.boolean(),
    access_schedule: acsSchedule().nullable(),
    acs_access_group_ids: ids(),
    acs_entrance_ids: ids(),
  })

/** What an access system is to know, or knows, of a credential. */
export interface AcsCredentialState {
  code: string | null
  card_number: string | null
  starts_at: number | null
  ends_at: number | null
  acs_user_id: string | null
  acs_entrance_ids: string[]
}

export const acsCredentialState = () =>
  z.strictObject({
    code: prose(100).nullable(),
    card_number: prose(100).nullable(),
    starts_at: instant().nullable(),
    ends_at: instant().nullable(),
    acs_user_id: id().nullable(),
    acs_entrance_ids: ids(),
  })

/** What a system's server has, and from when on its wired doors know it; until then they know what was before. */
export interface Held<State> {
  state: State
  doors_from: number
  before: State | null
}

export const held = <T extends z.ZodType>(state: () => T) =>
  z.strictObject({ state: state(), doors_from: instant(), before: state().nullable() })

/** `never_confirm`: the server takes it, and no answer comes; `lose_later`: it forgets it after so many ms. */
export type PushOutcome =
  | { kind: 'arrives' }
  | { kind: 'never_confirm' }
  | { kind: 'lose_later'; after: number }
  | { kind: 'fail'; message: string }

/** A change on its way from Seam to the system's server. */
export interface AcsPush {
  kind: 'create' | 'update' | 'delete'
  /** When it was first tried. */
  since: number
  attempts: number
  /** When the answer comes; null while none is awaited. */
  due_at: number | null
  /** When it is tried again; null while an answer is awaited, or the link has to come back first. */
  retry_at: number | null
  /** How the attempt under way goes, if nothing else stops it. */
  outcome: PushOutcome
  /** The fault that has a hand in it. */
  fault_id: string | null
  /** Why the last attempt failed. */
  error: string | null
}

export const acsPush = () =>
  z.strictObject({
    kind: z.enum(['create', 'update', 'delete']),
    since: instant(),
    attempts: count(),
    due_at: instant().nullable(),
    retry_at: instant().nullable(),
    outcome: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('arrives') }),
      z.strictObject({ kind: z.literal('never_confirm') }),
      z.strictObject({ kind: z.literal('lose_later'), after: lasting() }),
      z.strictObject({ kind: z.literal('fail'), message: prose() }),
    ]),
    fault_id: id().nullable(),
    error: prose().nullable(),
  })
