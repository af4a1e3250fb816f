/** The part of the control API that a test reaches for: faults, inbox, journal, snapshots, worlds. */
import { chronicleRoute } from '../contract/chronicle.ts'
import { eventRoutes } from '../contract/events.ts'
import { faultRoutes } from '../contract/faults.ts'
import { RECEIVE, inboxRoutes } from '../contract/inbox.ts'
import { requestRoutes } from '../contract/requests.ts'
import type { InputOf } from '../contract/route.ts'
import { snapshotRoutes } from '../contract/snapshots.ts'
import { webhookDeliveryRoutes, webhookRoutes } from '../contract/webhooks.ts'
import { fixtureRoutes, workspaceRoutes } from '../contract/workspaces.ts'
import { asking } from './ask.ts'
import type { Ask } from './ask.ts'
import type {
  ChronicleFilter,
  CreateWorkspaceInput,
  DeliveryFilter,
  EventFilter,
  InboxFilter,
  InboxWaitInput,
  RequestFilter,
  ResendInput,
  ResetInput,
  WebhookOptions,
} from './inputs.ts'

export const faultControls = (ask: Ask) => ({
  /** Causes trouble: see `FaultInput` for where, how often and what. */
  create: asking(ask, faultRoutes.create, 'fault'),
  /** All faults with their hit counts. */
  list: async (filter: InputOf<typeof faultRoutes.list> = {}) =>
    (await ask(faultRoutes.list, filter)).faults,
  /** A page of them, with `next` for the `after` of the next one. */
  page: (filter: InputOf<typeof faultRoutes.list> = {}) => ask(faultRoutes.list, filter),
  /** Ends a fault; links that it holds down come back. */
  delete: asking(ask, faultRoutes.delete, 'fault'),
  /** Ends every fault; answers them as they were, and which of them never struck. */
  clear: () => ask(faultRoutes.clear, {}),
  /** Every occasion, with what can be matched there and every effect with its parameters. */
  catalog: async () => (await ask(faultRoutes.catalog, {})).occasions,
})

export const inboxControls = (ask: Ask, endpoint: string) => ({
  /** The URL to register as a webhook so that its deliveries arrive in this inbox. */
  url: (name = 'default') => `${endpoint}${RECEIVE}/${encodeURIComponent(name)}`,
  /** What has arrived, in order. */
  list: async (filter: InboxFilter = {}) => (await ask(inboxRoutes.list, filter)).messages,
  /** A page of them, with `next` for the `after` of the next one. */
  page: (filter: InboxFilter = {}) => ask(inboxRoutes.list, filter),
  /** Waits for messages; a frozen clock leaps to the delivery. @throws EmulatorError wait_timeout */
  waitFor: async (input: InboxWaitInput = {}) => (await ask(inboxRoutes.wait_for, input)).messages,
  clear: (filter: { inbox?: string } = {}) => ask(inboxRoutes.clear, filter),
})

/** Registers a receiver; with a secret of your own, a test knows it beforehand. */
export const webhookControl =
  (ask: Ask) =>
  async (url: string, options: WebhookOptions = {}) =>
    (await ask(webhookRoutes.create, { url, ...options })).webhook

export const deliveryControls = (ask: Ask) => ({
  /** Every attempt at every delivery, with the receiver's answer. */
  list: async (filter: DeliveryFilter = {}) =>
    (await ask(webhookDeliveryRoutes.list, filter)).webhook_deliveries,
  /** A page of them, with `next` for the `after` of the next one; give `order`. */
  page: (filter: DeliveryFilter = {}) => ask(webhookDeliveryRoutes.list, filter),
  /** Sends an event, or the message that a delivery shows, once more. */
  resend: async (input: ResendInput) =>
    (await ask(webhookDeliveryRoutes.resend, input)).webhook_delivery,
})

export const eventControls = (ask: Ask) => ({
  /** Events with the call that caused each. */
  list: async (filter: EventFilter = {}) => (await ask(eventRoutes.list, filter)).events,
  /** A page of them, with `next` for the `after` of the next one. */
  page: (filter: EventFilter = {}) => ask(eventRoutes.list, filter),
})

