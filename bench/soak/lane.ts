import { z } from 'zod'
import { accessCodeShape, send } from '../lib/client.ts'
import type { Answer, Target } from '../lib/client.ts'

/** One workspace under mixed use, and what went wrong in it. */
export type SoakLane = {
  target: Target
  label: string
  random: () => number
  receiver: string
  requests: { sent: number }
  /** Unexpected answers, counted by route and status, with the first body. */
  surprises: Map<string, { times: number; body: string }>
}

type Ask = (path: string, body?: object, allowed?: number[]) => Promise<Answer>

const deviceAnswer = z.object({ device: z.object({ device_id: z.string() }) })
const codeAnswer = z.object({ access_code: accessCodeShape })

/** Asks and keeps a note of every answer that is not among the allowed ones. */
function asker(lane: SoakLane): Ask {
  return async (path, body = {}, allowed = [200]) => {
    const answer = await send(lane.target, path, body)
    lane.requests.sent++
    if (!allowed.includes(answer.status)) {
      const name = `${path} ${answer.status}`
      const known = lane.surprises.get(name) ?? { times: 0, body: '' }
      known.times++
      known.body ||= JSON.stringify(answer.body).slice(0, 300)
      lane.surprises.set(name, known)
    }
    return answer
  }
}

// A code may have ended, or been deleted, by the time it is asked for.
const goneToo = [200, 404]
// What is being deleted cannot be updated.
const goneOrGoing = [200, 400, 404]

/**
 * One cycle of a workspace: reset it, furnish it, use it, leap in time, injure it, heal it. It ends
 * with as much data as it began, so memory that grows over cycles is a leak. Time jumps of the
 * `frozen` third are exact; the others run in real or scaled time as well.
 */
export async function cycle(lane: SoakLane, style: 'frozen' | 'scaled' | 'realtime') {
  const ask = asker(lane)
  await ask('/_emulator/workspaces/reset')
  if (style === 'frozen') await ask('/_emulator/clock/freeze')
  else await ask('/_emulator/clock/resume', { rate: style === 'scaled' ? 3_600 : 1 })
  await subscribe(ask, lane.receiver)
  const devices = await furnish(ask)
  const codes = await createMany(ask, lane, devices)
  await injure(ask, devices)
  await use(ask, lane, devices, codes)
  await ask('/_emulator/clock/advance', { by: '4h' })
  await heal(ask, devices)
  await use(ask, lane, devices, codes)
  await ask('/_emulator/clock/advance', { by: '30d' })
  await ask('/events/list', { since: '2000-01-01T00:00:00.000Z' })
  await ask('/_emulator/webhook_deliveries/list')
  await ask('/_emulator/requests/list')
}

const webhooksAnswer = z.object({ webhooks: z.array(z.unknown()) })

/** A reset may keep webhooks: adding two more each cycle would be a leak of our own. */
async function subscribe(ask: Ask, receiver: string): Promise<void> {
  const known = webhooksAnswer.safeParse((await ask('/webhooks/list')).body)
  if (known.success && known.data.webhooks.length > 0) return
  for (const url of [`${receiver}/ok`, `${receiver}/refuses`]) {
    await ask('/webhooks/create', { url, event_types: ['*'] })
  }
}

async function furnish(ask: Ask): Promise<string[]> {
  const devices: string[] = []
  for (const [index, model] of ['august', 'schlage', 'smartthings', 'ttlock'].entries()) {
    const input = { model, name: `Soak ${index}` }
    const { body } = await ask('/_emulator/locks/create', input)
    const parsed = deviceAnswer.safeParse(body)
    if (parsed.success) devices.push(parsed.data.device.device_id)
  }
  return devices
}

async function createMany(ask: Ask, lane: SoakLane, devices: string[]): Promise<string[]> {
  const now = await workspaceNow(ask)
  const ids: string[] = []
  for (const device_id of devices) {
    for (let n = 0; n < 8; n++) {
      const starts = now + Math.floor(lane.random() * 96) * 3_600_000
      const window = {
        starts_at: new Date(starts + 3_600_000).toISOString(),
        ends_at: new Date(starts + 30 * 3_600_000).toISOString(),
      }
      const input = { device_id, name: `Soak guest ${n}`, ...(n % 3 === 0 ? {} : window) }
      const { body } = await ask('/access_codes/create', input)
      const parsed = codeAnswer.safeParse(body)
      if (parsed.success) ids.push(parsed.data.access_code.access_code_id)
    }
  }
  return ids
}

const clockAnswer = z.object({
  clock: z.looseObject({ now: z.union([z.string(), z.number()]) }),
})

async function workspaceNow(ask: Ask): Promise<number> {
  const parsed = clockAnswer.safeParse((await ask('/_emulator/clock/get')).body)
  return parsed.success ? new Date(parsed.data.clock.now).getTime() : Date.now()
}

/** Faults of every family, all counted, so that they end by themselves if the healing is missed. */
async function injure(ask: Ask, devices: string[]): Promise<void> {
  const [first, second, third] = devices
  for (const fault of [
    {
      on: 'access_code.set',
      match: { device_id: first },
      times: 3,
      effect: { kind: 'fail', error_code: 'failed_to_set_on_device', message: 'soak' },
    },
    {
      on: 'access_code.remove',
      match: { device_id: second },
      times: 2,
      effect: { kind: 'delay', by: '40m' },
    },
    {
      on: 'access_code.set',
      match: { device_id: third },
      times: 2,
      effect: { kind: 'lose_later', after: '2h' },
    },
    {
      on: 'http',
      match: { path: '/devices/list' },
      times: 2,
      effect: { kind: 'status', status: 503 },
    },
    { on: 'webhook', times: 2, effect: { kind: 'drop' } },
    { on: 'webhook', times: 2, effect: { kind: 'duplicate' } },
  ]) {
    await ask('/_emulator/faults/create', fault)
  }
  if (second !== undefined) await ask('/_emulator/locks/disconnect', { device_id: second })
}

async function heal(ask: Ask, devices: string[]): Promise<void> {
  await ask('/_emulator/faults/list')
  await ask('/_emulator/faults/clear')
  const second = devices[1]
  if (second !== undefined) await ask('/_emulator/locks/connect', { device_id: second })
}

async function use(ask: Ask, lane: SoakLane, devices: string[], codes: string[]): Promise<void> {
  const pick = (from: string[]) => from[Math.floor(lane.random() * from.length)] ?? 'none'
  await ask('/devices/list', {}, [200, 503])
  for (let n = 0; n < 10; n++) {
    const device_id = pick(devices)
    const access_code_id = pick(codes)
    await ask('/devices/get', { device_id })
    await ask('/access_codes/list', { device_id })
    await ask('/access_codes/get', { access_code_id }, goneToo)
    await ask('/_emulator/locks/enter_code', { device_id, code: '4711' })
    await ask('/_emulator/locks/get', { device_id })
    const name = `Soak renamed ${n}`
    if (n % 3 === 0) await ask('/access_codes/update', { access_code_id, name }, goneOrGoing)
    if (n % 5 === 0) await ask('/access_codes/delete', { access_code_id }, goneToo)
  }
  await ask('/locks/unlock_door', { device_id: devices[0] })
  await ask('/connected_accounts/list')
  await ask('/access_codes/get', { access_code_id: 'not-an-id' }, [400, 404])
}
