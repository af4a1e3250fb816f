/** A running emulator for tests over real HTTP, with the library's own client and the official SDK. */
import { SeamHttp } from '@seamapi/http/connect'
import type { ControlClient } from '../../src/client/control-client.ts'
import { connectEmulator } from '../../src/client/connect.ts'
import type { RemoteEmulator } from '../../src/client/connect.ts'
import { isEmulatorError } from '../../src/client/transport.ts'
import { startEmulator } from '../../src/emulator.ts'
import type { EmulatorSettings, RunningEmulator } from '../../src/emulator.ts'

export interface TestEmulator extends RunningEmulator {
  /** The controls over the workspace of a key: the client that users have. */
  readonly as: (api_key: string) => ControlClient
}

/** As `createEmulator` starts it, with its worlds at hand for what no route tells. */
export const startTestEmulator = async (
  settings: Partial<EmulatorSettings> = {},
): Promise<TestEmulator> => {
  const running = await startEmulator({
    port: 0,
    host: '127.0.0.1',
    db: ':memory:',
    fixture: 'default',
    clock: { mode: 'frozen' },
    api_key: 'seam_test_default',
    check_responses: true,
    ...settings,
  })
  const clients = new Map<string, RemoteEmulator>()
  return {
    ...running,
    as: (apiKey) => {
      const known = clients.get(apiKey)
      if (known !== undefined) return known
      const client = connectEmulator({ endpoint: running.endpoint, apiKey })
      clients.set(apiKey, client)
      return client
    },
    close: async () => {
      for (const client of clients.values()) await client.close()
      await running.close()
    },
  }
}

export const FRONT_DOOR = 'd0000000-0000-4000-8000-000000000001'

type SdkOptions = Omit<NonNullable<Parameters<typeof SeamHttp.fromApiKey>[1]>, 'endpoint'>

export const sdkOf = (
  { endpoint }: RunningEmulator,
  api_key: string,
  options: SdkOptions = {},
): SeamHttp => SeamHttp.fromApiKey(api_key, { endpoint, ...options })

/**
 * Calls `/_emulator/<path>` with any body, so that refusals can be seen.
 * @throws Error with the status and the server's words
 */
export const controlBy =
  (client: ControlClient) =>
  async (path: string, body: object = {}): Promise<Record<string, unknown>> => {
    try {
      return await client.call(`/_emulator/${path}`, body)
    } catch (error) {
      if (!isEmulatorError(error)) throw error
      const { status, type, message, data } = error
      throw new Error(`${path} answered ${status}: ${JSON.stringify({ type, message, data })}`, {
        cause: error,
      })
    }
  }
