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
import { createLockstep } from './lockstep.ts'
import type { Player } from './play/playing.ts'

const MINUTE = 60_000
const REFERENCE_KEY = 'seam_test_reference'

export interface Session {
  explorer: Explorer
  close(): Promise<void>
}

type InStep = ReturnType<typeof createLockstep>

/** What plays are put together from. */
interface Parts {
  emulator: RunningEmulator
  step: InStep
  closers: Closers
}

const asFunctions = (
  { emulator, step }: Parts,
  { name, url }: { name: string; url: string },
  make: MakeApp,
  api_key: string,
): Integration => {
  const { endpoint, answer } = emulator
  const workspace_id = emulator.workspaceOf(api_key)
  return functionsIntegration({
    name,
    url,
    make,
    endpoint,
    api_key,
    receivers: step.receivers,
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

const openApp = async (parts: Parts, config: ExplorerConfig): Promise<Player> => {
  const { emulator, closers, step } = parts
  const { app, api_key, start, ready, webhook_secret, alerts_port } = config
  const workspace_id = emulator.workspaceOf(api_key)
  const attention = step.app
  step.join(workspace_id, attention)
  if (isMakeApp(app)) {
    const names = { name: 'The app', url: 'http://app.invalid/webhook' }
    return { workspace_id, attention, integration: asFunctions(parts, names, app, api_key) }
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
  return { workspace_id, attention, integration }
}

const openReference = (parts: Parts, make: MakeApp): Player => {
  const { emulator, step } = parts
  const workspace_id = emulator.workspaceOf(REFERENCE_KEY)
  const attention = step.reference
  step.join(workspace_id, attention)
  const names = { name: 'The reference', url: 'http://reference.invalid/webhook' }
  return { workspace_id, attention, integration: asFunctions(parts, names, make, REFERENCE_KEY) }
}

/** @throws AppProblem, EADDRINUSE, and what a bad fixture throws */
export const openSession = async (
  config: ExplorerConfig,
  makeReference: MakeApp,
): Promise<Session> => {
  const closers = createClosers()
  const step = createLockstep(config.settle, REFERENCE_KEY)
  try {
    const emulator = await startEmulator({
      port: config.port,
      host: '127.0.0.1',
      db: ':memory:',
      fixture: config.fixture,
      clock: { mode: 'frozen' },
      api_key: config.api_key,
      check_responses: false,
      lockstep: step.lockstep,
    })
    closers.add(() => emulator.close())
    const parts = { emulator, step, closers }
    const app = await openApp(parts, config)
    const reference = openReference(parts, makeReference)
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
