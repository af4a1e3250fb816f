import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { BenchCase, Who } from '../lib/bench.ts'
import { call, listAccessCodes } from '../lib/client.ts'
import { runLoad } from '../lib/load.ts'
import { ratioGoal, record } from '../lib/report.ts'
import { fillTo, openWorld } from '../lib/worlds.ts'
import type { World } from '../lib/worlds.ts'

const listed = z.object({ events: z.array(z.object({ event_type: z.string() })) })
const since = '2000-01-01T00:00:00.000Z'

/** Both sides record `access_code.created` for every code, so codes are how events get there. */
export const eventsList: BenchCase = {
  name: 'events',
  about: 'events/list by filter: the emulator with 100,000 events, the fake with 10,000',
  run: (bench) =>
    withServers(bench, ['emulator', 'fake'], async (servers) => {
      const sizes: Record<string, number> = bench.quick
        ? { emulator: 10_000, fake: 2_000 }
        : { emulator: 100_000, fake: 10_000 }
      const loads: { who: Who; name: string; world: World; body: string; note: string }[] = []
      for (const [who, server] of servers) {
        const world = await openWorld(who, server, 'events', 50)
        const size = sizes[who === 'fake' ? 'fake' : 'emulator'] ?? 0
        bench.log(`  filling ${who} with ${size} events`)
        await fillTo(world, size)
        const filters = await filtersFor(world)
        const note = `${size.toLocaleString('en-US')} events`
        for (const [name, filter] of filters) {
          const { events } = await call(world.target, '/events/list', filter, listed)
          if (events.length === 0) throw new Error(`${who}: no events for ${name}`)
          loads.push({ who, name, world, body: JSON.stringify(filter), note })
        }
      }
      for (let round = 0; round < bench.rounds; round++) {
        for (const { who, name, world, body, note } of loads) {
          const { per_second } = await runLoad({
            target: world.target,
            path: '/events/list',
            body,
            connections: 10,
            seconds: bench.quick ? 1 : 2,
            warmup_seconds: round === 0 ? 1 : 0.2,
          })
          record(bench.report, { name, who, unit: '/s', note }, per_second)
        }
      }
      ratioGoal(bench.report, 'events/list by access code', 'fake', 'least', 50)
      ratioGoal(bench.report, 'events/list by device and type', 'fake', 'least', 50)
    }),
}

async function filtersFor(world: World): Promise<[string, object][]> {
  const codes = await listAccessCodes(world.target, world.devices)
  const middle = codes[Math.floor(codes.length / 2)]
  if (middle === undefined) throw new Error('the world holds no codes')
  return [
    ['events/list by access code', { since, access_code_id: middle.access_code_id }],
    [
      'events/list by device and type',
      { since, device_id: middle.device_id, event_type: 'access_code.created', limit: 20 },
    ],
  ]
}
