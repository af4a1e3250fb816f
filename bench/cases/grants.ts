import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase, Who } from '../lib/bench.ts'
import { call, createLocks, listAccessCodes } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { advance, clockNow, createWorkspace } from '../lib/control.ts'
import { runLoad } from '../lib/load.ts'
import type { Server } from '../lib/processes.ts'
import { goal, medianOf, record } from '../lib/report.ts'

const hour = 3_600_000
const day = 24 * hour
const LOCKS_OF_A_GRANT = 10

const times = { starts_at: '{starts_at}', ends_at: '{ends_at}' }
const codeOn = JSON.stringify({ device_id: '{pick}', name: 'Guest {n}', ...times })
const grantOver = (place: object) =>
  JSON.stringify({
    user_identity: { full_name: 'Guest {n}' },
    requested_access_methods: [{ mode: 'code' }],
    ...place,
    ...times,
  })

/** Grants beside plain codes of the same number, locks and windows, all PINs made here. */
export const grants: BenchCase = {
  name: 'grants',
  about:
    'access grants beside plain access codes: create, and 1,000 over 10 locks each in one leap',
  emulator_only: true,
  run: async (bench) => {
    for (let round = 0; round < bench.rounds; round++) {
      await withServers(bench, ['emulator'], async (servers) => {
        for (const [who, server] of servers) {
          await creating(bench, who, server)
          await leaping(bench, who, server)
        }
      })
    }
    const ratio = (ours: string, plain: string): number =>
      (medianOf(bench.report, ours, 'emulator') ?? Number.NaN) /
      (medianOf(bench.report, plain, 'emulator') ?? Number.NaN)
    const created = ratio('create of a grant on one lock', 'create of a plain code')
    goal(bench.report, 'grants: create on one lock / of a code', created, 'least', 0.5)
    const led = ratio('codes of grants led in one leap', 'plain codes led in one leap')
    goal(bench.report, 'grants: codes led / plain codes led', led, 'least', 0.7)
  },
}

const made = z.object({ space: z.object({ space_id: z.string() }) })

const spaceOf = async (target: Target, device_ids: string[]): Promise<string> =>
  (await call(target, '/spaces/create', { name: 'Flat', device_ids }, made)).space.space_id

/** Spaces of ten locks each. */
const spacesOver = async (target: Target, devices: string[]): Promise<string[]> => {
  const spaces: string[] = []
  for (let at = 0; at < devices.length; at += LOCKS_OF_A_GRANT)
    spaces.push(await spaceOf(target, devices.slice(at, at + LOCKS_OF_A_GRANT)))
  return spaces
}

async function creating(bench: Bench, who: Who, server: Server): Promise<void> {
  const target = await createWorkspace(server)
  const picks = await createLocks(target, 50)
  const from = (await clockNow(target)) + 300 * day
  const count = bench.quick ? 500 : 2_000
  // In turns, so that neither has the warmer process.
  for (const half of [0, 1]) {
    for (const [name, path, body] of [
      ['create of a plain code', '/access_codes/create', codeOn],
      [
        'create of a grant on one lock',
        '/access_grants/create',
        grantOver({ device_ids: ['{pick}'] }),
      ],
    ] as const) {
      const { per_second } = await runLoad({
        target,
        path,
        body,
        picks,
        windows: { from, every: 2 * hour, length: hour },
        connections: 10,
        requests: count,
        first: half * count,
      })
      if (half === 1) record(bench.report, { name, who, unit: '/s' }, per_second)
    }
  }
}

/** Both worlds hold the same codes: scheduled three days ahead, set, removed. */
async function leaping(bench: Bench, who: Who, server: Server): Promise<void> {
  const count = bench.quick ? 200 : 1_000
  const locks = bench.quick ? 200 : 1_000
  const spaces = locks / LOCKS_OF_A_GRANT
  for (const isGrants of [false, true]) {
    const target = await createWorkspace(server)
    const devices = await createLocks(target, locks)
    const places = isGrants ? await spacesOver(target, devices) : devices
    const from = (await clockNow(target)) + 5 * day
    await runLoad({
      target,
      path: isGrants ? '/access_grants/create' : '/access_codes/create',
      body: isGrants ? grantOver({ space_ids: ['{pick}'] }) : codeOn,
      picks: places,
      windows: { from, every: 2 * hour, length: hour },
      connections: 10,
      requests: isGrants ? count : count * LOCKS_OF_A_GRANT,
      first: 0,
    })
    const end = from + (count / spaces) * 2 * hour + 2 * day
    const { ms, jobs } = await advance(target, { to: new Date(end).toISOString() })
    const left = await listAccessCodes(target, devices.slice(0, 5))
    if (left.length > 0) throw new Error(`${left.length} codes survived their end on five locks`)
    const codes = count * LOCKS_OF_A_GRANT
    const name = isGrants ? 'codes of grants led in one leap' : 'plain codes led in one leap'
    record(bench.report, { name, who, unit: '/s' }, codes / (ms / 1000))
    const jobsName = isGrants ? 'jobs of grants' : 'jobs of plain codes'
    if (jobs !== undefined)
      record(
        bench.report,
        { name: jobsName, who, unit: '/s', note: `${jobs} jobs` },
        jobs / (ms / 1000),
      )
  }
}
