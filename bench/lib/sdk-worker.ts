// The official SDK as its users have it: a client in a process of its own.
import { SeamHttp } from '@seamapi/http/connect'
import { z } from 'zod'
import { answerTask } from './forked.ts'
import { percentile } from './stats.ts'

const task = z.object({
  url: z.string(),
  key: z.string(),
  device_id: z.string(),
  /** Calls under way at any time. */
  at_once: z.number(),
  calls: z.number(),
})

answerTask(task, async ({ url, key, device_id, at_once, calls }) => {
  const seam = SeamHttp.fromApiKey(key, { endpoint: url })
  const latencies: number[] = []
  let left = 0
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left--
      const begun = performance.now()
      const device = await seam.devices.get({ device_id })
      if (device.device_id !== device_id) throw new Error('another device was answered')
      latencies.push(performance.now() - begun)
    }
  }
  const round = async (count: number): Promise<number> => {
    left = count
    latencies.length = 0
    const begun = performance.now()
    await Promise.all(Array.from({ length: at_once }, worker))
    return count / ((performance.now() - begun) / 1000)
  }
  // Client and server are compiled before it counts.
  await round(Math.ceil(calls / 2))
  const per_second = await round(calls)
  return {
    per_second,
    p50_ms: percentile(latencies, 0.5),
    p99_ms: percentile(latencies, 0.99),
  }
})
