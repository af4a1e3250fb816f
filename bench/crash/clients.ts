import { send } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { z } from 'zod'
import type { KnownCode } from './model.ts'

/** A workspace under load: its target follows the emulator to a new port after each restart. */
export type Lane = {
  target: Target
  devices: string[]
  codes: KnownCode[]
  /** Answers other than 200 while the emulator was alive. */
  refusals: string[]
  /** Makes names and PINs that are unique in the run. */
  serial: { next: number }
}

const createdShape = z.object({ access_code: z.object({ access_code_id: z.string() }) })

// So few that no lock ever runs out of memory.
const mostAlive = 25

/**
 * One client: creates, renames and deletes its own codes, one request at a time, until the
 * emulator is gone or `stopped` says so. What it asked is in the lane before it is sent.
 */
export async function client(
  lane: Lane,
  random: () => number,
  stopped: () => boolean,
): Promise<void> {
  const mine: KnownCode[] = []
  while (!stopped()) {
    const alive = mine.filter(({ deletion }) => deletion === 'none')
    const draw = random()
    const some = alive[Math.floor(random() * alive.length)]
    try {
      if (some === undefined || (draw < 0.6 && alive.length < mostAlive)) {
        const code = newCode(lane, random)
        mine.push(code)
        await create(lane, code)
      } else if (draw < 0.8) await rename(lane, some)
      else await remove(lane, some)
    } catch {
      // The connection broke: the emulator was killed. What was asked stays open.
      return
    }
  }
}

function newCode(lane: Lane, random: () => number): KnownCode {
  const device_id = lane.devices[Math.floor(random() * lane.devices.length)] ?? ''
  const name = `crash ${lane.serial.next++}`
  const code: KnownCode = {
    name,
    device_id,
    ongoing: random() < 0.6,
    updates: 0,
    deletion: 'none',
  }
  lane.codes.push(code)
  return code
}

async function create(lane: Lane, code: KnownCode): Promise<void> {
  const window = { starts_at: '2090-01-01T15:00:00.000Z', ends_at: '2090-01-03T11:00:00.000Z' }
  const answer = await send(lane.target, '/access_codes/create', {
    device_id: code.device_id,
    name: code.name,
    code: String(100_000 + lane.serial.next++),
    ...(code.ongoing ? {} : window),
  })
  const parsed = createdShape.safeParse(answer.body)
  if (answer.status === 200 && parsed.success) {
    code.access_code_id = parsed.data.access_code.access_code_id
  } else refuse(lane, 'create', answer)
}

async function rename(lane: Lane, code: KnownCode): Promise<void> {
  if (code.access_code_id === undefined) return
  const name = `crash ${lane.serial.next++}`
  code.name_asked = name
  code.updates++
  const input = { access_code_id: code.access_code_id, name }
  const answer = await send(lane.target, '/access_codes/update', input)
  if (answer.status === 200) code.name = name
  else refuse(lane, 'update', answer)
  delete code.name_asked
}

async function remove(lane: Lane, code: KnownCode): Promise<void> {
  if (code.access_code_id === undefined) return
  code.deletion = 'asked'
  const input = { access_code_id: code.access_code_id }
  const answer = await send(lane.target, '/access_codes/delete', input)
  if (answer.status === 200) code.deletion = 'answered'
  else refuse(lane, 'delete', answer)
}

function refuse(lane: Lane, what: string, answer: { status: number; body: unknown }): void {
  lane.refusals.push(`${what}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`)
}
