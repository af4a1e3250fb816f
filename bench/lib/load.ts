import { fork } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { repository } from './processes.ts'
import type { Target } from './client.ts'

/**
 * A load to put on a server. It stops after `requests` answers or after `seconds`.
 * Every request renders `body`: `{n}` counts up from `first`, `{pin}` is an eight-digit PIN that is
 * unique per n, `{pick}` goes round `picks`, `{starts_at}` and `{ends_at}` follow `windows`.
 */
export type Load = {
  target: Target
  path: string
  body: string
  connections: number
  requests?: number
  seconds?: number
  warmup_seconds?: number
  first?: number
  picks?: string[]
  /** Rotates over these keys instead of the target's own. */
  keys?: string[]
  /** The n-th window of each pick: `from` + (n div picks) × `every`, `length` long; milliseconds. */
  windows?: { from: number; every: number; length: number }
}

const loadResult = z.object({
  requests: z.number(),
  failures: z.number(),
  first_failure: z.string().optional(),
  seconds: z.number(),
  /** Processor time that the client itself took, warm-up included. */
  cpu_seconds: z.number(),
  per_second: z.number(),
  p50_ms: z.number(),
  p99_ms: z.number(),
})
export type LoadResult = z.infer<typeof loadResult>

const workerReply = z.union([loadResult, z.object({ crashed: z.string() })])

/**
 * Runs a load in a process of its own, so that neither the bench nor the server pays for the client.
 * Rejects when any answer is not 200: a fast wrong answer is no result.
 */
export async function runLoad(load: Load): Promise<LoadResult> {
  const result = await new Promise<LoadResult>((resolve, reject) => {
    const worker = fork(join(repository, 'bench/lib/load-worker.ts'))
    worker.once('message', (message) => {
      const reply = workerReply.parse(message)
      worker.disconnect()
      if ('crashed' in reply) reject(new Error(reply.crashed))
      else resolve(reply)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`load worker ended with ${code}`)))
    worker.send(load)
  })
  if (result.failures > 0) {
    const share = `${result.failures} of ${result.requests}`
    throw new Error(`${share} requests to ${load.path} failed, first: ${result.first_failure}`)
  }
  return result
}
