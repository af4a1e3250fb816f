/** What the doctor looks at, and how it reads it. */
import type { Clock } from '../contract/clock.ts'
import type { Finding } from '../contract/doctor.ts'
import type { JournalEntry } from '../contract/requests.ts'
import type { SeamEvent } from '../contract/seam.ts'
import type { Delivery } from '../contract/webhooks.ts'

/** An event, with what is special to those of thermostats. */
export type EvidentEvent = SeamEvent & {
  method?: string | undefined
  thermostat_schedule_id?: string | null | undefined
}

/** What the doctor looks at. */
export interface Evidence {
  requests: readonly JournalEntry[]
  events: readonly EvidentEvent[]
  webhooks: readonly { webhook_id: string; url: string; event_types: readonly string[] }[]
  deliveries: readonly Delivery[]
  /** What failed inside the emulator. */
  failed_jobs: Clock['failed_jobs']
  /** Automations of pushed stays that could not do their work. */
  failed_runs: readonly { partner_key: string | null; rule: string; error: string | null }[]
  /** What automations left as it was, since no rule answers to it. */
  skipped_runs: readonly { partner_key: string | null; message: string }[]
  /** Access codes that belong to access grants. */
  codes_of_grants: ReadonlySet<string>
  access_systems: AccessSystems
  /** Thermostats and noise sensors whose time zone nobody has told. */
  devices_without_zone: ReadonlySet<string>
}

/** What encoders and doors of access systems were asked for, and what is on cards. */
export interface AccessSystems {
  /** Oldest first. */
  attempts: readonly {
    action_attempt_id: string
    action_type: string
    status: 'pending' | 'success' | 'error'
    error: string | null
    /** ms */
    created_at: number
    acs_credential_id: string | null
    access_method_id: string | null
  }[]
  credentials: readonly {
    acs_credential_id: string
    access_method: string
    is_issued: boolean
    is_of_grant: boolean
    /** Its card says otherwise than the credential. */
    is_out_of_date: boolean
    /** How many doors it is to open. */
    doors: number
  }[]
  /** Cards that open doors without a line at this instant. */
  open_cards: readonly {
    card_number: string
    acs_credential_id: string
    /** The credential is gone. */
    is_deleted: boolean
    /** ISO 8601; null: for good. */
    until: string | null
    /** It opens a room of a hotel, and is not one of staff. */
    is_guests: boolean
    door: string
  }[]
  /** Users who have no slot of the subscription of their site, though they should. */
  without_slot: readonly string[]
}

export type { Finding } from '../contract/doctor.ts'

export type Check = (evidence: Evidence) => Finding[]

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A parameter of a call, from its query or its body. */
export const parameter = (call: JournalEntry, name: string): string | undefined => {
  const inQuery = new URLSearchParams(call.query).get(name)
  if (inQuery !== null) return inQuery
  const { body } = call
  return typeof body === 'object' && body !== null && name in body
    ? textOf(Object.entries(body).find(([key]) => key === name)?.[1])
    : undefined
}

export const isReading = (path: string): boolean => /\/(?:get|list)$/.test(path)

/** Whether a call asks for something to be changed. */
export const isMutation = ({ path, method }: JournalEntry): boolean =>
  method !== 'GET' && !isReading(path) && !path.startsWith('/webhooks/')

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`

/**
 * What the clock showed at the earliest when each event was recorded, by id: at one instant of it
 * stamps follow each other by a millisecond. The events are in order.
 */
export const clockAt = (events: readonly SeamEvent[]): Map<string, number> => {
  let last = -Infinity
  let begun = -Infinity
  return new Map(
    events.map(({ event_id, created_at }) => {
      const stamp = Date.parse(created_at)
      if (stamp !== last + 1) begun = stamp
      last = stamp
      return [event_id, begun]
    }),
  )
}
