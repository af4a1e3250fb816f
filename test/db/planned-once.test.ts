import { afterEach, expect, test, vi } from 'vitest'
import { and, asc, eq, gt, orderBy, where } from '../../src/db/conditions.ts'
import { jobs } from '../../src/db/tables/jobs.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'

afterEach(() => vi.restoreAllMocks())

const later = where(jobs, ['kind', 'due_at'], (c, its) =>
  and(eq(c.kind, its.kind), gt(c.due_at, its.due_at)),
)
const soonestFirst = orderBy(jobs, (c) => [asc(c.due_at)])

test('a statement is planned once, whatever values it is asked with', () => {
  const { read } = openFrozenWorld()
  read((world) => {
    const ask = (due_at: number, limit: number) => {
      const options = { order: soonestFirst, limit, offset: 0 }
      expect(world.jobs.all(later({ kind: 'lock.battery', due_at }), options)).not.toEqual([])
      expect(world.jobs.first([], { order: soonestFirst, limit })).toBeDefined()
    }
    ask(0, 1)
    // For each plan of a statement of rows better-sqlite3 compiles a function.
    const compiled = vi.spyOn(globalThis, 'Function')
    for (let i = 1; i < 5; i++) ask(i, i + 1)
    expect(compiled).not.toHaveBeenCalled()
  })
})

test('the keys of a workspace are asked for by a statement that is planned once', () => {
  const { universe, workspace_id } = openFrozenWorld()
  const { credentials } = universe.db
  const ask = (id: string) => credentials.ofWorkspace(id)
  expect(ask(workspace_id)).not.toEqual([])
  const compiled = vi.spyOn(globalThis, 'Function')
  ask('another')
  expect(ask(workspace_id)).not.toEqual([])
  expect(compiled).not.toHaveBeenCalled()
})
