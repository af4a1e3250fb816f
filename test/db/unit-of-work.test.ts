/** Writes that wait must never be missed by a reader, nor survive a transaction that failed. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import type { DatabaseClient } from '../../src/db/database.ts'
import { asc, inTable, is, orderBy } from '../../src/db/conditions.ts'
import { access_codes as codes } from '../../src/db/tables/access-codes.ts'
import { jobs as allJobs } from '../../src/db/tables/jobs.ts'
import { codeRow, workspaceOf } from '../support/codes-in-database.ts'
import { runs } from '../support/experiment.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'seam-emulator-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const onDevice = is(codes.device_id)
const withPin = is(codes.code)
const byDue = orderBy(allJobs, (job) => [asc(job.due_at), asc(job.seq)])
const ofCode = inTable(allJobs.subject, codes.access_code_id)

const ids = fc.constantFrom('a', 'b', 'c', 'd')
const devices = fc.constantFrom('x', 'y')
const pins = fc.constantFrom('1111', '2222')
const deed = fc.oneof(
  fc.record({ do: fc.constant('put' as const), id: ids, device: devices, pin: pins }),
  fc.record({ do: fc.constant('change' as const), id: ids, pin: pins }),
  fc.record({ do: fc.constant('move' as const), id: ids, device: devices }),
  fc.record({ do: fc.constant('delete' as const), id: ids }),
  fc.record({ do: fc.constant('clear' as const), device: devices }),
  fc.record({ do: fc.constant('empty' as const) }),
  fc.record({ do: fc.constant('reprogram' as const), device: devices, pin: pins }),
  fc.record({ do: fc.constant('schedule' as const), id: ids, at: fc.nat({ max: 5 }) }),
  fc.record({ do: fc.constant('cancel' as const), id: ids }),
  fc.record({ do: fc.constant('look' as const), id: ids, device: devices, pin: pins }),
  fc.record({ do: fc.constant('rest' as const), rows: fc.nat({ max: 3 }) }),
  // Another binding takes over, as after a reset.
  fc.record({ do: fc.constant('reopen' as const) }),
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

/** One workspace's tables beside what they ought to hold. */
const openPlace = (db: DatabaseClient, workspace_id: string) => {
  let { access_codes, jobs } = workspaceOf(db, workspace_id)
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
    expect(names(access_codes.all(onDevice(device)))).toEqual(of((code) => code.device === device))
    expect(names(access_codes.matching(device, pin))).toEqual(
      of((code) => code.device === device && code.pin === pin),
    )
    expect(access_codes.count(withPin(pin))).toBe(of((code) => code.pin === pin).length)
    const due = [...model.jobs]
      .sort(([, a], [, b]) => a.at - b.at || a.order - b.order)
      .map(([subject]) => subject)
    expect(jobs.column('subject', [], { order: byDue })).toEqual(due)
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
        access_codes.deleteWhere(onDevice(it.device))
        for (const [id, code] of model.codes) if (code.device === it.device) model.codes.delete(id)
        return
      case 'empty':
        for (const table of [access_codes, jobs]) table.dropWaiting()
        for (const table of [access_codes, jobs]) table.clear()
        model = { codes: new Map(), jobs: new Map() }
        return
      case 'reprogram':
        access_codes.updateWhere(onDevice(it.device), { code: it.pin })
        for (const [id, code] of model.codes) {
          if (code.device === it.device) model.codes.set(id, { ...code, pin: it.pin })
        }
        return
      case 'reopen':
        ;({ access_codes, jobs } = db.tablesOf(workspace_id))
        return
      case 'schedule':
        jobs.replace({ kind: 'device.sync', subject: it.id, due_at: it.at })
        model.jobs.set(it.id, { at: it.at, order })
        return
      case 'cancel':
        jobs.delete([it.id, 'device.sync'])
        model.jobs.delete(it.id)
        return
      case 'look':
        compare(it.id, it.device, it.pin)
        return
      case 'rest':
      default:
    }
  }

  return {
    perform,
    save: () => copyOf(model),
    restore: (saved: Model) => {
      model = saved
    },
    compareAll: () => {
      for (const id of ['a', 'b', 'c', 'd']) {
        for (const device of ['x', 'y'])
          for (const pin of ['1111', '2222']) compare(id, device, pin)
      }
    },
  }
}

const failure = new Error('on purpose')

