/** A fresh emulator that remembers every call, so that a failure can be told as a script. */
import { z } from 'zod'
import { startEmulator } from '../../src/emulator.ts'
import type { RunningEmulator } from '../../src/emulator.ts'

export const api_key = 'seam_test_model'
export const locks = [
  'd0000000-0000-4000-8000-000000000001',
  'd0000000-0000-4000-8000-000000000002',
  'd0000000-0000-4000-8000-000000000003',
] as const
export const bridges = [
  'b0000000-0000-4000-8000-000000000001',
  'b0000000-0000-4000-8000-000000000002',
] as const

const code = z.looseObject({
  access_code_id: z.string(),
  device_id: z.string(),
  code: z.string().nullable(),
  name: z.string().nullable(),
  status: z.string(),
  starts_at: z.string().nullish(),
  ends_at: z.string().nullish(),
  errors: z.array(z.looseObject({ error_code: z.string() })),
  warnings: z.array(
    z.looseObject({ warning_code: z.string(), change_type: z.string().optional() }),
  ),
  pending_mutations: z.array(z.unknown()).default([]),
  is_external_modification_allowed: z.boolean().default(false),
})
export type Code = z.infer<typeof code>

const slot = z.looseObject({
  slot: z.number(),
  code: z.string(),
  name: z.string().nullable(),
  starts_at: z.string().nullable(),
  ends_at: z.string().nullable(),
  access_code_id: z.string().nullable(),
})
export type Slot = z.infer<typeof slot>

const side = z.record(z.string(), z.string().nullable())
const event = z.looseObject({
  event_type: z.string(),
  occurred_at: z.string(),
  created_at: z.string(),
  access_code_id: z.string().optional(),
  from: side.optional(),
  to: side.optional(),
})
export type Event = z.infer<typeof event>

export interface ModelWorld {
  /** Calls the API; null when it refuses. A 500 is a failure of the test. */
  call: (path: string, body: object) => Promise<Record<string, unknown> | null>
  managed: (device_id: string) => Promise<Code[]>
  unmanaged: (device_id: string) => Promise<Code[]>
  slots: (device_id: string) => Promise<Slot[]>
  events: () => Promise<Event[]>
  now: () => Promise<number>
  created: (answer: Record<string, unknown>) => Code
  /** Everything that was called, as a program to run. */
  script: () => string
  close: () => Promise<void>
}

const isReading = (path: string): boolean => /(\/get|\/list)$/.test(path)

const program = (calls: string[]): string => `import { createEmulator } from 'seam-emulator'

const emulator = await createEmulator({ api_key: '${api_key}' })
const call = async (path, body) => {
  const response = await fetch(emulator.endpoint + path, {
    method: 'POST',
    headers: { authorization: 'Bearer ${api_key}', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  console.log(path, response.status, JSON.stringify(await response.json()))
}
${calls.join('\n')}
await call('/events/list', { since: '2000-01-01T00:00:00Z' })
await emulator.close()
`

export const openModelWorld = async (): Promise<ModelWorld> => {
  const emulator: RunningEmulator = await startEmulator({
    port: 0,
    host: '127.0.0.1',
    db: ':memory:',
    fixture: 'default',
    clock: { mode: 'frozen' },
    api_key,
    check_responses: true,
  })
  const calls: string[] = []
  const call = async (path: string, body: object) => {
    if (!isReading(path)) calls.push(`await call('${path}', ${JSON.stringify(body)})`)
    const response = await fetch(`${emulator.endpoint}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = z.record(z.string(), z.unknown()).parse(await response.json())
    if (response.status >= 500) throw new Error(`${path}: ${JSON.stringify(answer)}`)
    return response.ok ? answer : null
  }
  const read = async <T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> =>
    schema.parse(await call(path, body))
  const codesOf = async (path: string, device_id: string) =>
    (await read(path, { device_id }, z.looseObject({ access_codes: z.array(code) }))).access_codes
  return {
    call,
    managed: (device_id) => codesOf('/access_codes/list', device_id),
    unmanaged: (device_id) => codesOf('/access_codes/unmanaged/list', device_id),
    slots: async (device_id) => {
      const schema = z.looseObject({
        lock: z.looseObject({ memory_bank: z.looseObject({ slots: z.array(slot) }) }),
      })
      return (await read('/_emulator/locks/get', { device_id }, schema)).lock.memory_bank.slots
    },
    events: async () => {
      const schema = z.looseObject({ events: z.array(event) })
      const since = { since: '2000-01-01T00:00:00Z', limit: 5000 }
      return (await read('/events/list', since, schema)).events.reverse()
    },
    now: async () => {
      const schema = z.looseObject({ clock: z.looseObject({ now: z.string() }) })
      return Date.parse((await read('/_emulator/clock/get', {}, schema)).clock.now)
    },
    created: (answer) => z.looseObject({ access_code: code }).parse(answer).access_code,
    script: () => program(calls),
    close: () => emulator.close(),
  }
}
