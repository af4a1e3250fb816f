/** Everything that a run needs, put together and taken apart: emulator, app, reference, receivers. */
import { startEmulator } from '../emulator.ts'
import { receiveAlerts } from './adapters/alerts.ts'
import { startApp } from './adapters/app-process.ts'
import { createCall } from './adapters/call.ts'
import { functionsIntegration, isMakeApp } from './adapters/functions.ts'
import type { MakeApp } from './adapters/functions.ts'
import { verbsIntegration } from './adapters/verbs.ts'
import type { ExplorerConfig, VerbSettings } from './config.ts'
import type { Explorer } from './explore.ts'
import type { Integration } from './integration.ts'
import { createLockstep } from './lockstep.ts'
import type { Player } from './play/player.ts'
import type { Receiver } from '../webhooks/send.ts'

const MINUTE = 60_000

export interface Session {
  explorer: Explorer
  close(): Promise<void>
}

/** A stage that is empty yet: an emulator and a workspace in it, of which barriers wait for its app. */
interface Place extends Pick<Player, 'emulator' | 'workspace_id' | 'attention'> {
  receivers: Map<string, Receiver>
}

const openPlace = async (
  { settle, fixture }: Pick<ExplorerConfig, 'settle' | 'fixture'>,
  { port, api_key }: { port: number; api_key: string },
): Promise<Place> => {
  const { lockstep, attention, receivers, join } = createLockstep(settle)
  const emulator = await startEmulator({
    port,
    host: '127.0.0.1',
    db: ':memory:',
    fixture,
    clock: { mode: 'frozen' },
    api_key,
    check_responses: false,
    lockstep,
  })
  const { workspace_id } = emulator
  join(workspace_id)
  return { emulator, workspace_id, attention, receivers }
}

const asFunctions = (
  { emulator, workspace_id, receivers }: Place,
  name: string,
  make: MakeApp,
): Integration => {
  const { endpoint, answer, api_key } = emulator
  return functionsIntegration({
    name,
    make,
    endpoint,
    api_key,
    receivers,
    call: createCall(answer, { endpoint, api_key }),
    now: () => emulator.universe.now(workspace_id),
  })
}

/** Closes what was opened, the last one first. */
const createClosers = () => {
  const closers: (() => unknown)[] = []
  return {
    add: (close: () => unknown): void => void closers.push(close),
    closeAll: async (): Promise<void> => {
      for (const close of closers.splice(0).toReversed()) await close()
    },
  }
}

type Closers = ReturnType<typeof createClosers>

/** An app in a process of its own, or in any. */
const withVerbs = async (
  { emulator, workspace_id }: Place,
  config: ExplorerConfig,
  verbs: VerbSettings,
  closers: Closers,
): Promise<Integration> => {
  const { start, ready, webhook_secret, alerts_port } = config
  const receiver = await receiveAlerts(alerts_port)
  closers.add(() => receiver.close())
  if (start !== undefined) {
    const env = {
      SEAM_ENDPOINT: emulator.endpoint,
      SEAM_API_KEY: emulator.api_key,
      SEAM_WEBHOOK_SECRET: webhook_secret,
      ALERTS_URL: receiver.url,
    }
    const running = await startApp(start, env, ready)
    closers.add(() => running.stop())
  }
  const now = (): number => emulator.universe.now(workspace_id)
  return verbsIntegration(verbs, config, { now, listen: receiver.listen })
}

/** @throws AppProblem, EADDRINUSE, and what a bad fixture throws */
export const openSession = async (
  config: ExplorerConfig,
  makeReference: MakeApp,
): Promise<Session> => {
  const closers = createClosers()
  const { app, port, api_key, fixture } = config
  const open = async (settings: Parameters<typeof openPlace>[0], at: number): Promise<Place> => {
    const place = await openPlace(settings, { port: at, api_key })
    closers.add(() => place.emulator.close())
    return place
  }
  try {
    const place = await open(config, port)
    const integration = isMakeApp(app)
      ? asFunctions(place, 'The app', app)
      : await withVerbs(place, config, app, closers)
    // A world of its own, in a database of its own: one that is alone there is put back faster.
    const ofReference = await open({ settle: 0, fixture }, 0)
    const reference = asFunctions(ofReference, 'The reference', makeReference)
    return {
      explorer: {
        app: { ...place, integration },
        reference: { ...ofReference, integration: reference },
        settings: { tick_every: config.tick_every / MINUTE, settle: config.settle },
        tolerance: { minutes: config.tolerance / MINUTE, grace: config.grace / MINUTE },
      },
      close: closers.closeAll,
    }
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}
