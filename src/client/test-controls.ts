/** The part of the control API that a test reaches for: faults, inbox, journal, snapshots, worlds. */
import { z } from 'zod'
import type {
  CreateSlotInput,
  CreateWorkspaceInput,
  FaultInput,
  InboxFilter,
  InboxWaitInput,
  ResetInput,
  SlotChoice,
  UpdateSlotInput,
} from './inputs.ts'
import {
  anyAnswer,
  delivery,
  fault,
  importSummary,
  inboxMessage,
  journalEntry,
  newWorkspace,
  slot,
  snapshotSummary,
  workspaceState,
} from './shapes.ts'
import type { Transport } from './transport.ts'

const faultAnswer = z.looseObject({ fault })
const clearedFaults = z.looseObject({ faults: z.array(fault), never_fired: z.array(fault) })
const messagesAnswer = z.looseObject({ messages: z.array(inboxMessage) })
const deliveriesAnswer = z.looseObject({ webhook_deliveries: z.array(delivery) })
const requestsAnswer = z.looseObject({ requests: z.array(journalEntry) })

export const faultControls = ({ call }: Transport) => ({
  /** Causes trouble: see `FaultInput` for where, how often and what. */
  create: async (input: FaultInput) =>
    (await call('/_emulator/faults/create', input, faultAnswer)).fault,
  /** All faults with their hit counts. */
  list: async () =>
    (await call('/_emulator/faults/list', {}, z.looseObject({ faults: z.array(fault) }))).faults,
  /** Ends a fault; links that it holds down come back. */
  delete: async (input: { fault_id: string }) =>
    (await call('/_emulator/faults/delete', input, faultAnswer)).fault,
  /** Ends every fault; answers them as they were, and which of them never struck. */
  clear: () => call('/_emulator/faults/clear', {}, clearedFaults),
})

export const inboxControls = ({ call }: Transport, endpoint: string) => ({
  /** The URL to register as a webhook so that its deliveries arrive in this inbox. */
  url: (name = 'default') => `${endpoint}/_emulator/inbox/receive/${encodeURIComponent(name)}`,
  /** What has arrived, in order. */
  list: async (filter: InboxFilter = {}) =>
    (await call('/_emulator/inbox/list', filter, messagesAnswer)).messages,
  /** Waits for messages; a frozen clock leaps to the delivery. @throws EmulatorError wait_timeout */
  waitFor: async (input: InboxWaitInput = {}) =>
    (await call('/_emulator/inbox/wait_for', input, messagesAnswer)).messages,
  clear: (filter: { inbox?: string } = {}) => call('/_emulator/inbox/clear', filter, anyAnswer),
})

export const deliveryControls = ({ call }: Transport) => ({
  /** Every attempt at every delivery, with the receiver's answer. */
  list: async (
    filter: { webhook_id?: string; event_id?: string; event_type?: string | string[] } = {},
  ) =>
    (await call('/_emulator/webhook_deliveries/list', filter, deliveriesAnswer)).webhook_deliveries,
  /** Sends an event, or the message that a delivery shows, once more. */
  resend: async (input: { webhook_id?: string; event_id: string } | { message_id: string }) =>
    (
      await call(
        '/_emulator/webhook_deliveries/resend',
        input,
        z.looseObject({ webhook_delivery: delivery }),
      )
    ).webhook_delivery,
})

export const requestControls = ({ call }: Transport) => ({
  /** The journal: API calls that this workspace received, with the fault that hit, if any. */
  list: async (filter: { path?: string; method?: string; status?: number } = {}) =>
    (await call('/_emulator/requests/list', filter, requestsAnswer)).requests,
  clear: () => call('/_emulator/requests/clear', {}, anyAnswer),
})

export const manufacturerAppControls = ({ call }: Transport) => {
  const act = async (action: string, input: object) =>
    (await call(`/_emulator/manufacturer_app/${action}`, input, slotAnswer)).slot
  return {
    /** Puts a code on the lock; Seam sees it at the next poll of its provider. */
    createCode: (input: CreateSlotInput) => act('create_code', input),
    updateCode: (input: UpdateSlotInput) => act('update_code', input),
    deleteCode: (input: SlotChoice) => act('delete_code', input),
  }
}
const slotAnswer = z.looseObject({ slot: slot.nullish() })

const workspaceAnswer = z.looseObject({ workspace: workspaceState })
const newWorkspaceAnswer = z.looseObject({ workspace: newWorkspace })
const workspacesAnswer = z.looseObject({ workspaces: z.array(workspaceState) })

export const workspaceControls = ({ call }: Transport) => ({
  /** Makes a workspace; its `api_key` is in the answer. */
  create: async (input: CreateWorkspaceInput = {}) =>
    (await call('/_emulator/workspaces/create', input, newWorkspaceAnswer)).workspace,
  /** Every workspace of this emulator. */
  list: async () => (await call('/_emulator/workspaces/list', {}, workspacesAnswer)).workspaces,
  /** Puts this workspace back to its first instant; keys and fixture stay, webhooks and faults go. */
  reset: async (input: ResetInput = {}) =>
    (await call('/_emulator/workspaces/reset', input, workspaceAnswer)).workspace,
  /** Deletes this workspace; a key of the form `seam_test_<label>` opens a new one. */
  delete: async (): Promise<void> => {
    await call('/_emulator/workspaces/delete', {}, anyAnswer)
  },
})

const snapshotAnswer = z.looseObject({ snapshot: snapshotSummary })
const snapshotsAnswer = z.looseObject({ snapshots: z.array(snapshotSummary) })
const importAnswer = z.looseObject({ snapshot: importSummary })
const exportAnswer = z.looseObject({ snapshot: anyAnswer })

/** A whole workspace as reviewable JSON. */
export type ExportedSnapshot = z.infer<typeof anyAnswer>

export const snapshotControls = ({ call }: Transport) => ({
  /** Keeps a copy of the whole workspace; one of that name is replaced. */
  create: async (input: { name: string }) =>
    (await call('/_emulator/snapshots/create', input, snapshotAnswer)).snapshot,
  /** Puts a kept copy in place of all that the workspace holds. */
  restore: async (input: { name: string }) =>
    (await call('/_emulator/snapshots/restore', input, snapshotAnswer)).snapshot,
  list: async () => (await call('/_emulator/snapshots/list', {}, snapshotsAnswer)).snapshots,
  /** The workspace as JSON, as it is now or as it was kept under a name. */
  export: async (input: { name?: string } = {}): Promise<ExportedSnapshot> =>
    (await call('/_emulator/snapshots/export', input, exportAnswer)).snapshot,
  /** Puts exported JSON in place of all that the workspace holds, or keeps it under a name instead. */
  import: async (input: { snapshot: unknown; name?: string }) =>
    (await call('/_emulator/snapshots/import', input, importAnswer)).snapshot,
})

const fixturesAnswer = z.looseObject({
  fixtures: z.array(z.looseObject({ name: z.string(), description: z.string().nullable() })),
})

export const fixtureControls = ({ call }: Transport) => ({
  /** The worlds that a workspace can be made of. */
  list: async () => (await call('/_emulator/fixtures/list', {}, fixturesAnswer)).fixtures,
})
