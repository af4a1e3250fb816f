import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { BenchCase } from '../lib/bench.ts'
import { inProcessOfItsOwn } from '../lib/forked.ts'
import { goal, medianOf, record } from '../lib/report.ts'

const result = z.object({ ms_per_stay: z.number() })
const name = 'guest stay over HTTP, eight at once'

/** What a test suite feels of a whole test, its own client included. */
export const stays: BenchCase = {
  name: 'stays',
  about:
    'guest stays over HTTP: fresh key, webhook, code in three weeks, leap, signed events, door',
  emulator_only: true,
  run: (bench) =>
    withServers(bench, ['emulator'], async (servers) => {
      for (let round = 0; round < bench.rounds; round++) {
        for (const [who, { url }] of servers) {
          for (const at_once of [1, 8]) {
            const count = bench.quick ? 60 : 400
            const task = { url, label: `stays_${round}_${at_once}`, at_once, stays: count }
            const { ms_per_stay } = await inProcessOfItsOwn('stays-worker.ts', task, result)
            const row = at_once === 8 ? name : 'guest stay over HTTP, one after another'
            record(bench.report, { name: row, who, unit: 'ms' }, ms_per_stay)
          }
        }
      }
      goal(bench.report, 'guest stay, ms each', medianOf(bench.report, name, 'emulator'), 'most', 5)
    }),
}