interface Transaction {
  deeds: { it: Deed; there: 'one' | 'two' }[]
  /** Whether it fails, or a part of it that whoever called that part gets over. */
  fails: 'never' | 'at the end' | 'inside'
}

const check = (db: DatabaseClient, transactions: Transaction[]): void => {
  // Their rows have the same ids.
  const places = { one: openPlace(db, 'one'), two: openPlace(db, 'two') }
  for (const { deeds, fails } of transactions) {
    const before = { one: places.one.save(), two: places.two.save() }
    const performAll = (): void => {
      for (const { it, there } of deeds) places[there].perform(it)
      if (fails !== 'never') throw failure
    }
    const run = () =>
      db.transaction(() => {
        if (fails !== 'inside') return performAll()
        expect(() => db.transaction(performAll)).toThrow(failure)
      })
    if (fails === 'at the end') {
      expect(run).toThrow(failure)
      places.one.restore(before.one)
      places.two.restore(before.two)
    } else {
      run()
    }
    for (const { it } of deeds) if (it.do === 'rest') db.flush(it.rows)
  }
  places.one.compareAll()
  places.two.compareAll()
  // Also where nothing is at hand any more.
  for (const place of [places.one, places.two]) {
    place.perform({ do: 'reopen' })
    place.compareAll()
  }
}

const transactions = fc.array(
  fc.record({
    deeds: fc.array(fc.record({ it: deed, there: fc.constantFrom('one', 'one', 'two') }), {
      maxLength: 8,
    }),
    fails: fc.constantFrom('never', 'never', 'at the end', 'inside'),
  }),
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
      .access_codes.all()
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
  expect(access_codes.count()).toBe(10)
  db.close()
})

test('a condition that looks into another table sees what waits to get there', () => {
  const db = openDatabase(':memory:')
  const { jobs, access_codes } = workspaceOf(db, 'one')
  jobs.replace({ kind: 'device.sync', subject: 'a', due_at: 1 })
  jobs.replace({ kind: 'device.sync', subject: 'b', due_at: 1 })
  expect(jobs.count()).toBe(2)
  access_codes.insert(codeRow('a', 'x', '1111'))
  const hasCode = ofCode([])
  expect(jobs.column('subject', hasCode)).toEqual(['a'])
  access_codes.insert(codeRow('b', 'x', '2222'))
  expect(jobs.deleteWhere(hasCode)).toBe(2)
  db.close()
})

test('an id may have line breaks, alone or as a part of one', () => {
  const file = join(folder, 'line breaks.db')
  const db = openDatabase(file)
  const { access_codes, jobs, lock_memory_slots } = workspaceOf(db, 'one')
  const id = 'two\nlines'
  const slot = { device_id: id, slot: 3, code: '1111', one_time: false, written_at: 0 }
  db.transaction(() => {
    access_codes.insert(codeRow(id, id, '1111'))
    jobs.replace({ kind: 'device.sync', subject: id, due_at: 1 })
    lock_memory_slots.replace(slot)
  })
  db.transaction(() => {
    access_codes.update(id, { code: '2222' })
    jobs.delete([id, 'device.sync'])
    lock_memory_slots.update([id, '3'], { code: '2222' })
  })
  db.close()
  const again = openDatabase(file)
  const tables = again.tablesOf('one')
  expect(tables.access_codes.get(id)?.code).toBe('2222')
  expect(tables.jobs.count()).toBe(0)
  expect(tables.lock_memory_slots.column('code')).toEqual(['2222'])
  again.close()
})

test.each([':memory:', 'twice.db'])('the same id twice is an error at once, in %s', (name) => {
  const db = openDatabase(name === ':memory:' ? name : join(folder, name))
  const { events } = workspaceOf(db, 'one')
  const other = workspaceOf(db, 'two')
  const event = { event_id: 'a', event_type: 'test', created_at: 0, occurred_at: 0 }
  const again = () => events.insert({ ...event, body: 'second' })
  const taken = 'There is a row "a" in events already.'
  events.insert({ ...event, body: 'first' })
  // While it waits, and when it is in its table.
  expect(again).toThrow(taken)
  expect(events.count()).toBe(1)
  expect(again).toThrow(taken)
  other.events.insert({ ...event, body: 'other' })
  while (db.flush(500));
  expect(events.column('body')).toEqual(['first'])
  expect(other.events.column('body')).toEqual(['other'])
  db.close()
})

