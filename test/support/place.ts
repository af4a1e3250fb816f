/** An emulator over real HTTP, with the official SDK and the emulator's own control API at hand. */
import { expect } from 'vitest'
import { z } from 'zod'
import type { CreateLockInput } from '../../src/client/inputs.ts'
import { deviations } from '../contract/deviations.ts'
import { lockModels } from '../../src/contract/vocabulary.ts'
import type { EmulatorSettings } from '../../src/emulator.ts'
import { controlBy, sdkOf, startTestEmulator } from './emulator.ts'
import type { TestEmulator } from './emulator.ts'
import { assertMatchesOpenApi } from './openapi-contract.ts'

/** The first instant of a frozen world. */
export const T0 = Date.UTC(2025, 0, 1)

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

export const iso = (at: number): string => new Date(at).toISOString()

/** The locks, bridges and accounts of the default fixture. */
export const home = {
  /** August, accessory keypad, native scheduling, behind `august_bridge`. */
  august: 'd0000000-0000-4000-8000-000000000001',
  /** Schlage, built-in keypad, native scheduling, own Wi-Fi. */
  schlage: 'd0000000-0000-4000-8000-000000000002',
  /** SmartThings, just in time, behind `smartthings_hub`. */
  smartthings: 'd0000000-0000-4000-8000-000000000003',
  august_without_keypad: 'd0000000-0000-4000-8000-000000000004',
  igloohome: 'd0000000-0000-4000-8000-000000000005',
  august_bridge: 'b0000000-0000-4000-8000-000000000001',
  smartthings_hub: 'b0000000-0000-4000-8000-000000000002',
  igloohome_bridge: 'b0000000-0000-4000-8000-000000000004',
  august_account: 'a0000000-0000-4000-8000-000000000001',
  schlage_account: 'a0000000-0000-4000-8000-000000000002',
  smartthings_account: 'a0000000-0000-4000-8000-000000000003',
  igloohome_account: 'a0000000-0000-4000-8000-000000000004',
} as const

const event = z.looseObject({
  event_id: z.string(),
  event_type: z.string(),
  occurred_at: z.string(),
  created_at: z.string(),
})
export type SeenEvent = z.infer<typeof event>

/** Seam's document is the judge of every answer, but for what is known to differ from it. */
const judge = (path: string, status: number, body: unknown): void => {
  if (!(path in deviations)) assertMatchesOpenApi(path, status, body)
}

const modelName = z.enum(lockModels)

/** One workspace of a running emulator. */
export type Place = ReturnType<typeof placeOf>

const placeOf = (running: TestEmulator, api_key: string) => {
  const { endpoint } = running
  /** The library's own client of the control API. */
  const emulator = running.as(api_key)
  // The SDK would look again after a second; a frozen attempt is settled by the first look.
  const seam = sdkOf(running, api_key, { waitForActionAttempt: { pollingInterval: 10 } })
  // Every answer to the SDK is judged by Seam's own document on its way in.
  seam.client.interceptors.response.use((response) => {
    const path = new URL(response.config.url ?? '', endpoint).pathname
    judge(path, response.status, response.data)
    return response
  })

  /** A raw call; answers status and body. */
  const raw = async (
    path: string,
    body: unknown = {},
    init: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(new URL(path, endpoint), {
      method: init.method ?? 'POST',
      headers: {
        authorization: `Bearer ${api_key}`,
        'content-type': 'application/json',
        ...init.headers,
      },
      body: JSON.stringify(body),
    })
    const answer: unknown = await response.json()
    if (!path.startsWith('/_emulator')) judge(path, response.status, answer)
    return { status: response.status, body: answer }
  }

  const { advance } = emulator.clock
  const lock = (device_id: string) => emulator.locks.get({ device_id })
  const enter = async (device_id: string, code: string) => {
    const { opened, reason, access_code_id } = await emulator.locks.enterCode({ device_id, code })
    return { opened, reason, ...(access_code_id !== undefined && { access_code_id }) }
  }

  /** All events so far, oldest first, optionally of one thing. */
  const events = async (
    filter: { access_code_id?: string; device_id?: string; connected_account_id?: string } = {},
  ): Promise<SeenEvent[]> => {
    const list: unknown = await seam.events.list({
      since: '2000-01-01T00:00:00.000Z',
      limit: 10_000,
      ...filter,
    })
    return z.array(event).parse(list).reverse()
  }

  return {
    seam,
    emulator,
    endpoint,
    api_key,
    raw,
    /** Any control route by its path, with any body. */
    control: controlBy(emulator),
    advance,
    advanceTo: (at: number) => advance({ to: iso(at) }),
    toNext: () => advance({ to_next: true }),
    now: async () => Date.parse((await emulator.clock.get()).now),
    events,
    /** The types of all events about this, oldest first. */
    types: async (filter: Parameters<typeof events>[0] = {}): Promise<string[]> =>
      (await events(filter)).map((it) => it.event_type),
    lock,
    slots: async (device_id: string) => (await lock(device_id)).memory_bank.slots,
    /** Types a code at the door. */
    enter,
    opens: async (device_id: string, code: string) => (await enter(device_id, code)).opened,
    unplug: (bridge_id: string) => emulator.bridges.unplug({ bridge_id }),
    plug: (bridge_id: string) => emulator.bridges.plug({ bridge_id }),
    hang: async (model: string, overrides: Omit<CreateLockInput, 'model'> = {}): Promise<string> =>
      (await emulator.locks.create({ model: modelName.parse(model), ...overrides })).device_id,
  }
}

const slug = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(-150)

export interface Places {
  readonly running: TestEmulator
  /** The workspace of the current test, or of a label. */
  readonly open: (label?: string) => Place
  readonly stop: () => Promise<void>
}

/** Workspaces of one running emulator, frozen at `T0` unless told otherwise. */
export const startPlaces = async (settings: Partial<EmulatorSettings> = {}): Promise<Places> => {
  const running = await startTestEmulator(settings)
  return {
    running,
    open: (label = slug(expect.getState().currentTestName ?? 'test')) =>
      placeOf(running, `seam_test_${label}`),
    stop: () => running.close(),
  }
}