export const chronicleControls = (ask: Ask) => ({
  /** What happened, the oldest first unless `order` says otherwise. */
  list: async (filter: ChronicleFilter = {}) => (await ask(chronicleRoute, filter)).chronicle,
  /** A page of it, with `next` for the `after` of the next one. */
  page: (filter: ChronicleFilter = {}) => ask(chronicleRoute, filter),
})

export const requestControls = (ask: Ask) => ({
  /** The journal: API calls that this workspace received, with the fault that hit, if any. */
  list: async (filter: RequestFilter = {}) => (await ask(requestRoutes.list, filter)).requests,
  /** A page of them, with `next` for the `after` of the next one; give `order`. */
  page: (filter: RequestFilter = {}) => ask(requestRoutes.list, filter),
  clear: () => ask(requestRoutes.clear, {}),
})

const withKey = <T extends { api_key: string | null }>(workspace: T): T & { api_key: string } => {
  const { api_key } = workspace
  if (api_key === null) throw new Error('The new workspace has no API key')
  return { ...workspace, api_key }
}

const worldOf = (fixture: CreateWorkspaceInput['fixture']) =>
  typeof fixture === 'object' ? { ...fixture } : fixture

export const workspaceControls = (ask: Ask) => ({
  /** Makes a workspace; its `api_key` is in the answer. */
  create: async ({ fixture, ...input }: CreateWorkspaceInput = {}) =>
    withKey((await ask(workspaceRoutes.create, { ...input, fixture: worldOf(fixture) })).workspace),
  /** Every workspace of this emulator. */
  list: async (filter: InputOf<typeof workspaceRoutes.list> = {}) =>
    (await ask(workspaceRoutes.list, filter)).workspaces,
  /** A page of them, with `next` for the `after` of the next one. */
  page: (filter: InputOf<typeof workspaceRoutes.list> = {}) => ask(workspaceRoutes.list, filter),
  /** Puts this workspace back to its first instant; keys and fixture stay, webhooks and faults go. */
  reset: async (input: ResetInput = {}) => (await ask(workspaceRoutes.reset, input)).workspace,
  /** Deletes this workspace; a key of the form `seam_test_<label>` opens a new one, unless retired. */
  delete: async (input: InputOf<typeof workspaceRoutes.delete> = {}): Promise<void> => {
    await ask(workspaceRoutes.delete, input)
  },
})

/** A whole workspace as reviewable JSON. */
export type ExportedSnapshot = Record<string, unknown>

export const snapshotControls = (ask: Ask) => ({
  /** Keeps a copy of the whole workspace; one of that name is replaced. */
  create: asking(ask, snapshotRoutes.create, 'snapshot'),
  /** Puts a kept copy in place of all that the workspace holds. */
  restore: asking(ask, snapshotRoutes.restore, 'snapshot'),
  list: async (filter: InputOf<typeof snapshotRoutes.list> = {}) =>
    (await ask(snapshotRoutes.list, filter)).snapshots,
  /** A page of them, with `next` for the `after` of the next one. */
  page: (filter: InputOf<typeof snapshotRoutes.list> = {}) => ask(snapshotRoutes.list, filter),
  /** Forgets a kept copy. */
  delete: async (input: { name: string }): Promise<void> => {
    await ask(snapshotRoutes.delete, input)
  },
  /** The workspace as JSON, as it is now or as it was kept under a name. */
  export: async (input: { name?: string } = {}): Promise<ExportedSnapshot> =>
    (await ask(snapshotRoutes.export, input)).snapshot,
  /** Puts exported JSON in place of all that the workspace holds, or keeps it under a name instead. */
  import: async (input: { snapshot: object; name?: string }) =>
    (await ask(snapshotRoutes.import, { ...input, snapshot: { ...input.snapshot } })).snapshot,
})

export const fixtureControls = (ask: Ask) => ({
  /** The worlds that a workspace can be made of. */
  list: async () => (await ask(fixtureRoutes.list, {})).fixtures,
})
