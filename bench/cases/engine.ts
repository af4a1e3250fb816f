import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase, Who } from '../lib/bench.ts'
import { createLocks, listAccessCodes } from '../lib/client.ts'
import { advance, clockNow, createWorkspace } from '../lib/control.ts'
import { footprint } from '../lib/processes.ts'
import type { Server } from '../lib/processes.ts'
import { goal, medianOf, record } from '../lib/report.ts'
import { createStays, worldIn } from '../lib/worlds.ts'

// Scheduled on the lock, set, removed, deleted: what every code goes through after `create`. Used
// only where the emulator does not say how many jobs it ran.
const stepsPerLife = 4

export const engine: BenchCase = {
  name: 'engine',
  about: '10,000 / 100,000 / 300,000 time-bound codes through their whole life in one advance',
  emulator_only: true,
  run: async (bench) => {
    const sizes = bench.quick ? [1_000, 5_000] : [10_000, 100_000, 300_000]
    for (const size of sizes) {
      // The large ones take minutes to fill: they are run once.
      const rounds = size > 10_000 ? 1 : Math.min(bench.rounds, 3)
      for (let round = 0; round < rounds; round++) await wholeLives(bench, size)
    }
    const perJob = (size: number) => medianOf(bench.report, `lives of ${size} codes`, 'emulator')
    const [small = 0] = sizes
    const middle = sizes[1] ?? 0
    const large = sizes.at(-1) ?? 0
    const linear = (perJob(large) ?? Number.NaN) / (perJob(small) ?? Number.NaN)
    goal(bench.report, `engine: jobs/s at ${middle} codes`, perJob(middle), 'least', 15_000)
    goal(bench.report, `engine: speed at ${large} / at ${small} codes`, linear, 'least', 0.8)
  },
}

function wholeLives(bench: Bench, codes: number): Promise<void> {
  return withServers(bench, ['emulator'], async (servers) => {
    for (const [who, server] of servers) await wholeLivesAt(bench, codes, who, server)
  })
}

async function wholeLivesAt(bench: Bench, codes: number, who: Who, server: Server): Promise<void> {
  const target = await createWorkspace(server)
  const locks = bench.quick ? 100 : 1_000
  const world = await worldIn(target, locks)
  const empty = footprint(server.pid)
  bench.log(`  creating ${codes} codes on ${locks} locks`)
  const end = await createStays(world, codes, await clockNow(target))
  const before = footprint(server.pid)
  const { ms, jobs } = await advance(target, { to: new Date(end).toISOString() })
  const after = footprint(server.pid)
  const left = await listAccessCodes(target, world.devices.slice(0, 5))
  if (left.length > 0) throw new Error(`${left.length} codes survived their end on five locks`)
  const counted = jobs ?? codes * stepsPerLife
  const note = jobs === undefined ? `${stepsPerLife} steps per code assumed` : `${counted} jobs`
  const perSecond = counted / (ms / 1000)
  record(bench.report, { name: `lives of ${codes} codes`, who, unit: '/s', note }, perSecond)
  record(bench.report, { name: `one advance over ${codes} codes`, who, unit: 'ms' }, ms)
  const peak = `peak memory, ${codes} codes`
  const grown = `${Math.round(before.rss_mb)} MB before the advance`
  record(bench.report, { name: peak, who, unit: 'MB', note: grown }, after.peak_rss_mb)
  const kb = ((after.peak_rss_mb - empty.rss_mb) * 1024) / codes
  record(bench.report, { name: `kB per life, ${codes} codes`, who, unit: 'count' }, kb)
}

export const idle: BenchCase = {
  name: 'idle',
  about: 'ten idle years over 1,000 locks in one advance',
  emulator_only: true,
  run: async (bench) => {
    for (let round = 0; round < Math.min(bench.rounds, 3); round++) await idleYears(bench)
    const second = medianOf(bench.report, 'ten more years', 'emulator')
    goal(bench.report, 'ten idle years without battery jobs, ms', second, 'most', 100)
  },
}

/** The second decade has no battery jobs left: the batteries went flat in the first. */
function idleYears(bench: Bench): Promise<void> {
  return withServers(bench, ['emulator'], async (servers) => {
    const server = servers.get('emulator')
    if (server === undefined) return
    const target = await createWorkspace(server)
    await createLocks(target, bench.quick ? 100 : 1_000)
    const first = await advance(target, { by: '3650d' })
    const note = `${first.jobs ?? first.transcript.length} battery jobs`
    const row = { who: 'emulator', unit: 'ms' } as const
    record(bench.report, { ...row, name: 'ten idle years', note }, first.ms)
    const second = await advance(target, { by: '3650d' })
    record(bench.report, { ...row, name: 'ten more years' }, second.ms)
  })
}
