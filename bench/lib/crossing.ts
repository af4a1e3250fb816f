import { z } from 'zod'
import { call, createLocks, listAccessCodes, listAllEvents, okShape } from './client.ts'
import type { Target } from './client.ts'
import { clockNow } from './control.ts'
import type { Server } from './processes.ts'
import { receiverStats, registerWebhooks, startReceiver, untilReceived } from './receiver.ts'

const workspaces = z.object({ workspaces: z.array(z.object({ api_key: z.string().nullable() })) })

const codesOf = (index: number): string[] =>
  Array.from({ length: index + 1 }, (_, n) => String(10_000 + index * 100 + n))

/**
 * Uses many keys through one proxy and says what crossed: an empty list when every key sees its own
 * clock, codes and webhooks and nobody else's, and each lives in exactly one of the processes.
 */
export async function whatCrosses(
  proxy: string,
  servers: readonly Pick<Server, 'url' | 'key'>[],
  keys: readonly string[],
): Promise<string[]> {
  const receiver = await startReceiver()
  try {
    const targets = keys.map((key) => ({ url: proxy, key }))
    const locks: string[] = []
    for (const [index, target] of targets.entries()) {
      locks.push(await furnish(target, index, receiver))
    }
    const found = await homes(servers, keys)
    for (const [index, target] of targets.entries()) {
      found.push(...(await complaints(target, index, locks[index] ?? '', receiver)))
    }
    return found
  } finally {
    await receiver.stop()
  }
}

/** A year, a webhook and a number of codes that only the key with this number has. */
async function furnish(target: Target, index: number, receiver: Server): Promise<string> {
  const at = new Date(Date.UTC(2030 + index, 0, 1)).toISOString()
  await call(target, '/_emulator/clock/freeze', { at }, okShape)
  await registerWebhooks(target, receiver, [`ok/cross-${index}`], ['access_code.created'])
  const [device_id = ''] = await createLocks(target, 1)
  for (const code of codesOf(index)) {
    await call(target, '/access_codes/create', { device_id, code }, okShape)
  }
  return device_id
}

async function complaints(
  target: Target,
  index: number,
  lock: string,
  receiver: Server,
): Promise<string[]> {
  const found: string[] = []
  const year = new Date(await clockNow(target)).getUTCFullYear()
  if (year !== 2030 + index) found.push(`the clock of ${target.key} shows ${year}`)
  const codes = (await listAccessCodes(target, [lock])).map(({ code }) => code ?? '')
  if (codes.toSorted().join() !== codesOf(index).join()) {
    found.push(`${target.key} has the codes ${codes.join()}`)
  }
  const events = await listAllEvents(target)
  const own = events.filter(({ event_type }) => event_type === 'access_code.created')
  const name = `cross-${index}`
  await untilReceived(receiver, [name], own.length, 20_000)
  const arrivals = (await receiverStats(receiver))[name]
  const arrived = arrivals?.event_ids ?? []
  if (arrived.join() !== own.map(({ event_id }) => event_id).join()) {
    found.push(`${name} got other events than ${target.key} has`)
  }
  if (arrivals?.unverified !== 0) found.push(`${name} got a signature of somebody else's secret`)
  return found
}

/** Keys that live nowhere or in several processes, and processes that do nothing. */
async function homes(
  servers: readonly Pick<Server, 'url' | 'key'>[],
  keys: readonly string[],
): Promise<string[]> {
  const found: string[] = []
  const count = new Map(keys.map((key) => [key, 0]))
  for (const server of servers) {
    const answer = await call(server, '/_emulator/workspaces/list', {}, workspaces)
    const here = answer.workspaces.flatMap(({ api_key }) =>
      api_key !== null && count.has(api_key) ? [api_key] : [],
    )
    for (const key of here) count.set(key, (count.get(key) ?? 0) + 1)
    if (here.length === 0) found.push(`${server.url} has none of the keys`)
  }
  for (const [key, times] of count) {
    if (times !== 1) found.push(`${key} lives in ${times} processes`)
  }
  return found
}
