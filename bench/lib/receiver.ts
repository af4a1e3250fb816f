import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { call } from './client.ts'
import type { Target } from './client.ts'
import { launch, repository } from './processes.ts'
import type { Server } from './processes.ts'

const statsShape = z.record(
  z.string(),
  z.object({
    event_ids: z.array(z.string()),
    unverified: z.number(),
    first_at: z.number(),
    last_at: z.number(),
  }),
)
export type Stats = z.infer<typeof statsShape>

const webhookShape = z.object({
  webhook: z.object({ webhook_id: z.string(), secret: z.string() }),
})

export function startReceiver(): Promise<Server> {
  const script = join(repository, 'bench/servers/receiver.ts')
  return launch({ name: 'receiver', command: [process.execPath, script] })
}

/** Registers one webhook per path (`ok/a`, `slow/b`, …) and lets the receiver check signatures. */
export async function registerWebhooks(
  target: Target,
  receiver: Server,
  paths: string[],
  event_types: string[] = ['*'],
): Promise<void> {
  const secrets: Record<string, string> = {}
  for (const path of paths) {
    const input = { url: `${receiver.url}/${path}`, event_types }
    const { webhook } = await call(target, '/webhooks/create', input, webhookShape)
    secrets[path.slice(path.indexOf('/') + 1)] = webhook.secret
  }
  await call(receiver, '/control/secrets', secrets, z.unknown())
}

export function receiverStats(receiver: Server): Promise<Stats> {
  return call(receiver, '/control/stats', {}, statsShape)
}

/** Waits until each name has received `count` deliveries; throws with the state after `patience`. */
export async function untilReceived(
  receiver: Server,
  names: string[],
  count: number,
  patience_ms: number,
): Promise<Stats> {
  const deadline = performance.now() + patience_ms
  for (;;) {
    const stats = await receiverStats(receiver)
    const lacking = names.filter((name) => (stats[name]?.event_ids.length ?? 0) < count)
    if (lacking.length === 0) return stats
    if (performance.now() > deadline) {
      const state = lacking.map((name) => `${name} ${stats[name]?.event_ids.length ?? 0}`)
      throw new Error(`of ${count} deliveries arrived: ${state.join(', ')}`)
    }
    await wait(10)
  }
}
