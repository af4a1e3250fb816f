import { Agent, request } from 'node:http'
import { z } from 'zod'

/** Whom to talk to and with which API key. */
export type Target = { url: string; key: string }

export type Answer = { status: number; body: unknown }

// node:http instead of fetch: an advance over 300,000 codes may take minutes, and fetch gives up
// when headers do not arrive within five.
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** One POST with a JSON body. Rejects only when the transport fails. */
export function send(target: Target, path: string, body: unknown = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body)
    const outgoing = request(
      `${target.url}${path}`,
      {
        agent,
        method: 'POST',
        headers: {
          authorization: `Bearer ${target.key}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.once('error', reject)
        incoming.once('end', () => {
          const raw = Buffer.concat(chunks).toString()
          resolve({ status: incoming.statusCode ?? 0, body: asJson(raw) })
        })
      },
    )
    outgoing.once('error', reject)
    outgoing.end(text)
  })
}

function asJson(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch {
    return raw
  }
}

/** A POST that must be answered with 200 and the expected shape. */
export async function call<Result>(
  target: Target,
  path: string,
  body: unknown,
  result: z.ZodType<Result>,
): Promise<Result> {
  const answer = await send(target, path, body)
  if (answer.status !== 200) {
    const text = JSON.stringify(answer.body).slice(0, 400)
    throw new Error(`POST ${path} answered ${answer.status}: ${text}`)
  }
  return result.parse(answer.body)
}

export const anything = z.unknown()
export const okShape = z.looseObject({ ok: z.literal(true) })
export const accessCodeShape = z.object({
  access_code_id: z.string(),
  name: z.string().nullish(),
  code: z.string().nullish(),
  status: z.string(),
  device_id: z.string(),
})
export const eventShape = z.looseObject({
  event_id: z.string(),
  event_type: z.string(),
  access_code_id: z.string().optional(),
})
export const stampedEventShape = eventShape.extend({ created_at: z.string() })
type StampedEvent = z.infer<typeof stampedEventShape>
export type AccessCode = z.infer<typeof accessCodeShape>
export type SeamEvent = z.infer<typeof eventShape>

/** Makes `count` locks of one model through the control API; answers their device ids. */
export async function createLocks(target: Target, count: number, model = 'august') {
  const shape = z.object({ device: z.object({ device_id: z.string() }) })
  const ids: string[] = []
  for (let i = 1; i <= count; i++) {
    const input = { model, name: `Bench lock ${i}` }
    const { device } = await call(target, '/_emulator/locks/create', input, shape)
    ids.push(device.device_id)
  }
  return ids
}

const byCreation = (a: StampedEvent, b: StampedEvent): number =>
  Date.parse(a.created_at) - Date.parse(b.created_at)

/** Every event of a workspace at rest, oldest first, read page by page from the newest. */
export async function listAllEvents(target: Target): Promise<SeamEvent[]> {
  const shape = z.object({ events: z.array(stampedEventShape) })
  const page = 500
  const events: StampedEvent[] = []
  for (;;) {
    const input = { since: '2000-01-01T00:00:00.000Z', limit: page, unstable_offset: events.length }
    const answer = await call(target, '/events/list', input, shape)
    events.push(...answer.events)
    if (answer.events.length < page) return events.sort(byCreation)
  }
}

/** The managed codes of some devices. Asked per device: Seam wants a device or ids. */
export async function listAccessCodes(target: Target, devices: string[]): Promise<AccessCode[]> {
  const shape = z.object({ access_codes: z.array(accessCodeShape) })
  const codes: AccessCode[] = []
  for (const device_id of devices) {
    const input = { device_id, limit: 55_000 }
    const { access_codes } = await call(target, '/access_codes/list', input, shape)
    codes.push(...access_codes)
  }
  return codes
}

/** Ends the pooled connections, so that a finished script exits. */
export function closeClient(): void {
  agent.destroy()
}
