/** Writes that wait must never be missed by a reader, nor survive a transaction that failed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/client.ts'
import type { DatabaseClient } from '../../src/db/client.ts'
import { defaultSettings } from '../../src/sim/settings.ts'
import { runs } from '../support/laboratory.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seam-emulator-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const workspaceOf = (db: DatabaseClient, workspace_id: string) => {
  db.workspaceRow(workspace_id).insert({
    name: workspace_id,
    company_name: 'Test',
    is_sandbox: true,
    is_suspended: false,
    is_publishable_key_auth_enabled: true,
    connect_webview_customization: {},
    created_at: 0,
    seed: 'seed',
    fixture: 'empty',
    settings: defaultSettings,
    loose_ids: true,
    clock_mode: 'frozen',
    clock_rate: 0,
    clock_base: 0,
    clock_anchor: 0,
  })
  return db.tablesOf(workspace_id)
}

const codeRow = (access_code_id: string, device_id: string, code: string) => ({
  access_code_id,
  device_id,
  connected_account_id: 'account',
  ordinal: 0,
  name: null,
  code,
  created_at: 0,
  is_managed: true,
  is_backup: false,
  is_offline: false,
  is_one_time_use: false,
  is_external_modification_allowed: false,
  prefer_native_scheduling: true,
  is_unconfirmed: false,
  in_effect: { code, name: null, starts_at: null, ends_at: null },
})

const ids = fc.constantFrom('a', 'b', 'c', 'd')
const devices = fc.constantFrom('x', 'y')
const pins = fc.constantFrom('1111', '2222')
const deed = fc.oneof(
  fc.record({ do: fc.constant('put' as const), id: ids, device: devices, pin: pins }),
  fc.record({ do: fc.constant('change' as const), id: ids, pin: pins }),
  fc.record({ do: fc.constant('move' as const), id: ids, device: devices }),
  fc.record({ do: fc.constant('delete' as const), id: ids }),
  fc.record({ do: fc.constant('clear' as const), device: devices }),
  fc.record({ do: fc.constant('schedule' as const), id: ids, at: fc.nat({ max: 5 }) }),
  fc.record({ do: fc.constant('cancel' as const), id: ids }),
  fc.record({ do: fc.constant('look' as const), id: ids, device: devices, pin: pins }),
  fc.record({ do: fc.constant('rest' as const), rows: fc.nat({ max: 3 }) }),
)
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never

interface Model {
  codes: Map<string, { device: string; pin: string; order: number }>
  jobs: Map<string, { at: number; order: number }>
}

const copyOf = ({ codes, jobs }: Model): Model => ({
  codes: new Map(codes),
  jobs: new Map(jobs),
})

const failure = new Error('on purpose')

const check = (db: DatabaseClient, transactions: { deeds: Deed[]; fails: boolean }[]): void => {
  const tables = workspaceOf(db, 'one')
  const { access_codes, jobs } = tables
  // A neighbour whose rows have the same ids: nothing of it may ever change.
  const neighbour = workspaceOf(db, 'two')
  for (const id of ['a', 'b']) neighbour.access_codes.insert(codeRow(id, 'x', '9999'))
  let model: Model = { codes: new Map(), jobs: new Map() }
  let order = 0

  const compare = (id: string, device: string, pin: string): void => {
    const { codes } = model
    const known = codes.get(id)
    expect(access_codes.get(id)?.code).toBe(known?.pin)
    expect(access_codes.get(id)?.device_id).toBe(known?.device)
    const of = (wanted: (code: { device: string; pin: string }) => boolean): string[] =>
      [...codes]
        .filter(([, code]) => wanted(code))
        .sort(([, first], [, second]) => first.order - second.order)
        .map(([name]) => name)
    const names = (rows: { access_code_id: string }[]) => rows.map((row) => row.access_code_id)
    expect(names(access_codes.all('device_id = ?', [device], 'order by seq'))).toEqual(
      of((code) => code.device === device),
    )
    expect(names(access_codes.matching(device, pin)).sort()).toEqual(
      of((code) => code.device === device && code.pin === pin).sort(),
    )
    expect(access_codes.count('code = ?', [pin])).toBe(of((code) => code.pin === pin).length)
    const due = [...model.jobs]
      .sort(([, a], [, b]) => a.at - b.at || a.order - b.order)
      .map(([subject]) => subject)
    expect(jobs.column('subject', 'true', [], 'order by due_at, seq')).toEqual(due)
  }

  const perform = (it: Deed): void => {
    order++
    switch (it.do) {
      case 'put':
        if (model.codes.has(it.id)) return
        access_codes.insert(codeRow(it.id, it.device, it.pin))
        model.codes.set(it.id, { device: it.device, pin: it.pin, order })
        return
      case 'change':
      case 'move': {
        const known = model.codes.get(it.id)
        if (known === undefined) return
        access_codes.update(it.id, it.do === 'change' ? { code: it.pin } : { device_id: it.device })
        model.codes.set(it.id, {
          ...known,
          ...(it.do === 'change' ? { pin: it.pin } : { device: it.device }),
        })
        return
      }
      case 'delete':
        access_codes.delete(it.id)
        model.codes.delete(it.id)
        return
      case 'clear':
        access_codes.deleteWhere('device_id = ?', [it.device])
        for (const [id, code] of model.codes) if (code.device === it.device) model.codes.delete(id)
        return
      case 'schedule':
        jobs.replace({ kind: 'test', subject: it.id, due_at: it.at })
        model.jobs.set(it.id, { at: it.at, order })
        return
      case 'cancel':
        jobs.delete([it.id, 'test'])
        model.jobs.delete(it.id)
        return
      case 'look':
        compare(it.id, it.device, it.pin)
        return
      case 'rest':
      default:
    }
  }

  for (const { deeds, fails } of transactions) {
    const before = copyOf(model)
    const run = () =>
      db.transaction(() => {
        for (const it of deeds) perform(it)
        if (fails) throw failure
      })
    if (fails) {
      expect(run).toThrow(failure)
      model = before
      access_codes.forget()
    } else {
      run()
    }
    for (const it of deeds) if (it.do === 'rest') db.flush(it.rows)
  }
  for (const id of ['a', 'b', 'c', 'd']) {
    for (const device of ['x', 'y']) compare(id, device, id < 'c' ? '1111' : '2222')
  }
  // Also where nothing is at hand any more.
  expect(db.tablesOf('one').access_codes.count('true')).toBe(model.codes.size)
  expect(db.tablesOf('two').access_codes.count("code = '9999'")).toBe(2)
}

const transactions = fc.array(
  fc.record({ deeds: fc.array(deed, { maxLength: 8 }), fails: fc.boolean() }),
  { maxLength: 12 },
)

test('a database in memory always answers as if every write were in its table', () => {
  fc.assert(
    fc.property(transactions, (list) => {
      const db = openDatabase(':memory:')
      check(db, list)
      db.close()
    }),
    { numRuns: runs(300) },
  )
})

test('so does one in a file', () => {
  let files = 0
  fc.assert(
    fc.property(transactions, (list) => {
      const db = openDatabase(join(folder, `${files++}.db`))
      check(db, list)
      db.close()
    }),
    { numRuns: runs(40) },
  )
})

test('what a transaction wrote to a file is there when the file is opened again', () => {
  const file = join(folder, 'again.db')
  const db = openDatabase(file)
  const { access_codes } = workspaceOf(db, 'one')
  db.transaction(() => {
    access_codes.insert(codeRow('a', 'x', '1111'))
    access_codes.update('a', { code: '2222' })
    access_codes.insert(codeRow('b', 'x', '1111'))
    access_codes.delete('b')
  })
  db.close()
  const again = openDatabase(file)
  expect(
    again
      .tablesOf('one')
      .access_codes.all('true')
      .map((row) => row.code),
  ).toEqual(['2222'])
  again.close()
})

test('a quiet moment brings everything into the tables, some rows at a time', () => {
  const db = openDatabase(':memory:')
  const { access_codes } = workspaceOf(db, 'one')
  for (let n = 0; n < 10; n++) access_codes.insert(codeRow(`code ${n}`, 'x', `${1000 + n}`))
  let moments = 1
  while (db.flush(4)) moments++
  expect(moments).toBe(3)
  expect(access_codes.count('true')).toBe(10)
  db.close()
})

test('a condition that looks into another table sees what waits to get there', () => {
  const db = openDatabase(':memory:')
  const { jobs, access_codes } = workspaceOf(db, 'one')
  jobs.replace({ kind: 'test', subject: 'a', due_at: 1 })
  jobs.replace({ kind: 'test', subject: 'b', due_at: 1 })
  expect(jobs.count('true')).toBe(2)
  access_codes.insert(codeRow('a', 'x', '1111'))
  const hasCode = `subject in (select access_code_id from access_codes c where c.workspace_id = jobs.workspace_id)`
  expect(jobs.column('subject', hasCode)).toEqual(['a'])
  access_codes.insert(codeRow('b', 'x', '2222'))
  expect(jobs.deleteWhere(hasCode)).toBe(2)
  db.close()
})
