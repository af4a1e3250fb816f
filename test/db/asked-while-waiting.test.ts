/** Rows that are not in their table yet are looked through: that must find what SQLite finds. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  and,
  asc,
  desc,
  either,
  eq,
  gt,
  gte,
  inTable,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  none,
  not,
  oneOf,
  or,
  orderBy,
  where,
} from '../../src/db/conditions.ts'
import type { Filter } from '../../src/db/conditions.ts'
import { openDatabase } from '../../src/db/database.ts'
import { access_codes as codes } from '../../src/db/tables/access-codes.ts'
import { jobs } from '../../src/db/tables/jobs.ts'
import { codeRow, workspaceOf } from '../support/codes-in-database.ts'
import { runs } from '../support/experiment.ts'

/** Also some that UTF-16 has in another order than UTF-8. */
const texts = fc.constantFrom('', "it's", 'A', 'a', 'aa', 'é', '\uFFFD', '\u{1F3E0}', '10', '9')
const numbers = fc.constantFrom(-1, 0, 1, 9, 10, 1.5, 1_735_689_600_000)
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: 3 })

const rows = fc.array(
  fc.record({
    name: maybe(texts),
    code: maybe(texts),
    starts_at: maybe(numbers),
    ends_at: maybe(numbers),
    is_managed: fc.boolean(),
  }),
  { maxLength: 12 },
)

const comparisons = fc.constantFrom(eq, ne, lt, lte, gt, gte)

/** A comparison, of each kind that there is. */
const plain: fc.Arbitrary<() => Filter<'access_codes'>> = fc.oneof(
  fc.tuple(comparisons, texts).map(([holds, name]) => {
    return () => where(codes, ['name'], (c, its) => holds(c.name, its.name))({ name })
  }),
  fc.tuple(comparisons, numbers).map(([holds, ends_at]) => {
    return () => where(codes, ['ends_at'], (c, its) => holds(c.ends_at, its.ends_at))({ ends_at })
  }),
  fc.tuple(comparisons, texts).map(([holds, known]) => {
    return () => where(codes, [], (c) => holds(c.code, known))()
  }),
  comparisons.map((holds) => () => where(codes, [], (c) => holds(c.starts_at, c.ends_at))()),
  fc.boolean().map(
    (it) => () =>
      where(codes, ['is_managed'], (c, its) => eq(c.is_managed, its.is_managed))({
        is_managed: it,
      }),
  ),
  fc.constantFrom(isNull, isNotNull).map((holds) => () => where(codes, [], (c) => holds(c.name))()),
  fc
    .constantFrom(isNull, isNotNull)
    .map((holds) => () => where(codes, [], (c) => holds(c.effort))()),
  fc.array(texts, { maxLength: 3 }).map((list) => () => oneOf(codes.name)(list)),
  fc.array(fc.boolean(), { maxLength: 2 }).map((list) => () => oneOf(codes.is_managed)(list)),
  fc.tuple(comparisons, comparisons, texts, numbers).map(([one, other, name, starts_at]) => {
    return () =>
      where(codes, ['name', 'starts_at'], (c, its) =>
        or(
          not(and(one(c.name, its.name), isNotNull(c.code)) ?? isNull(c.code)),
          other(c.starts_at, its.starts_at),
        ),
      )({ name, starts_at })
  }),
)

const conditions = fc.letrec<{ any: () => Filter<'access_codes'> }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    plain,
    tie('any').map((make) => () => none(make())),
    fc.tuple(tie('any'), tie('any')).map(
      ([one, other]) =>
        () =>
          either(one(), [other(), one()]),
    ),
  ),
})).any

const orders = fc.constantFrom(
  undefined,
  orderBy(codes, (c) => [desc(c.seq)]),
  orderBy(codes, (c) => [asc(c.name), asc(c.seq)]),
  orderBy(codes, (c) => [desc(c.name), desc(c.seq)]),
  orderBy(codes, (c) => [desc(c.ends_at), asc(c.is_managed), asc(c.seq)]),
)
const limits = fc.constantFrom({}, { limit: 0 }, { limit: 3 }, { limit: 4, offset: 2 })

test('few rows that wait are found as their table would find them', () => {
  fc.assert(
    fc.property(
      rows,
      fc.array(fc.tuple(conditions, orders, limits), { maxLength: 6 }),
      (list, questions) => {
        const db = openDatabase(':memory:')
        const { access_codes } = workspaceOf(db, 'one')
        for (const [at, row] of list.entries())
          access_codes.insert({ ...codeRow(`id ${at}`, 'door', ''), ...row })
        // Some are made anew, some change and some go.
        for (const at of list.keys()) {
          if (at % 4 === 1) access_codes.update(`id ${at}`, { name: 'a' })
          if (at % 4 === 2) access_codes.delete(`id ${at}`)
          if (at % 4 === 3)
            access_codes.replace({ ...codeRow(`id ${at}`, 'door', '9'), ends_at: 1 })
        }
        const answers = () =>
          questions.map(([make, order, limit]) => {
            const options = { ...limit, ...(order !== undefined && { order }) }
            return [
              access_codes.all(make(), options),
              access_codes.column('is_managed', make(), options),
              access_codes.column('in_effect', make(), options),
              access_codes.first(make(), options),
              access_codes.count(make()),
              access_codes.has(make()),
              access_codes.matching('door', '9'),
            ]
          })
        const waiting = answers()
        db.flush(Number.POSITIVE_INFINITY)
        access_codes.forget()
        expect(waiting).toEqual(answers())
        db.close()
      },
    ),
    { numRuns: runs(400) },
  )
})

test('they are asked about without SQL, unless it takes another table or an order that leaves some level', () => {
  const db = openDatabase(':memory:')
  const { access_codes } = workspaceOf(db, 'one')
  const selects = () =>
    db.queryPlans().filter(({ sql }) => /^select .* from access_codes /.test(sql)).length
  for (const name of ['one', 'two']) access_codes.insert({ ...codeRow(name, 'door', '1'), name })
  const named = where(codes, ['name'], (c, its) => eq(c.name, its.name))
  expect(access_codes.all(named({ name: 'two' }))).toHaveLength(1)
  expect(access_codes.count()).toBe(2)
  expect(access_codes.matching('door', '1')).toHaveLength(2)
  expect(selects()).toBe(0)
  const level = orderBy(codes, (c) => [asc(c.created_at)])
  expect(access_codes.all([], { order: level })).toHaveLength(2)
  expect(selects()).toBe(1)
  const other = workspaceOf(db, 'two').access_codes
  other.insert(codeRow('one', 'door', '1'))
  expect(other.all(inTable(codes.access_code_id, jobs.subject)([]))).toEqual([])
  expect(selects()).toBe(2)
  db.close()
})

test('more of them go into their table to be asked about', () => {
  const db = openDatabase(':memory:')
  const { access_codes } = workspaceOf(db, 'one')
  for (let at = 0; at < 65; at++) access_codes.insert(codeRow(`id ${at}`, 'door', '1'))
  expect(access_codes.count()).toBe(65)
  expect(db.queryPlans().some(({ sql }) => sql.startsWith('select count(*)'))).toBe(true)
  db.close()
})
