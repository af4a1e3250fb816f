import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { client } from './crash/clients.ts'
import type { Lane } from './crash/clients.ts'
import { settle, violations } from './crash/model.ts'
import type { Seen, Violation } from './crash/model.ts'
import { startCrashReceiver } from './crash/receiver.ts'
import type { CrashReceiver } from './crash/receiver.ts'
import {
  call,
  closeClient,
  createLocks,
  stampedEventShape,
  listAccessCodes,
  listAllEvents,
  okShape,
  send,
} from './lib/client.ts'
import { emulatorCommand, launchEmulator } from './lib/processes.ts'
import type { Server } from './lib/processes.ts'
import { seededRandom } from './lib/stats.ts'

const usage = `npm run crash -- [--rounds n] [--seed n] [--clients n] [--fresh-every n] [--keep]

Each round: clients create, rename and delete codes on a file-backed emulator while webhooks go out;
kill -9 at a random moment; restart on the same file; compare with what was answered.
  --rounds       default 100
  --seed         of the random choices, default 1 (the moment of a kill is wall time, so a run is
                 repeatable in its choices, not in its interleaving)
  --clients      per workspace, two workspaces; default 4
  --fresh-every  rounds until a new file is begun, default 10
  --keep         keep the database file of a failed run`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    clients: { type: 'string', default: '4' },
    'fresh-every': { type: 'string', default: '10' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

// 600 × real time: what a lock needs seconds for happens while the clients are still running.
const rate = 600
// Long enough for every retry of a refused delivery, which takes 27.6 hours to give up.
const catchUp = '30h'

type CrashLane = Lane & { label: string; seen: Seen; random: () => number }
type World = { file: string; lanes: CrashLane[]; server: Server }

async function main(): Promise<void> {
  const command = emulatorCommand()
  if (command === undefined) throw new Error('neither dist/cli.js nor src/cli.ts is here')
  const rounds = Number(values.rounds)
  const random = seededRandom(Number(values.seed))
  const receiver = await startCrashReceiver(() => random() < 0.02)
  const folder = mkdtempSync(join(tmpdir(), 'seam-crash-'))
  const found: Violation[] = []
  const totals = { codes: 0, events: 0, done: 0, beside: 0 }
  let world: World | undefined
  try {
    for (let round = 1; round <= rounds && found.length === 0; round++) {
      if (world === undefined || (round - 1) % Number(values['fresh-every']) === 0) {
        if (world !== undefined) {
          count(totals, world)
          await world.server.kill()
        }
        world = await openWorld(command, join(folder, `${round}.db`), receiver, random)
      }
      const moment = await loadAndKill(world, random)
      if (hasRowsBeside(world.file)) totals.beside++
      const started = await restart(command, world)
      if (started !== undefined) found.push(started)
      else for (const lane of world.lanes) found.push(...(await verify(lane, receiver)))
      totals.done = round
      if (process.stderr.isTTY || round % 10 === 0 || found.length > 0) {
        console.error(`round ${round}: killed after ${moment} ms, ${found.length} violations`)
      }
    }
    if (world !== undefined) count(totals, world)
  } finally {
    await world?.server.kill()
    receiver.close()
    closeClient()
    if (found.length > 0 && values.keep) console.error(`kept: ${folder}`)
    else rmSync(folder, { recursive: true })
  }
  for (const { kind, text } of found.slice(0, 40)) console.log(`${kind}: ${text}`)
  const number = (kind: Violation['kind']) => found.filter((one) => one.kind === kind).length
  console.log(
    `crash: ${totals.done} rounds, ${number('lost')} lost, ${number('repeated')} repeated, ` +
      `${number('reordered')} out of order, ${number('undelivered')} undelivered, ` +
      `${number('wrong')} wrong; ${totals.codes} codes, ${totals.events} events, ` +
      `${receiver.deliveries()} deliveries, ${totals.beside} times with rows beside their tables, seed ${values.seed}`,
  )
  process.exitCode = found.length > 0 ? 1 : 0
}

function count(totals: { codes: number; events: number }, world: World): void {
  for (const lane of world.lanes) {
    totals.codes += lane.codes.length
    totals.events += lane.seen.event_ids.length
  }
}

/** A new database file with two workspaces, twelve locks and two webhooks each. */
async function openWorld(
  command: string[],
  file: string,
  receiver: CrashReceiver,
  random: () => number,
): Promise<World> {
  const server = await launchEmulator(command, ['--db', file])
  receiver.arrived.clear()
  const lanes: CrashLane[] = []
  const keys = [server.key, 'seam_test_crash']
  for (const [index, key] of keys.entries()) {
    const target = { url: server.url, key }
    const label = `workspace-${index}`
    const devices = await createLocks(target, 12)
    const undelivered = (await listAllEvents(target)).length
    for (const hook of ['a', 'b']) {
      const input = { url: `${receiver.url}/${label}-${hook}`, event_types: ['*'] }
      await call(target, '/webhooks/create', input, okShape)
    }
    await call(target, '/_emulator/clock/resume', { rate }, okShape)
    lanes.push({
      target,
      label,
      devices,
      codes: [],
      refusals: [],
      serial: { next: index * 400_000 },
      seen: { event_ids: [], undelivered },
      random,
    })
  }
  return { file, lanes, server }
}

/** Puts load on the world and kills it. Answers after how many milliseconds. */
async function loadAndKill(world: World, random: () => number): Promise<number> {
  const moment = Math.round(20 + random() * 680)
  const isQuiet = random() < 0.5
  let over = false
  const stopped = () => over
  const work: Promise<void>[] = []
  for (const lane of world.lanes) {
    for (let i = 0; i < Number(values.clients); i++) work.push(client(lane, random, stopped))
    // Whoever reads has rows go into their tables; where nobody does, many are beside them.
    if (!isQuiet) work.push(observe(lane, stopped))
  }
  const jumping = world.lanes[random() < 0.3 ? 0 : 1]
  if (!isQuiet && jumping !== undefined && random() < 0.5) work.push(jump(jumping, stopped))
  await wait(moment)
  await world.server.kill()
  over = true
  await Promise.all(work)
  return moment
}

const eventsShape = z.object({ events: z.array(stampedEventShape) })

/** Reads the events as they appear, the way a polling integrator does. */
async function observe(lane: CrashLane, stopped: () => boolean): Promise<void> {
  const { event_ids } = lane.seen
  const known = new Set(event_ids)
  let cursor = '2000-01-01T00:00:00.000Z'
  while (!stopped()) {
    try {
      const input = { since: cursor, limit: 10_000 }
      const { status, body } = await send(lane.target, '/events/list', input)
      if (status === 200) {
        const { events } = eventsShape.parse(body)
        cursor = events[0]?.created_at ?? cursor
        const fresh = events.map((event) => event.event_id).filter((id) => !known.has(id))
        for (const id of fresh.reverse()) known.add(id)
        event_ids.push(...fresh)
      } else lane.refusals.push(`events/list: ${status}`)
    } catch {
      return
    }
    await wait(20)
  }
}

/** Leaps in time under load, so that some kills hit the middle of an advance. */
async function jump(lane: CrashLane, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    try {
      await call(lane.target, '/_emulator/clock/advance', { by: '20m' }, okShape)
    } catch (error) {
      const refused = error instanceof Error && error.message.includes('answered')
      if (refused) lane.refusals.push(error.message)
      return
    }
    await wait(30)
  }
}

