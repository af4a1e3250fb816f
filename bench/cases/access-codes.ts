import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase, Who } from '../lib/bench.ts'
import { call } from '../lib/client.ts'
import { runLoad } from '../lib/load.ts'
import type { Server } from '../lib/processes.ts'
import { goal, medianOf, ratioGoal, record } from '../lib/report.ts'
import { createCodes, fillTo, openWorld } from '../lib/worlds.ts'
import type { World } from '../lib/worlds.ts'

const both: Who[] = ['emulator', 'fake']

/** A server at work knows more than one workspace, and has written down what it has done. */
async function warmInOthers(server: Server, bench: Bench) {
  for (let i = 0; i < 4; i++) {
    const world = await openWorld('emulator', server, `warm_${i}`, 10)
    await createCodes(world, bench.quick ? 500 : 2_500)
  }
  await wait(REST)
}

/** Longer than the emulator takes to bring what was put off into its database, ms. */
const REST = 2_000

export const createEmpty: BenchCase = {
  name: 'create-empty',
  about: 'access_codes/create on an empty world: its first 1,000 codes',
  run: async (bench) => {
    // The fake has no reset that keeps its seed, so every round starts both afresh, and warms the
    // emulator in other workspaces. The fake is warmed by reads, which leave its store empty.
    for (let round = 0; round < bench.rounds; round++) {
      await withServers(bench, both, async (servers) => {
        for (const [who, server] of servers) {
          if (who === 'fake') await warmByReads(server)
          else await warmInOthers(server, bench)
          const world = await openWorld(who, server, `empty_${round}`, 10)
          const { per_second } = await createCodes(world, 1_000)
          record(bench.report, { name: 'create, empty world', who, unit: '/s' }, per_second)
        }
      })
    }
    ratioGoal(bench.report, 'create, empty world', 'fake', 'least', 4)
  },
}

async function warmByReads(server: Server) {
  const body = JSON.stringify({ device_id: 'august_device_1' })
  const load = { target: server, path: '/devices/get', body, connections: 10, requests: 3_000 }
  await runLoad(load)
}

export const createFull: BenchCase = {
  name: 'create-full',
  about: 'access_codes/create with 20,000 codes present, against the fake',
  run: (bench) =>
    withServers(bench, both, async (servers) => {
      const present = bench.quick ? 4_000 : 20_000
      const name = `create, ${present.toLocaleString('en-US')} codes present`
      const worlds = await openAll(bench, servers, present, 'full')
      for (let round = 0; round < bench.rounds; round++) {
        for (const [who, world] of worlds) {
          // A fixed number, so that the worlds stay near the promised size.
          const { per_second } = await createCodes(world, who === 'fake' ? 500 : 2_000)
          record(bench.report, { name, who, unit: '/s' }, per_second)
        }
      }
      ratioGoal(bench.report, name, 'fake', 'least', 15)
    }),
}

async function openAll(
  bench: Bench,
  servers: Map<Who, Server>,
  present: number,
  label: string,
  locks = 50,
) {
  const worlds = new Map<Who, World>()
  for (const [who, server] of servers) {
    const world = await openWorld(who, server, label, locks)
    bench.log(`  filling ${who} with ${present} codes`)
    await fillTo(world, present)
    worlds.set(who, world)
  }
  return worlds
}

export const createFlat: BenchCase = {
  name: 'create-flat',
  about: 'access_codes/create at 100,000 codes against its own speed at 1,000',
  emulator_only: true,
  run: (bench) =>
    withServers(bench, ['emulator'], async (servers) => {
      const server = servers.get('emulator')
      if (server === undefined) return
      const many = bench.quick ? 10_000 : 100_000
      const few = 1_000
      const large = await openWorld('emulator', server, 'large', 50)
      await fillTo(large, many)
      const step = 1_000
      for (let round = 0; round < bench.rounds; round++) {
        // A new small world each round, or it would not stay small. Interleaved in one process.
        const small = await openWorld('emulator', server, `small_${round}`, 50)
        await fillTo(small, few)
        const slow = await createCodes(large, step)
        const fast = await createCodes(small, step)
        const row = { who: 'emulator', unit: '/s' } as const
        record(bench.report, { ...row, name: `create at ${few} codes` }, fast.per_second)
        record(bench.report, { ...row, name: `create at ${many} codes` }, slow.per_second)
      }
      const atMany = medianOf(bench.report, `create at ${many} codes`, 'emulator') ?? Number.NaN
      const atFew = medianOf(bench.report, `create at ${few} codes`, 'emulator') ?? Number.NaN
      goal(bench.report, `create: at ${many} / at ${few} codes`, atMany / atFew, 'least', 0.85)
    }),
}

export const createOngoing: BenchCase = {
  name: 'create-ongoing',
  about: 'access_codes/create of ongoing codes, programming of the locks going on meanwhile',
  run: async (bench) => {
    for (let round = 0; round < bench.rounds; round++) {
      await withServers(bench, both, async (servers) => {
        for (const [who, server] of servers) {
          const world = await openWorld(who, server, `ongoing_${round}`, 50)
          const { per_second } = await createCodes(world, 1_000, 'ongoing')
          record(bench.report, { name: 'create, ongoing codes', who, unit: '/s' }, per_second)
        }
      })
    }
  },
}

const listed = z.object({ access_codes: z.array(z.unknown()) })

export const listCodes: BenchCase = {
  name: 'list',
  about: 'access_codes/list of one device with 1,000 codes',
  run: (bench) =>
    withServers(bench, both, async (servers) => {
      const count = 1_000
      const worlds = await openAll(bench, servers, count, 'list', 1)
      const filterOf = (world: World) => ({ device_id: world.devices[0] })
      for (const [who, world] of worlds) {
        const filter = filterOf(world)
        const { access_codes } = await call(world.target, '/access_codes/list', filter, listed)
        if (access_codes.length !== count) {
          throw new Error(`${who} lists ${access_codes.length} of ${count} codes`)
        }
      }
      for (let round = 0; round < bench.rounds; round++) {
        for (const [who, world] of worlds) {
          const { per_second } = await runLoad({
            target: world.target,
            path: '/access_codes/list',
            body: JSON.stringify(filterOf(world)),
            connections: 10,
            seconds: bench.quick ? 1 : 3,
            warmup_seconds: round === 0 ? 1 : 0.2,
          })
          record(bench.report, { name: 'list of 1,000 codes', who, unit: '/s' }, per_second)
        }
      }
      ratioGoal(bench.report, 'list of 1,000 codes', 'fake', 'least', 2.5)
    }),
}
