import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Bench, BenchCase } from '../lib/bench.ts'
import { createLocks } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { whatCrosses } from '../lib/crossing.ts'
import { runLoad } from '../lib/load.ts'
import type { Load, LoadResult } from '../lib/load.ts'
import { nginxVersion, startNginx } from '../lib/nginx.ts'
import { cpuSeconds, repository } from '../lib/processes.ts'
import type { Server } from '../lib/processes.ts'
import { goal, medianOf, record } from '../lib/report.ts'

const who = 'emulator'
const sizes = [1, 2, 4]
const loads = ['reset of a workspace', 'list of ten codes', 'create'] as const

export const scaleOut: BenchCase = {
  name: 'scale-out',
  about: '1, 2 and 4 processes behind nginx hashing the API key, with the shipped configuration',
  emulator_only: true,
  run: async (bench) => {
    const version = nginxVersion()
    if (version === undefined) {
      bench.report.remarks.push(
        'scale-out not measured: no nginx here (apt-get install nginx-light)',
      )
      return
    }
    for (let round = 0; round < bench.rounds; round++) {
      for (const size of sizes) {
        await withCluster(bench, size, (cluster) =>
          measure(bench, cluster, round === bench.rounds - 1),
        )
      }
    }
    await withCluster(bench, 4, async ({ url, servers }) => {
      const keys = Array.from({ length: 24 }, (_, index) => `seam_test_cross_${index}`)
      const crossed = await whatCrosses(url, servers, keys)
      if (crossed.length > 0) throw new Error(crossed.join('; '))
    })
    for (const what of loads) {
      const one = medianOf(bench.report, `${what}, 1 process`, who) ?? Number.NaN
      for (const [size, wanted] of [
        [2, 1.8],
        [4, 3],
      ] as const) {
        const many = medianOf(bench.report, `${what}, ${size} processes`, who) ?? Number.NaN
        goal(bench.report, `${what}: ${size} processes / 1`, many / one, 'least', wanted)
      }
    }
  },
}

/** What the shipped compose file sets for the processes themselves. */
function shippedEnv(): Record<string, string> {
  const compose = readFileSync(join(repository, 'examples/scale-out/compose.yaml'), 'utf8')
  const [, options] = /NODE_OPTIONS: (\S+)/.exec(compose) ?? []
  if (options === undefined) throw new Error('the compose file sets no NODE_OPTIONS')
  return { NODE_OPTIONS: options }
}

interface Cluster {
  url: string
  servers: Server[]
  proxy_pid: number
}

async function withCluster(bench: Bench, size: number, act: (cluster: Cluster) => Promise<void>) {
  const servers: Server[] = []
  const env = shippedEnv()
  try {
    for (let i = 0; i < size; i++) servers.push(await bench.start('emulator', env))
    const proxy = await startNginx(servers.map(({ url }) => url))
    try {
      await act({ url: proxy.url, servers, proxy_pid: proxy.pid })
    } finally {
      await proxy.stop()
    }
  } finally {
    for (const server of servers) await server.stop()
  }
}

/**
 * Three loads, of much work per request, of hardly any, and in between. The proxy and the clients share the
 * machine with the emulators: with `explain`, a remark says who took how much of it.
 */
async function measure(bench: Bench, cluster: Cluster, explain: boolean): Promise<void> {
  const { url } = cluster
  // Enough keys that the hash spreads them evenly, each with a lock of its own.
  const keys = Array.from({ length: 256 }, (_, index) => `seam_test_scale_${index}`)
  const target: Target = { url, key: keys[0] ?? '' }
  const size = cluster.servers.length
  const run = async (what: (typeof loads)[number], load: Partial<Load>) => {
    const put = (extent: Partial<Load>, of: number) =>
      // Two client processes, so that four servers are not waiting for one client.
      Promise.all(
        [0, 1].map((half) =>
          runLoad({
            target,
            keys,
            connections: 64,
            path: '',
            body: '{}',
            ...load,
            ...extent,
            first: (1 + of + half) * LANE,
          }),
        ),
      )
    // As many calls for each process, or one alone would be the only one that is warm.
    await put({ requests: ((bench.quick ? 200 : 3_000) * size) / 2 }, 0)
    const before = cpuOf(cluster)
    const results = await put({ seconds: bench.quick ? 1 : 3 }, 2)
    const name = `${what}, ${size} process${size === 1 ? '' : 'es'}`
    const speed = results.reduce((sum, { per_second }) => sum + per_second, 0)
    record(bench.report, { name, who, unit: '/s', note: 'behind nginx' }, speed)
    if (explain) bench.report.remarks.push(`${name}: ${shares(before, cpuOf(cluster), results)}`)
  }

  // A workspace is made when its key is first seen, which is not what is measured.
  const path = '/_emulator/workspaces/reset'
  await runLoad({ target, keys, connections: 8, path, body: '{}', requests: keys.length })
  await run('reset of a workspace', { path })
  const picks = await Promise.all(keys.map((key) => oneLock({ url, key })))
  // keys and picks turn in step: request n meets key n and a lock of that key.
  const create = { path: '/access_codes/create', body: createBody, picks }
  await runLoad({ target, keys, connections: 8, ...create, requests: 10 * keys.length })
  await run('list of ten codes', {
    path: '/access_codes/list',
    body: '{"device_id":"{pick}"}',
    picks,
  })
  await run('create', create)
}

/** Keeps the running numbers of clients apart; a multiple of the number of keys. */
const LANE = 256 * 40_000

const createBody = JSON.stringify({
  device_id: '{pick}',
  name: 'Guest {n}',
  code: '{pin}',
  starts_at: '2090-01-01T15:00:00.000Z',
  ends_at: '2090-01-03T11:00:00.000Z',
})

async function oneLock(target: Target): Promise<string> {
  const [id] = await createLocks(target, 1)
  if (id === undefined) throw new Error('no lock was made')
  return id
}

interface CpuTimes {
  at: number
  emulators: number
  nginx: number
}

function cpuOf({ servers, proxy_pid }: Cluster): CpuTimes {
  return {
    at: performance.now(),
    emulators: servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0),
    nginx: cpuSeconds(proxy_pid),
  }
}

/** Whom the processors worked for, on average over the load. */
function shares(before: CpuTimes, after: CpuTimes, results: LoadResult[]): string {
  const seconds = (after.at - before.at) / 1000
  const clients = results.reduce((sum, { cpu_seconds }) => sum + cpu_seconds, 0)
  const part = (spent: number) => (spent / seconds).toFixed(1)
  const emulators = part(after.emulators - before.emulators)
  const nginx = part(after.nginx - before.nginx)
  return `of ${availableParallelism()} cores the emulators took ${emulators}, nginx ${nginx}, the clients ${part(clients)}`
}
