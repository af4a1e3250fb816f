import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase } from '../lib/bench.ts'
import { inProcessOfItsOwn } from '../lib/forked.ts'
import { ratioGoal, record } from '../lib/report.ts'
import { someDevice } from './devices-get.ts'

const result = z.object({ per_second: z.number(), p50_ms: z.number(), p99_ms: z.number() })

/** What a test suite feels of one call: mostly its own client. */
export const sdk: BenchCase = {
  name: 'sdk',
  about:
    'devices/get by the official SDK in a process of its own, one call after another and ten at once',
  run: (bench) =>
    withServers(bench, ['emulator', 'fake'], async (servers) => {
      for (let round = 0; round < bench.rounds; round++) {
        for (const [who, { url, key, ...server }] of servers) {
          const device_id = await someDevice({ url, key, ...server })
          for (const at_once of [1, 10]) {
            const calls = callsOf(bench)
            const task = { url, key, device_id, at_once, calls }
            const measured = await inProcessOfItsOwn('sdk-worker.ts', task, result)
            const name = `SDK devices.get, ${at_once === 1 ? 'one after another' : 'ten at once'}`
            record(bench.report, { name, who, unit: '/s' }, measured.per_second)
            record(bench.report, { name: `${name}, p50`, who, unit: 'ms' }, measured.p50_ms)
            record(bench.report, { name: `${name}, p99`, who, unit: 'ms' }, measured.p99_ms)
          }
        }
      }
      ratioGoal(bench.report, 'SDK devices.get, one after another, p50', 'fake', 'most', 1)
    }),
}

function callsOf(bench: Bench): number {
  return bench.quick ? 500 : 3_000
}
