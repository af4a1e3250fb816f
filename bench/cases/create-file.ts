import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchCase } from '../lib/bench.ts'
import { goal, medianOf, record } from '../lib/report.ts'
import { createCodes, openWorld } from '../lib/worlds.ts'
import type { World } from '../lib/worlds.ts'

const CONNECTIONS = 8
const ways = ['in memory', 'in a file', 'in a file, durable'] as const

export const createFile: BenchCase = {
  name: 'create-file',
  about: 'access_codes/create over 8 connections with --db, against the same in memory',
  emulator_only: true,
  run: async (bench) => {
    const folder = mkdtempSync(join(tmpdir(), 'seam-bench-'))
    const envs: Record<string, string>[] = [
      {},
      { SEAM_EMULATOR_DB: join(folder, 'plain.db') },
      { SEAM_EMULATOR_DB: join(folder, 'durable.db'), SEAM_EMULATOR_DURABLE: '1' },
    ]
    const servers = []
    const worlds: World[] = []
    const create = (world: World) =>
      createCodes(world, bench.quick ? 1_000 : 4_000, 'far future', CONNECTIONS)
    try {
      for (const env of envs) {
        const server = await bench.start('emulator', env)
        servers.push(server)
        const world = await openWorld('emulator', server, 'file', 50)
        worlds.push(world)
        await create(world)
      }
      for (let round = 0; round < bench.rounds; round++) {
        for (const [index, world] of worlds.entries()) {
          const name = `create over ${CONNECTIONS} connections, ${ways[index]}`
          const { per_second } = await create(world)
          record(bench.report, { name, who: 'emulator', unit: '/s' }, per_second)
        }
      }
    } finally {
      for (const server of servers) await server.stop()
      rmSync(folder, { recursive: true })
    }
    const of = (way: (typeof ways)[number]) =>
      medianOf(bench.report, `create over ${CONNECTIONS} connections, ${way}`, 'emulator') ??
      Number.NaN
    goal(
      bench.report,
      'create: in a file / in memory',
      of('in a file') / of('in memory'),
      'least',
      0.6,
    )
  },
}
