/** The typed client of the control API: the same for the library, the command line and a server elsewhere. */
import { z } from 'zod'
import { accessCodeRoutes } from '../contract/access-codes.ts'
import { accessGrantRoutes, spaceRoutes, stayRoutes } from '../contract/explain-access.ts'
import { readyRoute } from '../contract/index.ts'
import { disagreementsRoute } from '../contract/disagreements.ts'
import { doctorRoute } from '../contract/doctor.ts'
import { timelineRoute } from '../contract/timeline.ts'
import { worldRoute } from '../contract/world.ts'
import { reportRoute } from '../contract/report.ts'
import { waitUntilRoute } from '../contract/wait-until.ts'
import {
  acsSystemControls,
  cardControls,
  encoderControls,
  entranceControls,
} from './acs-controls.ts'
import { askOver, asking } from './ask.ts'
import type { Ask } from './ask.ts'
import type {
  DisagreementFilter,
  DoctorInput,
  ReportInput,
  ResetInput,
  TimelineInput,
  WorldInput,
} from './inputs.ts'
import {
  chronicleControls,
  deliveryControls,
  eventControls,
  faultControls,
  fixtureControls,
  inboxControls,
  requestControls,
  snapshotControls,
  webhookControl,
  workspaceControls,
} from './test-controls.ts'
import { streaming } from './streaming.ts'
import type { Target, Transport } from './transport.ts'
import type { WaitInput, WaitUntil, Waited } from './waiting.ts'
import {
  bridgeControls,
  clockControls,
  connectWebviewControls,
  connectedAccountControls,
  lockControls,
  lockModelControls,
  manufacturerAppControls,
  noiseSensorControls,
  thermostatControls,
  thermostatModelControls,
  settingsControls,
} from './world-controls.ts'

/** The controls over one workspace. */
export type ControlClient = ReturnType<typeof createControlClient>

/** What was asked for is there: the server would have refused otherwise. */
const hasAll = (input: WaitInput, found: Waited): found is Required<Waited> => {
  const isGone = input.status === undefined || input.status === 'deleted'
  const { event: _, ...things } = found
  const isThere = isGone || Object.values(things).some((thing) => thing !== undefined)
  return isThere && (input.event_type === undefined || found.event !== undefined)
}

const waiting =
  (ask: Ask): WaitUntil =>
  async (input: WaitInput) => {
    const found: Waited = await ask(waitUntilRoute, input)
    if (hasAll(input, found)) return found
    throw new Error(`${waitUntilRoute.path} did not answer what it was asked for`)
  }

const anyAnswer = z.looseObject({})

/** The controls over the workspace of `target.apiKey`, over HTTP. */
export const createControlClient = (target: Target, transport: Transport) => {
  const ask = askOver(transport)
  const workspaces = workspaceControls(ask)
  const snapshots = snapshotControls(ask)
  return {
    endpoint: target.endpoint,
    apiKey: target.apiKey,
    /** Resolves once the emulator answers. */
    ready: async (): Promise<void> => {
      await ask(readyRoute, {})
    },
    clock: clockControls(ask),
    locks: lockControls(ask),
    noiseSensors: noiseSensorControls(ask),
    thermostats: thermostatControls(ask),
    /** The thermostat models that `thermostats.create` makes. */
    thermostatModels: thermostatModelControls(ask),
    bridges: bridgeControls(ask),
    acsSystems: acsSystemControls(ask),
    entrances: entranceControls(ask),
    encoders: encoderControls(ask),
    cards: cardControls(ask),
    /** The lock models that `locks.create` makes. */
    lockModels: lockModelControls(ask),
    connectWebviews: connectWebviewControls(ask),
    connectedAccounts: connectedAccountControls(ask),
    faults: faultControls(ask),
    events: eventControls(ask),
    inbox: inboxControls(ask, target.endpoint),
    /** Registers a receiver of events; with a secret of your own, a test knows it beforehand. */
    webhookTo: webhookControl(ask),
    webhookDeliveries: deliveryControls(ask),
    requests: requestControls(ask),
    manufacturerApp: manufacturerAppControls(ask),
    workspaces,
    snapshots,
    fixtures: fixtureControls(ask),
    /** Why an access code is in its status: declared, on the lock, last attempts, what it waits for. */
    explain: asking(ask, accessCodeRoutes.explain, 'explanation'),
    accessGrants: {
      /** How far a grant has come: what each door waits for, and what would help. */
      explain: asking(ask, accessGrantRoutes.explain, 'explanation'),
    },
    stays: {
      /** What became of a stay: its automations, and how far its access has come. */
      explain: asking(ask, stayRoutes.explain, 'explanation'),
    },
    spaces: {
      /** What a space has of doors and grants, and how far each of them has come. */
      explain: asking(ask, spaceRoutes.explain, 'explanation'),
    },
    settings: settingsControls(ask),
    /** The whole world in one answer: see `world` for its parts. */
    world: async (input: WorldInput = {}) => (await ask(worldRoute, input)).world,
    /** What was declared, what opened the door, what the API said, and who was locked out. */
    timeline: async (input: TimelineInput = {}) => (await ask(timelineRoute, input)).timeline,
    /** What physically happened and left no other trace: typed PINs, commands that were not done. */
    chronicle: chronicleControls(ask),
    /** What happens, frame by frame: `for await (const frame of await emulator.stream())`. */
    stream: streaming(transport),
    /** Where API and locks disagree now; nothing where all agree. */
    disagreements: async (input: DisagreementFilter = {}) =>
      (await ask(disagreementsRoute, input)).disagreements,
    /** What the integration does wrong; `probe` also sends its webhooks a forgery and duplicates. */
    doctor: (input: DoctorInput = {}) => ask(doctorRoute, input),
    /** For how long guests could not open their doors, and former guests still could. */
    report: async (input: ReportInput) => (await ask(reportRoute, input)).report,
    /** Keeps the whole workspace as it is now, under a name. */
    snapshot: (name = 'snapshot') => snapshots.create({ name }),
    /** Puts the workspace back to what `snapshot` of this name kept. */
    restore: (name = 'snapshot') => snapshots.restore({ name }),
    /** Puts the workspace back to its first instant; keys, fixture and, if none is given, seed stay. */
    reset: (input: ResetInput = {}) => workspaces.reset(input),
    /** Waits until something has a status, had an event, or both; a frozen clock leaps there. */
    waitUntil: waiting(ask),
    /** Any route, of the control API or of Seam's own; answers the body as it came. */
    call: (path: string, body: object = {}) => transport.call(path, body, anyAnswer),
  }
}
