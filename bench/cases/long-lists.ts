/** Long lists of all kinds, per row against `access_codes/list`: asked again, and asked after a change. */
import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { BenchCase } from '../lib/bench.ts'
import { anything, call } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import type { Server } from '../lib/processes.ts'
import { emptyReport, goal, medianOf, record } from '../lib/report.ts'
import type { Report } from '../lib/report.ts'
import { fillTo, openWorld, workspaceOf } from '../lib/worlds.ts'

interface LongList {
  path: string
  key: string
  target: Target
  /** Changes the row of this id, in a way that its list shows. */
  change: (id: string, nth: number) => Promise<unknown>
  /** Which of its members names a row. */
  id: string
}

const id = (kind: number, nth: number) =>
  `0000000${kind}-0000-4000-8000-${String(nth).padStart(12, '0')}`

const some = <T>(count: number, of: (nth: number) => T): T[] =>
  Array.from({ length: count }, (_, nth) => of(nth))

const codes = async (server: Server, count: number): Promise<LongList> => {
  const world = await openWorld('emulator', server, 'long_list', 50)
  await fillTo(world, count)
  const { target } = world
  const change = (access_code_id: string, nth: number) =>
    call(target, '/access_codes/update', { access_code_id, name: `Other ${nth}` }, anything)
  return {
    path: '/access_codes/list',
    key: 'access_codes',
    target,
    change,
    id: 'access_code_id',
  }
}

const devices = async (
  server: Server,
  { list, model, count }: { list: 'thermostats' | 'noise_sensors'; model: string; count: number },
): Promise<LongList> => {
  const target = await workspaceOf(server, {
    [list]: some(count, (nth) => ({ model, name: `${model} ${nth}` })),
  })
  const change = (device_id: string, nth: number) =>
    call(target, '/devices/update', { device_id, name: `Other ${nth}` }, anything)
  return { path: `/${list}/list`, key: list, target, change, id: 'device_id' }
}

const credentials = async (server: Server, count: number): Promise<LongList> => {
  const acs_system_id = id(1, 0)
  const target = await workspaceOf(server, {
    acs_systems: [{ model: 'avigilon_alta', name: 'Office', acs_system_id }],
    acs_users: some(Math.ceil(count / 10), (nth) => ({
      acs_system_id,
      acs_user_id: id(2, nth),
      full_name: `User ${nth}`,
    })),
    acs_credentials: some(count, (nth) => ({
      acs_system_id,
      acs_credential_id: id(3, nth),
      acs_user_id: id(2, Math.floor(nth / 10)),
      access_method: 'code',
      code: String(100_000 + nth),
    })),
  })
  const change = (acs_credential_id: string, nth: number) =>
    call(
      target,
      '/acs/credentials/update',
      { acs_credential_id, code: String(1_000_000 + nth) },
      anything,
    )
  return {
    path: '/acs/credentials/list',
    key: 'acs_credentials',
    target,
    change,
    id: 'acs_credential_id',
  }
}

const textShape = z.string()

/** How a list is asked for: by itself, with the text of its answer not read. */
const fetchList = async (list: LongList, limit: number): Promise<Buffer> => {
  const answer = await fetch(`${list.target.url}${list.path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${list.target.key}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ limit }),
  })
  const body = Buffer.from(await answer.arrayBuffer())
  if (!answer.ok)
    throw new Error(`${list.path} answered ${answer.status}: ${body.toString().slice(0, 400)}`)
  return body
}

interface Read {
  ids: string[]
  /** One answer, all of it. */
  bytes: number
}

const readList = async (list: LongList, count: number): Promise<Read> => {
  const body = await fetchList(list, count)
  const rows = z
    .record(z.string(), z.unknown())
    .transform((answer) => answer[list.key])
    .pipe(z.array(z.record(z.string(), z.unknown())))
    .parse(JSON.parse(body.toString()))
  if (rows.length !== count) throw new Error(`${list.path} lists ${rows.length} of ${count}`)
  return { ids: rows.map((row) => textShape.parse(row[list.id])), bytes: body.length }
}

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await act()
  return performance.now() - began
}

const LISTS = 10

/** The middle one of some lists, asked for one after the other, ms. */
const middle = async (list: LongList, count: number, before: (nth: number) => Promise<unknown>) => {
  const each: number[] = []
  for (let nth = 0; nth < LISTS; nth++) {
    await before(nth)
    each.push(await timed(() => fetchList(list, count)))
  }
  return each.toSorted((a, b) => a - b)[LISTS / 2] ?? Number.NaN
}

interface Measured {
  list: LongList
  read: Read
}

const states = ['unchanged', 'one changed'] as const

const nameOf = ({ list }: Measured, state: string) => `${list.path.slice(1)}, rows, ${state}`

const measure = async (report: Report, it: Measured, round: number) => {
  const { list, read } = it
  const count = read.ids.length
  const change = (nth: number) =>
    list.change(read.ids[(nth * 37) % count] ?? '', round * LISTS + nth)
  const before = { unchanged: () => Promise.resolve(), 'one changed': change }
  for (const state of states) {
    const ms = await middle(list, count, before[state])
    const row = { name: nameOf(it, state), who: 'emulator', unit: '/s' } as const
    record(report, row, (count / ms) * 1_000)
  }
}

const judge = (report: Report, codes: Measured, others: readonly Measured[]) => {
  for (const it of others) {
    for (const state of states) {
      const ratio =
        (medianOf(report, nameOf(it, state), 'emulator') ?? Number.NaN) /
        (medianOf(report, nameOf(codes, state), 'emulator') ?? Number.NaN)
      goal(
        report,
        `${nameOf(it, state)}, against access codes, by the byte`,
        ratio * (it.read.bytes / codes.read.bytes),
        'least',
        0.9,
      )
    }
  }
}

export const longLists: BenchCase = {
  name: 'long-lists',
  about:
    'lists of 10,000 thermostats, noise sensors and credentials, by the byte against access_codes/list (a thermostat has ten times the bytes of a code): unchanged, and with one row changed between lists',
  emulator_only: true,
  run: (bench) =>
    withServers(bench, ['emulator'], async (servers) => {
      const server = servers.get('emulator')
      if (server === undefined) return
      const count = bench.quick ? 1_000 : 10_000
      const lists = [
        await credentials(server, count),
        await devices(server, { list: 'thermostats', model: 'ecobee', count }),
        await devices(server, { list: 'noise_sensors', model: 'minut', count }),
      ]
      const read = async (list: LongList) => ({ list, read: await readList(list, count) })
      const first = await read(await codes(server, count))
      const others: Measured[] = []
      for (const list of lists) others.push(await read(list))
      // Once to warm up.
      for (let round = -1; round < bench.rounds; round++) {
        const report = round < 0 ? emptyReport() : bench.report
        for (const it of [first, ...others]) await measure(report, it, round + 1)
      }
      judge(bench.report, first, others)
    }),
}
