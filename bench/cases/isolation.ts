import { withServers } from '../lib/bench.ts'
import type { BenchCase } from '../lib/bench.ts'
import { call, okShape } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { createWorkspace } from '../lib/control.ts'
import { runLoad } from '../lib/load.ts'
import { footprint } from '../lib/processes.ts'
import { goal, record } from '../lib/report.ts'
import { median, percentile } from '../lib/stats.ts'
import { someDevice } from './devices-get.ts'
import { createCodes, worldIn } from '../lib/worlds.ts'

const who = 'emulator'

export const isolation: BenchCase = {
  name: 'isolation',
  about: 'creating and resetting 1,000 workspaces in one process, and speed beside them',
  emulator_only: true,
  run: (bench) =>
    withServers(bench, ['emulator'], async (servers) => {
      const server = servers.get('emulator')
      if (server === undefined) return
      const { report } = bench
      const count = bench.quick ? 100 : 1_000
      const alone = await reads(server, await someDevice(server))
      record(report, { name: 'devices/get, one workspace', who, unit: '/s' }, alone)

      const before = footprint(server.pid).rss_mb
      const targets: Target[] = []
      const creating: number[] = []
      for (let i = 0; i < count; i++) {
        const begun = performance.now()
        targets.push(await createWorkspace(server, { name: `Workspace ${i}` }))
        creating.push(performance.now() - begun)
      }
      const memory = (footprint(server.pid).rss_mb - before) / count
      const note = `p99 ${percentile(creating, 0.99).toFixed(1)} ms`
      record(report, { name: 'create a workspace', who, unit: 'ms', note }, median(creating))
      record(report, { name: 'memory per workspace', who, unit: 'MB' }, memory)

      // Every tenth is in use: a reset has to remove a hundred codes and what they caused.
      for (const target of targets.filter((_, index) => index % 10 === 0)) {
        await createCodes(await worldIn(target, 2), 100)
      }
      const used: number[] = []
      const fresh: number[] = []
      for (const [index, target] of targets.entries()) {
        const begun = performance.now()
        await call(target, '/_emulator/workspaces/reset', {}, okShape)
        const times = index % 10 === 0 ? used : fresh
        times.push(performance.now() - begun)
      }
      record(report, { name: 'reset a fresh workspace', who, unit: 'ms' }, median(fresh))
      record(report, { name: 'reset one with 100 codes', who, unit: 'ms' }, median(used))

      const beside = await reads(server, await someDevice(server))
      record(report, { name: `devices/get beside ${count}`, who, unit: '/s' }, beside)
      goal(report, 'create a workspace, ms (median)', median(creating), 'most', 5)
      goal(report, 'reset with 100 codes, ms (median)', median(used), 'most', 10)
    }),
}

async function reads(target: Target, device_id: string): Promise<number> {
  const body = JSON.stringify({ device_id })
  const load = { target, path: '/devices/get', body, connections: 10, seconds: 2 }
  return (await runLoad({ ...load, warmup_seconds: 1 })).per_second
}