test('rows come in the order of creation, whenever they reach their table', () => {
  const orderOf = (flushes: boolean): string[] => {
    const db = openDatabase(':memory:')
    const { lock_memory_slots } = workspaceOf(db, 'one')
    const write = (number: number): void => {
      const row = { device_id: 'x', slot: number, code: `${number}`, one_time: false }
      lock_memory_slots.replace({ ...row, written_at: 0 })
      if (flushes) db.flush(1)
    }
    for (const number of [3, 1, 2]) write(number)
    lock_memory_slots.delete(['x', '1'])
    for (const number of [1, 3]) write(number)
    const rows = db
      .rawTable('lock_memory_slots')
      .dump('one')
      .map((row) => String(row['code']))
    db.close()
    return rows
  }
  expect(orderOf(false)).toEqual(['2', '1', '3'])
  expect(orderOf(true)).toEqual(['2', '1', '3'])
})

test.each([':memory:', 'numbers.db'])('what fails takes no numbers, in %s', (name) => {
  const db = openDatabase(name === ':memory:' ? name : join(folder, name))
  const { access_codes } = workspaceOf(db, 'one')
  const other = workspaceOf(db, 'two')
  const seqs = (): (number | undefined)[] => ['a', 'b', 'c'].map((id) => access_codes.get(id)?.seq)
  for (const id of ['a', 'b']) access_codes.insert(codeRow(id, 'x', '1111'))
  access_codes.delete('b')
  expect(() =>
    db.transaction(() => {
      access_codes.insert(codeRow('b', 'x', '1111'))
      other.access_codes.insert(codeRow('b', 'x', '1111'))
      // It looks for the newest row, which is the first one now.
      other.access_codes.clear()
      access_codes.insert(codeRow('c', 'x', '1111'))
      throw failure
    }),
  ).toThrow(failure)
  access_codes.insert(codeRow('c', 'x', '1111'))
  expect(seqs()).toEqual([1, undefined, 3])
  db.close()
})

test.each([':memory:', 'moved.db'])(
  'a row that takes another id keeps its place, in %s',
  (name) => {
    const db = openDatabase(name === ':memory:' ? name : join(folder, name))
    const { lock_memory_slots } = workspaceOf(db, 'one')
    const slot = (device_id: string, code: string) =>
      lock_memory_slots.insert({ device_id, slot: 1, code, one_time: false, written_at: 0 })
    const found = () => lock_memory_slots.column('code')
    slot('a', '1111')
    slot('b', '2222')
    expect(found()).toEqual(['1111', '2222'])
    const move = (): void => {
      // The former id is free again at once.
      lock_memory_slots.update(['a', '1'], { device_id: 'c' })
      slot('a', '3333')
    }
    const inVain = () =>
      db.transaction(() => {
        move()
        expect(found()).toEqual(['1111', '2222', '3333'])
        throw failure
      })
    expect(inVain).toThrow(failure)
    expect(found()).toEqual(['1111', '2222'])
    db.transaction(move)
    while (db.flush(1));
    expect(found()).toEqual(['1111', '2222', '3333'])
    expect(lock_memory_slots.get(['c', '1'])?.code).toBe('1111')
    expect(lock_memory_slots.get(['a', '1'])?.code).toBe('3333')
    db.close()
  },
)

test('what is found by its values is right after changes of one row, of many and in vain', () => {
  const db = openDatabase(':memory:')
  const { access_codes } = workspaceOf(db, 'one')
  const found = (pin: string) => access_codes.matching('x', pin).map((row) => row.access_code_id)
  access_codes.insert(codeRow('a', 'x', '1111'))
  expect(found('1111')).toEqual(['a'])
  // None of these is at hand when it changes.
  for (let n = 0; n < 12_000; n++) access_codes.insert(codeRow(`other ${n}`, 'y', '9999'))
  while (db.flush(5_000));
  access_codes.update('a', { code: '2222' })
  expect([found('1111'), found('2222')]).toEqual([[], ['a']])
  const change = (): void => {
    access_codes.delete('a')
    access_codes.insert(codeRow('b', 'x', '2222'))
    expect(found('2222')).toEqual(['b'])
    throw failure
  }
  expect(() => db.transaction(change)).toThrow(failure)
  expect(found('2222')).toEqual(['a'])
  db.close()
})
