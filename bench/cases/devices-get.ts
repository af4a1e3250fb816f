import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase, Who } from '../lib/bench.ts'
import { call } from '../lib/client.ts'
import { runLoad } from '../lib/load.ts'
import type { Server } from '../lib/processes.ts'
import { ratioGoal, record } from '../lib/report.ts'

const deviceList = z.object({ devices: z.array(z.object({ device_id: z.string() })) })

/** Any device of the server's own fixture. */
export async function someDevice(server: Server): Promise<string> {
  const { devices } = await call(server, '/devices/list', {}, deviceList)
  const id = devices[0]?.device_id
  if (id === undefined) throw new Error(`${server.name} has no device after start`)
  return id
}

const competitors: Who[] = ['emulator', 'fake', 'hono bare', 'hono keyed']

export const devicesGet: BenchCase = {
  name: 'devices-get',
  about: 'devices/get by id, 10 connections',
  run: (bench) =>
    withServers(bench, competitors, async (servers) => {
      const bodies = new Map<Who, string>()
      for (const [who, server] of servers) bodies.set(who, await bodyFor(who, server))
      for (let round = 0; round < bench.rounds; round++) {
        for (const [who, server] of servers) {
          const result = await measure(bench, server, bodies.get(who) ?? '{}', round)
          record(bench.report, { name: 'devices/get', who, unit: '/s' }, result.per_second)
        }
      }
      ratioGoal(bench.report, 'devices/get', 'fake', 'least', 3)
      ratioGoal(bench.report, 'devices/get', 'hono keyed', 'least', 0.9)
    }),
}

async function bodyFor(who: Who, server: Server): Promise<string> {
  const real = who !== 'hono bare' && who !== 'hono keyed'
  const device_id = real ? await someDevice(server) : '00000000-0000-4000-8000-000000000001'
  return JSON.stringify({ device_id })
}

function measure(bench: Bench, server: Server, body: string, round: number) {
  return runLoad({
    target: server,
    path: '/devices/get',
    body,
    connections: 10,
    seconds: bench.quick ? 1 : 3,
    // The first round also warms the compiler of the server.
    warmup_seconds: round === 0 ? 2 : 0.3,
  })
}
