import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase } from '../lib/bench.ts'
import { call, listAllEvents, okShape } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { advance, clockNow, createWorkspace } from '../lib/control.ts'
import { footprint, freePort } from '../lib/processes.ts'
import type { Server } from '../lib/processes.ts'
import { receiverStats, registerWebhooks, startReceiver, untilReceived } from '../lib/receiver.ts'
import { goal, medianOf, record } from '../lib/report.ts'
import { createCodes, createStays, openWorld, worldIn } from '../lib/worlds.ts'

const who = 'emulator'
const created = ['access_code.created']

function paths(manner: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${manner}/${manner}-${index}`)
}

function namesOf(all: string[]): string[] {
  return all.map((path) => path.slice(path.indexOf('/') + 1))
}

/** One emulator and one receiver, both stopped afterwards. */
function withReceiver(
  bench: Bench,
  act: (server: Server, receiver: Server) => Promise<void>,
): Promise<void> {
  return withServers(bench, ['emulator'], async (servers) => {
    const server = servers.get('emulator')
    if (server === undefined) return
    const receiver = await startReceiver()
    try {
      await act(server, receiver)
    } finally {
      await receiver.stop()
    }
  })
}

export const webhooks: BenchCase = {
  name: 'webhooks',
  about: 'signed deliveries to a local receiver over 10 webhooks, in order per webhook',
  emulator_only: true,
  run: async (bench) => {
    const rounds = Math.min(bench.rounds, 3)
    for (let round = 0; round < rounds; round++) await withReceiver(bench, throughput(bench))
    const rate = medianOf(bench.report, 'webhook deliveries', who)
    goal(bench.report, 'webhooks: deliveries/s', rate, 'least', 1_500)
  },
}

function throughput(bench: Bench) {
  return async (server: Server, receiver: Server) => {
    const target = await createWorkspace(server)
    const world = await worldIn(target, 20)
    const before = (await listAllEvents(target)).length
    const ten = paths('ok', 10)
    await registerWebhooks(target, receiver, ten)
    const end = await createStays(world, bench.quick ? 100 : 1_000, await clockNow(target))
    const sofar = (await listAllEvents(target)).length
    await untilReceived(receiver, namesOf(ten), sofar - before, 60_000)
    await call(receiver, '/control/clear', {}, okShape)
    const { ms } = await advance(target, { to: new Date(end).toISOString() })
    const expected = (await listAllEvents(target)).slice(sofar).map((event) => event.event_id)
    const stats = await receiverStats(receiver)
    for (const name of namesOf(ten)) {
      const arrived = stats[name]
      // `advance` is a barrier: at this point everything has arrived, each once and in order.
      if (arrived?.event_ids.join() !== expected.join()) {
        const count = arrived?.event_ids.length ?? 0
        throw new Error(`${name}: ${count} of ${expected.length} arrived, or in another order`)
      }
      if (arrived.unverified > 0) throw new Error(`${name}: ${arrived.unverified} bad signatures`)
    }
    const deliveries = expected.length * ten.length
    const note = `${deliveries} deliveries in one advance`
    record(
      bench.report,
      { name: 'webhook deliveries', who, unit: '/s', note },
      deliveries / (ms / 1000),
    )
  }
}

export const neighbours: BenchCase = {
  name: 'webhook-neighbours',
  about: 'eight healthy webhooks, alone and beside a slow, a hanging and a dead one',
  emulator_only: true,
  run: async (bench) => {
    for (let round = 0; round < Math.min(bench.rounds, 3); round++) {
      for (const [name, bad] of [
        ['healthy webhooks alone', false],
        ['beside slow, hanging, dead', true],
      ] as const) {
        await withReceiver(bench, async (server, receiver) => {
          const ms = await healthyDone(bench, server, receiver, bad)
          record(bench.report, { name, who, unit: 'ms' }, ms)
        })
      }
    }
    const alone = medianOf(bench.report, 'healthy webhooks alone', who) ?? Number.NaN
    const beside = medianOf(bench.report, 'beside slow, hanging, dead', who) ?? Number.NaN
    goal(bench.report, 'webhooks: delay by bad neighbours, ms', beside - alone, 'most', 500)
  },
}

/** Milliseconds from the first create until the last healthy webhook has everything. */
async function healthyDone(bench: Bench, server: Server, receiver: Server, bad: boolean) {
  const world = await openWorld('emulator', server, 'neighbours', 20)
  const codes = bench.quick ? 100 : 500
  if (bad) {
    const dead = { ...receiver, url: `http://127.0.0.1:${await freePort()}` }
    for (const path of ['slow/slow', 'hang/hang']) {
      await registerWebhooks(world.target, receiver, [path], created)
    }
    const input = { url: `${dead.url}/dead`, event_types: created }
    await call(world.target, '/webhooks/create', input, okShape)
  }
  const healthy = paths('ok', 8)
  await registerWebhooks(world.target, receiver, healthy, created)
  const begun = Date.now()
  await createCodes(world, codes)
  const stats = await untilReceived(receiver, namesOf(healthy), codes, 60_000)
  return Math.max(...namesOf(healthy).map((name) => stats[name]?.last_at ?? 0)) - begun
}

export const queued: BenchCase = {
  name: 'webhook-queue',
  about: 'memory with 100,000 deliveries queued behind a receiver that does not answer',
  emulator_only: true,
  run: async (bench) => {
    const codes = bench.quick ? 1_000 : 10_000
    let without = Number.NaN
    await withReceiver(bench, async (server) => {
      without = await growthByCreating(server, codes, () => Promise.resolve())
    })
    await withReceiver(bench, async (server, receiver) => {
      const ten = paths('hold', 10)
      const growth = await growthByCreating(server, codes, (target) =>
        registerWebhooks(target, receiver, ten, created),
      )
      const note = `beyond the same ${codes} codes without webhooks`
      const row = { name: `${codes * 10} deliveries queued`, who, unit: 'MB', note } as const
      record(bench.report, row, growth - without)
      const begun = performance.now()
      await call(receiver, '/control/release', {}, okShape)
      const stats = await untilReceived(receiver, namesOf(ten), codes, 300_000)
      for (const name of namesOf(ten)) {
        const different = new Set(stats[name]?.event_ids).size
        if (different !== codes) throw new Error(`${name}: ${different} of ${codes} arrived`)
      }
      const perSecond = (codes * ten.length) / ((performance.now() - begun) / 1000)
      const drained = { name: 'queue drained', who, unit: '/s' } as const
      record(bench.report, { ...drained, note: 'after the receiver came back' }, perSecond)
    })
    // Rows in the database and nothing else: no messages, no sockets, no promises.
    const queue = medianOf(bench.report, `${codes * 10} deliveries queued`, who)
    goal(
      bench.report,
      'webhooks: kB per queued delivery',
      ((queue ?? Number.NaN) * 1024) / (codes * 10),
      'most',
      0.75,
    )
  },
}

/** By how many megabytes the emulator grows while codes are created in a prepared workspace. */
async function growthByCreating(
  server: Server,
  codes: number,
  prepare: (target: Target) => Promise<void>,
): Promise<number> {
  const world = await openWorld('emulator', server, 'queue', 50)
  await prepare(world.target)
  const before = footprint(server.pid).rss_mb
  await createCodes(world, codes)
  return footprint(server.pid).rss_mb - before
}
