/** What the control API answers, by the contract of its routes: named, exact types. */
import type { clockRoutes } from '../contract/clock.ts'
import type { AnswerOf } from '../contract/route.ts'

export type { AcsCard, AcsDoor, AcsDoorAnswer, AcsEncoderDevice } from '../contract/acs-doors.ts'
export type { CredentialExplanation } from '../contract/acs-credentials.ts'
export type { AcsSite } from '../contract/acs-systems.ts'
export type { Bridge } from '../contract/bridges.ts'
export type { ChronicleEntry } from '../contract/chronicle.ts'
export type { Clock, Clock as ClockState, Moment, TranscriptEntry } from '../contract/clock.ts'
export type { Disagreement } from '../contract/disagreements.ts'
export type { Finding } from '../contract/doctor.ts'
export type { RecordedEvent } from '../contract/events.ts'
export type { CodeColumns } from '../contract/world.ts'
export type { Explanation } from '../contract/access-codes.ts'
export type {
  GrantExplanation,
  SpaceExplanation,
  StayExplanation,
} from '../contract/explain-access.ts'
export type { Fault } from '../contract/faults.ts'
export type { InboxMessage } from '../contract/inbox.ts'
export type { LockModel } from '../contract/lock-models.ts'
export type { DoorAnswer, Lock, Slot } from '../contract/locks.ts'
export type { NoiseSensor, NoiseSensorExplanation } from '../contract/noise-sensors.ts'
export type { Report, StayReport } from '../contract/report.ts'
export type { JournalEntry } from '../contract/requests.ts'
export type {
  SeamAcsCredential,
  SeamAcsEntrance,
  SeamAcsUser,
  SeamThermostatSchedule,
} from '../contract/seam-acs.ts'
export type {
  ActionAttempt,
  ConnectWebview,
  ConnectedAccount,
  SeamAccessCode,
  SeamAccessGrant,
  SeamAccessMethod,
  SeamDevice,
  SeamEvent,
  Webhook,
} from '../contract/seam.ts'
export type { Thermostat, ThermostatExplanation, ThermostatModel } from '../contract/thermostats.ts'
export type { WorkspaceSettings } from '../contract/settings.ts'
export type { StreamFrame } from '../contract/stream.ts'
export type { CodeTimeline, Timeline } from '../contract/timeline.ts'
export type { ImportSummary, SnapshotSummary } from '../contract/snapshots.ts'
export type { Delivery } from '../contract/webhooks.ts'
export type { Workspace, Workspace as WorkspaceState } from '../contract/workspaces.ts'

/** What a leap of the clock did. */
export type Leap = Omit<AnswerOf<typeof clockRoutes.advance>, 'ok'>
