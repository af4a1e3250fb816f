/** A running emulator with the official SDK as its client, for tests over real HTTP. */
import { SeamHttp } from '@seamapi/http/connect'
import { z } from 'zod'
import { startEmulator } from '../../src/emulator.ts'
import type { EmulatorSettings, RunningEmulator } from '../../src/emulator.ts'

export const startTestEmulator = (
  settings: Partial<EmulatorSettings> = {},
): Promise<RunningEmulator> =>
  startEmulator({
    port: 0,
    host: '127.0.0.1',
    db: ':memory:',
    fixture: 'default',
    clock: { mode: 'frozen' },
    api_key: 'seam_test_default',
    check_responses: true,
    ...settings,
  })

export const FRONT_DOOR = 'd0000000-0000-4000-8000-000000000001'

type SdkOptions = Omit<NonNullable<Parameters<typeof SeamHttp.fromApiKey>[1]>, 'endpoint'>

export const sdkOf = (
  { endpoint }: RunningEmulator,
  api_key: string,
  options: SdkOptions = {},
): SeamHttp => SeamHttp.fromApiKey(api_key, { endpoint, ...options })

/** Posts to `/_emulator/<path>` with the workspace's key. @throws Error with the server's words */
export const controlOf =
  ({ endpoint }: RunningEmulator, api_key: string) =>
  async <S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.output<S>> => {
    const response = await fetch(`${endpoint}/_emulator/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`)
    return schema.parse(JSON.parse(text))
  }

export const anything = z.looseObject({})
