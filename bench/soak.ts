import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { closeClient } from './lib/client.ts'
import { emulatorCommand, footprint, launchEmulator } from './lib/processes.ts'
import type { Server } from './lib/processes.ts'
import { machine, save } from './lib/report.ts'
import { seededRandom } from './lib/stats.ts'
import { cycle } from './soak/lane.ts'
import type { SoakLane } from './soak/lane.ts'
import { judge, shortRunLeast } from './soak/verdict.ts'
import type { Sample } from './soak/verdict.ts'

const usage = `npm run soak -- [--minutes n | --seconds n] [--workspaces n] [--seed n] [--db]

Mixed use of several workspaces with clock jumps, faults and webhooks; memory and open handles of
the emulator must stay flat and every answer must be an expected one.
  --minutes     default 10
  --seconds     instead of minutes; 20 is enough to find gross leaks in CI
  --workspaces  default 6
  --db          keep the data in a file instead of in memory`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seconds: { type: 'string' },
    workspaces: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    db: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** Accepts everything on /ok and nothing on /refuses. */
async function startReceiver() {
  let deliveries = 0
  const server = createServer((request, response) => {
    request.resume()
    request.once('end', () => {
      deliveries++
      response.statusCode = request.url === '/ok' ? 200 : 500
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}`, deliveries: () => deliveries, close }
}

// V8 doubles its young generation once or twice at moments of its own choice, by 32 MB and more, and
// lets the old one grow to up to four times of what is alive, as it finds time: steps that say nothing
// of leaks and would hide a small one. Here the young one has its size from the start, and the old one
// is swept whenever it is a fifth above what is alive.
const steadyHeap = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--heap-growing-percent=20',
]

async function main(): Promise<void> {
  const command = emulatorCommand()
  if (command === undefined) throw new Error('neither dist/cli.js nor src/cli.ts is here')
  const seconds =
    values.seconds === undefined ? Number(values.minutes) * 60 : Number(values.seconds)
  const folder = mkdtempSync(join(tmpdir(), 'seam-soak-'))
  const receiver = await startReceiver()
  const file = values.db ? ['--db', join(folder, 'soak.db')] : []
  const [node = process.execPath, ...program] = command
  const server = await launchEmulator([node, ...steadyHeap, ...program], file)
  const requests = { sent: 0 }
  const surprises: SoakLane['surprises'] = new Map()
  const lanes = Array.from({ length: Number(values.workspaces) }, (_, index) => ({
    target: { url: server.url, key: `seam_test_soak_${index}` },
    label: `soak-${index}`,
    random: seededRandom(Number(values.seed) * 1_000 + index),
    receiver: receiver.url,
    requests,
    surprises,
  }))
  try {
    const { samples, cycles, broken } = await soak(server, lanes, seconds)
    const verdict = seconds < 120 ? judge(samples, shortRunLeast) : judge(samples)
    for (const [name, { times, body }] of surprises) console.log(`${times} × ${name}: ${body}`)
    if (broken !== undefined) console.log(`broken off: ${broken}`)
    const unexpected = [...surprises.values()].reduce((sum, { times }) => sum + times, 0)
    const good = verdict.flat && unexpected === 0 && broken === undefined
    save('soak', { machine: machine(), seconds, cycles, requests, verdict, samples })
    const signed = (value: number) => `${value < 0 ? '' : '+'}${value.toFixed(1)}`
    console.log(
      `soak: ${(seconds / 60).toFixed(1)} min, ${requests.sent} requests, ${cycles} cycles, ` +
        `${receiver.deliveries()} deliveries, ${unexpected} unexpected answers; memory ` +
        `${signed(verdict.grown_mb)} MB (allowed ${verdict.allowed_mb.toFixed(0)}), slope ` +
        `${signed(verdict.mb_per_minute)} MB/min, handles ${signed(verdict.grown_handles)}: ` +
        (good ? 'flat' : 'NOT GOOD'),
    )
    process.exitCode = good ? 0 : 1
  } finally {
    await server.stop()
    receiver.close()
    closeClient()
    rmSync(folder, { recursive: true })
  }
}

async function soak(server: Server, lanes: SoakLane[], seconds: number) {
  const samples: Sample[] = []
  const begun = performance.now()
  const elapsed = () => (performance.now() - begun) / 1000
  let cycles = 0
  let broken: string | undefined
  const over = () => broken !== undefined || elapsed() >= seconds
  const styles = ['frozen', 'scaled', 'realtime'] as const
  const work = lanes.map(async (lane, index) => {
    while (!over()) {
      try {
        await cycle(lane, styles[index % styles.length] ?? 'frozen')
        cycles++
      } catch (error) {
        broken ??= `${lane.label}: ${error instanceof Error ? error.message : String(error)}`
      }
    }
  })
  const step = Math.max(0.25, Math.min(2, seconds / 60))
  const spoken = { at: 0 }
  while (!over()) {
    await wait(step * 1000)
    try {
      const { rss_mb, handles } = footprint(server.pid)
      samples.push({ seconds: elapsed(), rss_mb, handles })
      if (elapsed() - spoken.at >= 60) {
        spoken.at = elapsed()
        console.error(`${Math.round(elapsed())} s: ${Math.round(rss_mb)} MB, ${handles} handles`)
      }
    } catch {
      broken ??= 'the emulator is gone'
    }
  }
  await Promise.all(work)
  return { samples, cycles, broken }
}

if (values.help) console.log(usage)
else await main()
