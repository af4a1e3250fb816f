/** Everything that a run needs, put together and taken apart: emulator, app, reference, receivers. */
import { startEmulator } from '../emulator.ts'
import type { RunningEmulator } from '../emulator.ts'
import { receiveAlerts } from './adapters/alerts.ts'
import { startApp } from './adapters/app-process.ts'
import { createCall } from './adapters/call.ts'
import { functionsIntegration, isMakeApp } from './adapters/functions.ts'
import type { MakeApp } from './adapters/functions.ts'
import { verbsIntegration } from './adapters/verbs.ts'
import type { ExplorerConfig } from './config.ts'
import type { Explorer } from './explore.ts'
import type { Integration } from './integration.ts'
import type { Player } from './play/playing.ts'

const MINUTE = 60_000
const REFERENCE_KEY = 'seam_test_reference'

export interface Session {
  explorer: Explorer
  close(): Promise<void>
}

const asFunctions = (
  emulator: RunningEmulator,
  name: string,
  make: MakeApp,
  api_key: string,
): Promise<Integration> => {
  const { endpoint, answer } = emulator
  const workspace_id = emulator.workspaceOf(api_key)
  return functionsIntegration({
    name,
    make,
    endpoint,
    api_key,
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

const openApp = async (
  emulator: RunningEmulator,
  config: ExplorerConfig,
  closers: Closers,
): Promise<Player> => {
  const { app, api_key, start, ready, webhook_secret, alerts_port } = config
  const workspace_id = emulator.workspaceOf(api_key)
  if (isMakeApp(app)) {
    const integration = await asFunctions(emulator, 'The app', app, api_key)
    closers.add(() => integration.close())
    return { workspace_id, integration }
  }
  const receiver = await receiveAlerts(alerts_port)
  closers.add(() => receiver.close())
  if (start !== undefined) {
    const env = {
      SEAM_ENDPOINT: emulator.endpoint,
      SEAM_API_KEY: api_key,
      SEAM_WEBHOOK_SECRET: webhook_secret,
      ALERTS_URL: receiver.url,
    }
    const running = await startApp(start, env, ready)
    closers.add(() => running.stop())
  }
  const now = (): number => emulator.universe.now(workspace_id)
  const integration = verbsIntegration(app, config, { now, listen: receiver.listen })
  return { workspace_id, integration }
}

const openReference = async (
  emulator: RunningEmulator,
  make: MakeApp,
  closers: Closers,
): Promise<Player> => {
  const integration = await asFunctions(emulator, 'The reference', make, REFERENCE_KEY)
  closers.add(() => integration.close())
  return { workspace_id: emulator.workspaceOf(REFERENCE_KEY), integration }
}

/** @throws AppProblem, EADDRINUSE, and what a bad fixture throws */
export const openSession = async (
  config: ExplorerConfig,
  makeReference: MakeApp,
): Promise<Session> => {
  const closers = createClosers()
  try {
    const emulator = await startEmulator({
      port: config.port,
      host: '127.0.0.1',
      db: ':memory:',
      fixture: config.fixture,
      clock: { mode: 'frozen' },
      api_key: config.api_key,
      check_responses: false,
    })
    closers.add(() => emulator.close())
    const app = await openApp(emulator, config, closers)
    const reference = await openReference(emulator, makeReference, closers)
    return {
      explorer: {
        emulator,
        app,
        reference,
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
