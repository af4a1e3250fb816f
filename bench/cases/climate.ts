import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase, Who } from '../lib/bench.ts'
import { anything, call } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { advance } from '../lib/control.ts'
import { runLoad } from '../lib/load.ts'
import type { Server } from '../lib/processes.ts'
import { goal, medianOf, ratioGoal, record } from '../lib/report.ts'
import { openWorld } from '../lib/worlds.ts'

const made = z.object({ workspace: z.looseObject({ api_key: z.string() }) })

/** A frozen workspace with so many devices of each kind. */
async function climateOf(
  server: Server,
  counts: { thermostats: number; minut: number; noiseaware: number },
): Promise<Target> {
  const some = (count: number, model: string) =>
    Array.from({ length: count }, (_, nth) => ({ model, name: `${model} ${nth}` }))
  const fixture = {
    name: 'climate',
    thermostats: some(counts.thermostats, 'ecobee'),
    noise_sensors: [...some(counts.minut, 'minut'), ...some(counts.noiseaware, 'noiseaware')],
  }
  const input = { fixture, clock: { mode: 'frozen' } }
  const { workspace } = await call(server, '/_emulator/workspaces/create', input, made)
  return { url: server.url, key: workspace.api_key }
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

export const climateList: BenchCase = {
  name: 'climate-list',
  about: 'thermostats/list, a row at a time against locks/list, which answers as much',
  emulator_only: true,
  run: (bench) =>
    withServers(bench, ['emulator'], async (servers) => {
      const server = servers.get('emulator')
      if (server === undefined) return
      const count = bench.quick ? 500 : 5_000
      const climate = await climateOf(server, { thermostats: count, minut: 0, noiseaware: 0 })
      const locks = await openWorld('emulator', server, 'climate_locks', count)
      const rows = { name: 'thermostats/list, rows', who: 'emulator', unit: '/s' } as const
      const others = { ...rows, name: 'locks/list, rows' }
      for (let round = 0; round < bench.rounds; round++) {
        const lists = await load(bench, climate, '/thermostats/list', { limit: count })
        record(bench.report, rows, lists * count)
        const listed = await load(bench, locks.target, '/locks/list', { limit: count })
        record(bench.report, others, listed * count)
      }
      const ratio =
        (medianOf(bench.report, rows.name, 'emulator') ?? Number.NaN) /
        (medianOf(bench.report, others.name, 'emulator') ?? Number.NaN)
      // A thermostat shows twice as much as a lock.
      goal(bench.report, 'thermostats/list: rows against locks/list', ratio, 'least', 0.4)
    }),
}

const load = async (bench: Bench, target: Target, path: string, body: object): Promise<number> => {
  const seconds = bench.quick ? 1 : 3
  const options = { target, path, body: JSON.stringify(body), connections: 4 }
  return (await runLoad({ ...options, seconds, warmup_seconds: 0.5 })).per_second
}

const both: Who[] = ['emulator', 'fake']

/** One thermostat and one sensor: the seed of the fake has them. */
async function firstOf(who: Who, server: Server): Promise<{ target: Target; thermostat: string }> {
  if (who === 'fake') return { target: server, thermostat: 'ecobee_device_1' }
  const target = await climateOf(server, { thermostats: 1, minut: 1, noiseaware: 0 })
  const list = z.object({ thermostats: z.array(z.object({ device_id: z.string() })) })
  const { thermostats } = await call(target, '/thermostats/list', {}, list)
  return { target, thermostat: thermostats[0]?.device_id ?? '' }
}

export const climateFake: BenchCase = {
  name: 'climate-fake',
  about: 'routes of thermostats that the fake has, against the fake',
  run: (bench) =>
    withServers(bench, both, async (servers) => {
      for (const [who, server] of servers) {
        const { target, thermostat } = await firstOf(who, server)
        const heat = { device_id: thermostat, heating_set_point_celsius: 20 }
        await call(target, '/thermostats/heat', heat, anything)
        for (let round = 0; round < bench.rounds; round++) {
          for (const [path, body] of [
            ['/thermostats/list', {}],
            ['/thermostats/heat', heat],
          ] as const) {
            const name = path.slice(1)
            const per_second = await load(bench, target, path, body)
            record(bench.report, { name, who, unit: '/s' }, per_second)
          }
        }
      }
      for (const name of ['thermostats/list', 'thermostats/heat']) {
        ratioGoal(bench.report, name, 'fake', 'least', 3)
      }
    }),
}
