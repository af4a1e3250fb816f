/** A fresh workspace that remembers every call, so that a failure can be told as a script. */
import { z } from 'zod'
import type { Slot } from '../../src/client/shapes.ts'
import type { Place, Places } from '../support/place.ts'

const LABEL = 'model'
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

const program = (
  api_key: string,
  calls: string[],
): string => `import { createEmulator } from 'seam-emulator'

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

const codesOf = async (place: Place, kind: string, device_id: string): Promise<Code[]> => {
  const { body } = await place.raw(`/access_codes/${kind}list`, { device_id })
  return z.looseObject({ access_codes: z.array(code) }).parse(body).access_codes
}

/** The workspace of the model, new each time: its key opens another when it is closed. */
export const openModelWorld = ({ open }: Places): ModelWorld => {
  const place = open(LABEL)
  const calls: string[] = []
  return {
    call: async (path, body) => {
      if (!isReading(path)) calls.push(`await call('${path}', ${JSON.stringify(body)})`)
      const { status, body: answer } = await place.raw(path, body)
      if (status >= 500) throw new Error(`${path}: ${JSON.stringify(answer)}`)
      return status === 200 ? z.record(z.string(), z.unknown()).parse(answer) : null
    },
    managed: (device_id) => codesOf(place, '', device_id),
    unmanaged: (device_id) => codesOf(place, 'unmanaged/', device_id),
    slots: place.slots,
    events: async () => z.array(event).parse(await place.events()),
    now: place.now,
    created: (answer) => z.looseObject({ access_code: code }).parse(answer).access_code,
    script: () => program(place.api_key, calls),
    close: place.emulator.workspaces.delete,
  }
}
