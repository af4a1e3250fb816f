import { setTimeout as wait } from 'node:timers/promises'
import type { BenchCase, Who } from '../lib/bench.ts'
import { footprint } from '../lib/processes.ts'
import { ratioGoal, record } from '../lib/report.ts'

const competitors: Who[] = ['emulator', 'fake', 'hono bare']

export const start: BenchCase = {
  name: 'start',
  about: 'spawn to the first 200, and resident memory one second later',
  run: async (bench) => {
    const rounds = Math.max(bench.rounds, bench.quick ? 2 : 7)
    // Round 0 fills the file cache and is thrown away.
    for (let round = 0; round <= rounds; round++) {
      for (const who of bench.available(competitors)) {
        const server = await bench.start(who)
        await wait(1_000)
        const { rss_mb } = footprint(server.pid)
        await server.stop()
        if (round === 0) continue
        record(bench.report, { name: 'start to ready', who, unit: 'ms' }, server.ready_ms)
        record(bench.report, { name: 'memory after start', who, unit: 'MB' }, rss_mb)
      }
    }
    ratioGoal(bench.report, 'start to ready', 'fake', 'most', 0.75)
    ratioGoal(bench.report, 'memory after start', 'fake', 'most', 0.9)
  },
}
