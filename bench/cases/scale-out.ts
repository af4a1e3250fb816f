import type { Bench, BenchCase } from '../lib/bench.ts'
import { createLocks } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { whatCrosses } from '../lib/crossing.ts'
import { runLoad } from '../lib/load.ts'
import type { LoadResult } from '../lib/load.ts'
import { nginxVersion, startNginx } from '../lib/nginx.ts'
import type { Server } from '../lib/processes.ts'
import { goal, medianOf, record } from '../lib/report.ts'

const who = 'emulator'
const sizes = [1, 2, 4]

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
      for (const size of sizes) await withCluster(bench, size, (url) => measure(bench, url, size))
    }
    await withCluster(bench, 4, async (url, servers) => {
      const keys = Array.from({ length: 24 }, (_, index) => `seam_test_cross_${index}`)
      const crossed = await whatCrosses(url, servers, keys)
      if (crossed.length > 0) throw new Error(crossed.join('; '))
    })
    for (const what of ['list of a lock', 'create']) {
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

async function withCluster(
  bench: Bench,
  size: number,
  act: (url: string, servers: Server[]) => Promise<void>,
) {
  const servers: Server[] = []
  try {
    for (let i = 0; i < size; i++) servers.push(await bench.start('emulator'))
    const proxy = await startNginx(servers.map(({ url }) => url))
    try {
      await act(proxy.url, servers)
    } finally {
      await proxy.stop()
    }
  } finally {
    for (const server of servers) await server.stop()
  }
}

async function measure(bench: Bench, url: string, size: number): Promise<void> {
  // Enough keys that the hash spreads them evenly, each with a lock of its own.
  const keys = Array.from({ length: 64 }, (_, index) => `seam_test_scale_${index}`)
  const target: Target = { url, key: keys[0] ?? '' }
  const locks = await Promise.all(keys.map((key) => oneLock({ url, key })))
  const each = bench.quick ? 20 : 100
  await onTwoClients((half) => ({
    target,
    path: '/access_codes/create',
    body: createBody,
    // keys and picks turn in step: request n meets key n and a lock of that key.
    keys,
    picks: locks,
    connections: 16,
    requests: (keys.length * each) / 2,
    first: half * ((keys.length * each) / 2),
  })).then((speed) => record(bench.report, row('create', size), speed))
  const listing = await onTwoClients(() => ({
    target,
    path: '/access_codes/list',
    body: '{"device_id":"{pick}"}',
    keys,
    picks: locks,
    connections: 16,
    seconds: bench.quick ? 1 : 3,
    warmup_seconds: 0.5,
  }))
  record(bench.report, row('list of a lock', size), listing)
}

const createBody = JSON.stringify({
  device_id: '{pick}',
  name: 'Guest {n}',
  code: '{pin}',
  starts_at: '2090-01-01T15:00:00.000Z',
  ends_at: '2090-01-03T11:00:00.000Z',
})

function row(what: string, size: number) {
  const name = `${what}, ${size} process${size === 1 ? '' : 'es'}`
  return { name, who, unit: '/s', note: 'behind nginx' } as const
}

async function oneLock(target: Target): Promise<string> {
  const [id] = await createLocks(target, 1)
  if (id === undefined) throw new Error('no lock was made')
  return id
}

/** Two client processes, so that four servers are not waiting for one client. */
async function onTwoClients(load: (half: number) => Parameters<typeof runLoad>[0]) {
  const results: LoadResult[] = await Promise.all([runLoad(load(0)), runLoad(load(1))])
  return results.reduce((sum, { per_second }) => sum + per_second, 0)
}