/** Whether the killed emulator left rows that their tables did not have yet; asked of a copy. */
function hasRowsBeside(file: string): boolean {
  const copy = `${file}-copy`
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end)
  const db = new Database(copy)
  const count = Number(db.prepare('select count(*) from redo').pluck().get())
  db.close()
  rmSync(copy)
  return count > 0
}

async function restart(command: string[], world: World): Promise<Violation | undefined> {
  try {
    world.server = await launchEmulator(command, ['--db', world.file])
  } catch (error) {
    return { kind: 'lost', text: `does not start again: ${String(error)}` }
  }
  for (const lane of world.lanes) lane.target.url = world.server.url
  return undefined
}

const lockShape = z.object({
  lock: z.looseObject({
    memory_bank: z.looseObject({
      slots: z.array(z.looseObject({ access_code_id: z.string().nullish() })),
    }),
  }),
})

/** Lets everything due happen, then compares. */
async function verify(lane: CrashLane, receiver: CrashReceiver): Promise<Violation[]> {
  const found: Violation[] = lane.refusals.map((text) => ({ kind: 'wrong', text }))
  await call(lane.target, '/_emulator/clock/freeze', {}, okShape)
  await call(lane.target, '/_emulator/clock/advance', { by: catchUp }, okShape)
  const listed = await listAccessCodes(lane.target, lane.devices)
  const slots: { device_id: string; access_code_id: string | null }[] = []
  for (const device_id of lane.devices) {
    const { lock } = await call(lane.target, '/_emulator/locks/get', { device_id }, lockShape)
    for (const { access_code_id } of lock.memory_bank.slots) {
      slots.push({ device_id, access_code_id: access_code_id ?? null })
    }
  }
  const events = await listAllEvents(lane.target)
  const received = new Map<string, Set<string>>()
  for (const hook of ['a', 'b']) {
    const name = `${lane.label}-${hook}`
    await untilArrived(receiver, name, events.at(-1)?.event_id)
    received.set(name, receiver.arrived.get(name) ?? new Set())
  }
  await call(lane.target, '/_emulator/clock/resume', { rate }, okShape)
  found.push(...violations(lane.codes, lane.seen, { listed, events, slots, received }))
  lane.codes = settle(lane.codes, listed)
  lane.seen.event_ids = events.map((event) => event.event_id)
  return found.map(({ kind, text }) => ({ kind, text: `${lane.label}: ${text}` }))
}

/** An advance is a barrier, so nothing should be left to wait for; two seconds are given anyway. */
async function untilArrived(receiver: CrashReceiver, name: string, id: string | undefined) {
  const deadline = performance.now() + 2_000
  if (id === undefined) return
  while (performance.now() < deadline) {
    if (receiver.arrived.get(name)?.has(id) === true) return
    await wait(10)
  }
}

if (values.help) console.log(usage)
else await main()
