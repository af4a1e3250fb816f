/** The typed client of the control API: the same for the library, the command line and a server elsewhere. */
import { z } from 'zod'
import type {
  AdvanceInput,
  CreateLockInput,
  Duration,
  Instant,
  ReportInput,
  ResetInput,
  WaitInput,
} from './inputs.ts'
import {
  anyAnswer,
  bridge,
  clockState,
  doorAnswer,
  explanation,
  leap,
  lock,
  lockModel,
  report,
  seamDevice,
  waited,
  workspaceSettings,
} from './shapes.ts'
import {
  deliveryControls,
  faultControls,
  fixtureControls,
  inboxControls,
  manufacturerAppControls,
  requestControls,
  snapshotControls,
  workspaceControls,
} from './test-controls.ts'
import type { Target, Transport } from './transport.ts'

/** The controls over one workspace. */
export type ControlClient = ReturnType<typeof createControlClient>

const clockAnswer = z.looseObject({ clock: clockState })
const lockAnswer = z.looseObject({ lock })
const bridgeAnswer = z.looseObject({ bridge })

const clockControls = ({ call }: Transport) => ({
  /** The workspace's clock. */
  get: async () => (await call('/_emulator/clock/get', {}, clockAnswer)).clock,
  /** Stops the clock, now or at a later instant to which it leaps first. */
  freeze: async (at?: Instant) =>
    (await call('/_emulator/clock/freeze', { at }, clockAnswer)).clock,
  /** Lets the clock run, at `rate` workspace seconds per second. */
  resume: async (rate?: number) =>
    (await call('/_emulator/clock/resume', { rate }, clockAnswer)).clock,
  /**
   * Leaps ahead by a duration, to an instant or to whatever is due next. Resolves when everything
   * due on the way has happened and every webhook delivery has been attempted.
   */
  advance: (target: Duration | AdvanceInput) =>
    call('/_emulator/clock/advance', typeof target === 'object' ? target : { by: target }, leap),
})

const lockControls = ({ call }: Transport) => {
  const onLock = async (action: string, body: object) =>
    (await call(`/_emulator/locks/${action}`, body, lockAnswer)).lock
  return {
    /** Hangs a lock of any model on a door; account and bridge are made when not given. */
    create: async (input: CreateLockInput) =>
      (await call('/_emulator/locks/create', input, z.looseObject({ device: seamDevice }))).device,
    /** The lock itself: link, power, bolt and memory bank. */
    get: (input: { device_id: string }) => onLock('get', input),
    /** Types a code on the keypad: the door's own answer at this instant. */
    enterCode: (input: { device_id: string; code: string }) =>
      call('/_emulator/locks/enter_code', input, doorAnswer),
    /** Puts in a battery of this level, 0 to 1; `keypad: true` means that of the accessory keypad. */
    setBattery: (input: { device_id: string; level: number; keypad?: boolean }) =>
      onLock('set_battery', input),
    /** Connects or disconnects the accessory keypad. */
    setKeypad: (input: { device_id: string; connected: boolean }) => onLock('set_keypad', input),
    /** Puts the lock's own radio on. */
    connect: (input: { device_id: string }) => onLock('connect', input),
    /** Takes the lock's own radio off. */
    disconnect: (input: { device_id: string }) => onLock('disconnect', input),
    /** Jams the bolt, or frees it with `jammed: false`. */
    jam: (input: { device_id: string; jammed?: boolean }) => onLock('jam', input),
  }
}

const bridgeControls = ({ call }: Transport) => {
  const onBridge = async (action: string, body: object) =>
    (await call(`/_emulator/bridges/${action}`, body, bridgeAnswer)).bridge
  return {
    /** Bridges, hubs and gateways with the locks behind them. */
    list: async () =>
      (await call('/_emulator/bridges/list', {}, z.looseObject({ bridges: z.array(bridge) })))
        .bridges,
    /** Takes a bridge off the network, with every lock behind it. */
    unplug: (input: { bridge_id: string }) => onBridge('unplug', input),
    /** Puts a bridge back on the network. */
    plug: (input: { bridge_id: string }) => onBridge('plug', input),
  }
}

const settingsControls = ({ call }: Transport) => {
  const answer = z.looseObject({ settings: workspaceSettings })
  return {
    /** The workspace's thresholds, lead times and switches. */
    get: async () => (await call('/_emulator/settings/get', {}, answer)).settings,
    /** Changes some of them; durations such as `"10m"`. */
    update: async (changes: Record<string, Duration | boolean | null>) =>
      (await call('/_emulator/settings/update', changes, answer)).settings,
  }
}

/** The controls over the workspace of `target.apiKey`, over HTTP. */
export const createControlClient = (target: Target, transport: Transport) => {
  const workspaces = workspaceControls(transport)
  const snapshots = snapshotControls(transport)
  return {
    endpoint: target.endpoint,
    apiKey: target.apiKey,
    clock: clockControls(transport),
    locks: lockControls(transport),
    bridges: bridgeControls(transport),
    /** The lock models that `locks.create` makes. */
    lockModels: {
      list: async () =>
        (
          await transport.call(
            '/_emulator/lock_models/list',
            {},
            z.looseObject({ lock_models: z.array(lockModel) }),
          )
        ).lock_models,
    },
    faults: faultControls(transport),
    inbox: inboxControls(transport, target.endpoint),
    webhookDeliveries: deliveryControls(transport),
    requests: requestControls(transport),
    manufacturerApp: manufacturerAppControls(transport),
    workspaces,
    snapshots,
    fixtures: fixtureControls(transport),
    /** Why an access code is in its status: declared, on the lock, last attempts, what it waits for. */
    explain: async (input: { access_code_id: string }) =>
      (
        await transport.call(
          '/_emulator/access_codes/explain',
          input,
          z.looseObject({ explanation }),
        )
      ).explanation,
    settings: settingsControls(transport),
    /** For how long guests could not open their doors, and former guests still could. */
    report: async (input: ReportInput) =>
      (await transport.call('/_emulator/report', input, z.looseObject({ report }))).report,
    /** Keeps the whole workspace as it is now, under a name. */
    snapshot: (name = 'snapshot') => snapshots.create({ name }),
    /** Puts the workspace back to what `snapshot` of this name kept. */
    restore: (name = 'snapshot') => snapshots.restore({ name }),
    /** Puts the workspace back to its first instant; keys, fixture and, if none is given, seed stay. */
    reset: (input: ResetInput = {}) => workspaces.reset(input),
    /** Waits until something has a status, had an event, or both; a frozen clock leaps there. */
    waitUntil: (input: WaitInput) => transport.call('/_emulator/wait_until', input, waited),
    /** Any route, of the control API or of Seam's own; answers the body as it came. */
    call: (path: string, body: object = {}) => transport.call(path, body, anyAnswer),
  }
}
