/** What the control API is asked, by the contract of its routes; the server says what is wrong. */
import type { chronicleRoute } from '../contract/chronicle.ts'
import type { clockRoutes } from '../contract/clock.ts'
import type { disagreementsRoute } from '../contract/disagreements.ts'
import type { doctorRoute } from '../contract/doctor.ts'
import type { eventRoutes } from '../contract/events.ts'
import type { FaultInput } from '../contract/faults.ts'
import type { inboxRoutes } from '../contract/inbox.ts'
import type { lockRoutes } from '../contract/locks.ts'
import type { manufacturerAppRoutes } from '../contract/manufacturer-app.ts'
import type { reportRoute } from '../contract/report.ts'
import type { requestRoutes } from '../contract/requests.ts'
import type { InputOf } from '../contract/route.ts'
import type { settingsRoutes } from '../contract/settings.ts'
import type { EventType } from '../contract/vocabulary.ts'
import type { webhookDeliveryRoutes, webhookRoutes } from '../contract/webhooks.ts'
import type { timelineRoute } from '../contract/timeline.ts'
import type { worldRoute } from '../contract/world.ts'
import type { workspaceRoutes } from '../contract/workspaces.ts'

export type { FaultInput } from '../contract/faults.ts'
export type { FaultOn as FaultOccasion } from '../contract/fault-occasions.ts'
export type { EventType, LockModelName } from '../contract/vocabulary.ts'

/** `"72h"`, `"3d 12h"`, `"PT72H"`, or milliseconds. */
export type Duration = string | number

/** An ISO 8601 instant. */
export type Instant = string

/** Of which event types; the server takes one or several. */
type Typed<T> = Omit<T, 'event_type'> & { event_type?: EventType | EventType[] | undefined }

/** To whatever is due next, or to the next of something, but no further than `max`. */
export type NextInput =
  | { to_next: true }
  | {
      to_next: Exclude<InputOf<typeof clockRoutes.advance>['to_next'], true | undefined>
      max?: Duration
    }

export type AdvanceInput = { by: Duration } | { to: Instant } | NextInput

/** What a fault does. */
export type FaultEffect = FaultInput['effect']

export type CreateLockInput = InputOf<typeof lockRoutes.create>

export type InboxFilter = Typed<InputOf<typeof inboxRoutes.list>>

export type InboxWaitInput = Typed<InputOf<typeof inboxRoutes.wait_for>>

export type EventFilter = Typed<InputOf<typeof eventRoutes.list>>

export type DeliveryFilter = Typed<InputOf<typeof webhookDeliveryRoutes.list>>

/** An event, with the webhook or without; or the message that a delivery shows. */
export type ResendInput = { event_id: string; webhook_id?: string } | { message_id: string }

export type RequestFilter = InputOf<typeof requestRoutes.list>

export type SettingsInput = InputOf<typeof settingsRoutes.update>

/** What a webhook of your own may be told. */
export type WebhookOptions = Pick<InputOf<typeof webhookRoutes.create>, 'secret'> & {
  /** What it receives; everything when not given. */
  event_types?: EventType[] | ['*']
}

/** A workspace's time: see `clock.freeze` and `clock.resume`. */
export type ClockInput = NonNullable<CreateWorkspaceInput['clock']>

export type CreateWorkspaceInput = Omit<InputOf<typeof workspaceRoutes.create>, 'fixture'> & {
  /** A fixture's name, or a world as data. */
  fixture?: string | object | undefined
}

/** What is to be otherwise when the workspace begins again. */
export type ResetInput = InputOf<typeof workspaceRoutes.reset>

/** Which of the lock's codes is meant. */
export type SlotChoice = InputOf<typeof manufacturerAppRoutes.delete_code>

export type CreateSlotInput = InputOf<typeof manufacturerAppRoutes.create_code>

/** What is not given stays; null takes a name or window away. */
export type UpdateSlotInput = InputOf<typeof manufacturerAppRoutes.update_code>

export type ReportInput = Omit<InputOf<typeof reportRoute>, 'bookings'> & {
  bookings?: BookingInput[]
}

export type DisagreementFilter = InputOf<typeof disagreementsRoute>

export type DoctorInput = InputOf<typeof doctorRoute>

export type { StreamInput } from './streaming.ts'

/** Of what physically happened, what is wanted. */
export type ChronicleFilter = InputOf<typeof chronicleRoute>

export type TimelineInput = InputOf<typeof timelineRoute>

/** What is wanted of a world. */
export type WorldInput = InputOf<typeof worldRoute>

/** A stay, and the PIN or access code that was to open the door during it. */
export type BookingInput = {
  device_id: string
  starts_at: Instant
  ends_at: Instant
} & ({ code: string } | { access_code_id: string })
