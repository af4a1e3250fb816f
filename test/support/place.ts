/** An emulator over real HTTP, with the official SDK and the emulator's own control API at hand. */
import { request } from 'node:http'
import { SeamHttp } from '@seamapi/http/connect'
import { expect } from 'vitest'
import { z } from 'zod'
import type { EmulatorSettings, RunningEmulator } from '../../src/emulator.ts'
import { startTestEmulator } from './emulator.ts'
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

const transcriptEntry = z.looseObject({
  at: z.string(),
  kind: z.string(),
  event_id: z.string().optional(),
  event_type: z.string().optional(),
  attempt: z.number().optional(),
  status: z.number().nullish(),
})

const clock = z.object({
  now: z.string(),
  mode: z.string(),
  rate: z.number(),
  next_job_at: z.string().nullable(),
})
const leap = z.object({
  clock,
  transcript: z.array(transcriptEntry),
  truncated: z.boolean(),
  jobs: z.number(),
})

const power = z.object({ level: z.number(), status: z.string() }).nullable()
const lock = z.looseObject({
  online: z.boolean(),
  link: z.object({ online: z.boolean(), cause: z.string().nullable() }),
  bridge: z.object({ bridge_id: z.string(), online: z.boolean() }).nullable(),
  keypad: z.object({ is_connected: z.boolean(), has_power: z.boolean() }),
  battery: power,
  keypad_battery: power,
  bolt: z.looseObject({ locked: z.boolean(), jammed: z.boolean() }),
  memory_bank: z.object({
    capacity: z.number(),
    slots: z.array(
      z.object({
        slot: z.number(),
        code: z.string(),
        name: z.string().nullable(),
        starts_at: z.string().nullable(),
        ends_at: z.string().nullable(),
        access_code_id: z.string().nullable(),
      }),
    ),
  }),
})
const doorAnswer = z.object({
  opened: z.boolean(),
  reason: z.string().nullable(),
  access_code_id: z.string().optional(),
})
const event = z.looseObject({
  event_id: z.string(),
  event_type: z.string(),
  occurred_at: z.string(),
  created_at: z.string(),
})
export type SeenEvent = z.infer<typeof event>

/** One workspace of a running emulator. */
export type Place = ReturnType<typeof placeOf>

const placeOf = (endpoint: string, api_key: string) => {
  // The SDK would look again after a second; a frozen attempt is settled by the first look.
  const seam = SeamHttp.fromApiKey(api_key, {
    endpoint,
    waitForActionAttempt: { pollingInterval: 10 },
  })
  // Every answer to the SDK is judged by Seam's own document on its way in.
  seam.client.interceptors.response.use((response) => {
    const path = new URL(response.config.url ?? '', endpoint).pathname
    assertMatchesOpenApi(path, response.status, response.data)
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
    if (!path.startsWith('/_emulator')) assertMatchesOpenApi(path, response.status, answer)
    return { status: response.status, body: answer }
  }

  const control = async (path: string, body: unknown = {}): Promise<unknown> => {
    const answer = await raw(`/_emulator/${path}`, body)
    if (answer.status !== 200)
      throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  const advance = async (by: number | string) => leap.parse(await control('clock/advance', { by }))
  const advanceTo = async (at: number) =>
    leap.parse(await control('clock/advance', { to: iso(at) }))
  const toNext = async () => leap.parse(await control('clock/advance', { to_next: true }))
  const now = async () =>
    Date.parse(z.object({ clock }).parse(await control('clock/get')).clock.now)

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

  /** As `curl -X GET … -d '{…}'` sends it, which fetch refuses to do. */
  const curlGet = (path: string, body: unknown): Promise<{ status: number; body: unknown }> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body)
      const sent = request(
        new URL(path, endpoint),
        {
          method: 'GET',
          headers: {
            accept: 'application/json',
            authorization: `Bearer ${api_key}`,
            'content-type': 'application/json',
            // Node frames no body of a GET by itself.
            'content-length': Buffer.byteLength(text),
          },
        },
        (response) => {
          let received = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => {
            received += chunk
          })
          response.on('end', () => {
            const answer: unknown = JSON.parse(received)
            assertMatchesOpenApi(path, response.statusCode ?? 0, answer)
            resolve({ status: response.statusCode ?? 0, body: answer })
          })
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })

  return {
    seam,
    curlGet,
    endpoint,
    api_key,
    raw,
    control,
    advance,
    advanceTo,
    toNext,
    now,
    events,
    /** The types of all events about this, oldest first. */
    types: async (filter: Parameters<typeof events>[0] = {}): Promise<string[]> =>
      (await events(filter)).map((it) => it.event_type),
    lock: async (device_id: string) =>
      z.object({ lock }).parse(await control('locks/get', { device_id })).lock,
    slots: async (device_id: string) =>
      z.object({ lock }).parse(await control('locks/get', { device_id })).lock.memory_bank.slots,
    /** Types a code at the door. */
    enter: async (device_id: string, code: string) =>
      doorAnswer.parse(await control('locks/enter_code', { device_id, code })),
    opens: async (device_id: string, code: string) =>
      doorAnswer.parse(await control('locks/enter_code', { device_id, code })).opened,
    unplug: (bridge_id: string) => control('bridges/unplug', { bridge_id }),
    plug: (bridge_id: string) => control('bridges/plug', { bridge_id }),
    hang: async (model: string, overrides: Record<string, unknown> = {}): Promise<string> =>
      z
        .object({ device: z.object({ device_id: z.string() }) })
        .parse(await control('locks/create', { model, ...overrides })).device.device_id,
  }
}

const slug = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(-150)

/** Workspaces of one running emulator, frozen at `T0` unless told otherwise. */
export const startPlaces = async (
  settings: Partial<EmulatorSettings> = {},
): Promise<{
  running: RunningEmulator
  /** The workspace of the current test, or of a label. */
  open(label?: string): Place
  stop(): Promise<void>
}> => {
  const running = await startTestEmulator(settings)
  const endpoint = `http://127.0.0.1:${running.port}`
  return {
    running,
    open: (label = slug(expect.getState().currentTestName ?? 'test')) =>
      placeOf(endpoint, `seam_test_${label}`),
    stop: () => running.close(),
  }
}
