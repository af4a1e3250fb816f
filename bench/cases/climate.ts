import { withServers } from '../lib/bench.ts'
import type { BenchCase } from '../lib/bench.ts'
import type { Target } from '../lib/client.ts'
import { advance } from '../lib/control.ts'
import type { Server } from '../lib/processes.ts'
import { goal, medianOf, record } from '../lib/report.ts'
import { workspaceOf } from '../lib/worlds.ts'

/** A frozen workspace with so many devices of each kind. */
function climateOf(
  server: Server,
  counts: { thermostats: number; minut: number; noiseaware: number },
): Promise<Target> {
  const some = (count: number, model: string) =>
    Array.from({ length: count }, (_, nth) => ({ model, name: `${model} ${nth}` }))
  return workspaceOf(server, {
    thermostats: some(counts.thermostats, 'ecobee'),
    noise_sensors: [...some(counts.minut, 'minut'), ...some(counts.noiseaware, 'noiseaware')],
  })
}

export const climateYear: BenchCase = {
  name: 'climate-year',
  about: 'a year over 1,000 steady thermostats and noise sensors in one advance',
  emulator_only: true,
  run: (bench) =>
    withServers(bench, ['emulator'], async (servers) => {
      const server = servers.get('emulator')
      if (server === undefined) return
      const name = 'a year over 1,000 thermostats and sensors'
      // The first one warms the compiler of the server.
      for (let round = -1; round < bench.rounds; round++) {
        const target = await climateOf(server, { thermostats: 600, minut: 100, noiseaware: 300 })
        const { ms } = await advance(target, { by: '365d' })
        if (round >= 0) record(bench.report, { name, who: 'emulator', unit: 'ms' }, ms)
      }
      goal(bench.report, name, medianOf(bench.report, name, 'emulator'), 'most', 100)
    }),
}
