import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { BenchCase } from '../lib/bench.ts'
import { record } from '../lib/report.ts'

// The ceiling: the rows that one `create` writes (code, attempt, event, job) and the reads behind
// `get`, `list` and a filtered `events/list`, with nothing around them.
const schema = `
  create table access_codes (workspace_id text not null, access_code_id text not null,
    device_id text not null, name text, code text, type text, starts_at integer, ends_at integer,
    created_at integer not null, flags integer, primary key (workspace_id, access_code_id));
  create index codes_of_device on access_codes (workspace_id, device_id, code);
  create table attempts (workspace_id text not null, attempt_id text not null, kind text,
    status text, created_at integer, primary key (workspace_id, attempt_id));
  create table events (workspace_id text not null, seq integer not null, event_id text not null,
    event_type text not null, access_code_id text, payload text not null,
    primary key (workspace_id, seq));
  create index events_of_code on events (workspace_id, access_code_id, seq);
  create table jobs (workspace_id text not null, due_at integer not null, seq integer not null,
    kind text not null, subject text not null, primary key (workspace_id, due_at, seq));`

export const sqlite: BenchCase = {
  name: 'sqlite',
  about: 'bare better-sqlite3 with the same rows, in memory and in a file',
  run: async (bench) => {
    const folder = mkdtempSync(join(tmpdir(), 'seam-bench-'))
    try {
      for (let round = 0; round < bench.rounds; round++) {
        for (const [who, path] of [
          ['sqlite memory', ':memory:'],
          ['sqlite file', join(folder, `${round}.db`)],
        ] as const) {
          for (const [name, per_second] of measure(path, bench.quick ? 5_000 : 20_000)) {
            record(bench.report, { name, who, unit: '/s' }, per_second)
          }
        }
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

function measure(path: string, count: number): [string, number][] {
  const db = new Database(path)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = normal')
  db.exec(schema)
  const insertCode = db.prepare('insert into access_codes values (?,?,?,?,?,?,?,?,?,?)')
  const insertAttempt = db.prepare('insert into attempts values (?,?,?,?,?)')
  const insertEvent = db.prepare('insert into events values (?,?,?,?,?,?)')
  const insertJob = db.prepare('insert into jobs values (?,?,?,?,?)')
  const workspace = crypto.randomUUID()
  const ids = Array.from({ length: count }, () => crypto.randomUUID())
  const payload = JSON.stringify({ filler: 'x'.repeat(300) })
  const create = db.transaction((id: string, n: number) => {
    insertCode.run(
      workspace,
      id,
      `device ${n % 50}`,
      `Guest ${n}`,
      `${n}`,
      'time_bound',
      n,
      n,
      n,
      0,
    )
    insertAttempt.run(workspace, id, 'CREATE_ACCESS_CODE', 'pending', n)
    insertEvent.run(workspace, n, id, 'access_code.created', id, payload)
    insertJob.run(workspace, n, n, 'reconcile', id)
  })
  const rate = (times: number, act: (id: string, n: number) => void) => {
    const begun = performance.now()
    for (let n = 0; n < times; n++) act(ids[n % ids.length] ?? '', n)
    return (times / (performance.now() - begun)) * 1000
  }
  const byId = db.prepare(
    'select * from access_codes where workspace_id = ? and access_code_id = ?',
  )
  const page = db.prepare('select * from access_codes where workspace_id = ? limit 1000')
  const ofCode = db.prepare(
    'select * from events where workspace_id = ? and access_code_id = ? order by seq limit 500',
  )
  const results: [string, number][] = [
    ['rows of one create', rate(count, create)],
    ['row by id', rate(count, (id) => byId.get(workspace, id))],
    ['1,000 rows', rate(200, () => page.all(workspace))],
    ['events of one code', rate(count, (id) => ofCode.all(workspace, id))],
  ]
  db.close()
  return results
}
