import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestEmulator } from '../support/emulator.ts'
import { driveHotRoutes, startOverFile } from '../support/hot-routes.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startOverFile()
  await driveHotRoutes(emulator)
})
afterAll(() => emulator.close())

/** `SCAN` means every row of a table; reading the values of a parameter's JSON array is none. */
const scans = (plan: readonly string[]): boolean =>
  plan.some((step) => step.startsWith('SCAN') && !step.includes('json_each'))

/** Plans that use no more of an index than the workspace: all of its rows are looked at. */
const readsWholeWorkspace = (plan: readonly string[]): boolean =>
  plan.some((step) => step.endsWith('(workspace_id=?)'))

describe('the statements of busy routes', () => {
  it('are many', () => {
    expect(emulator.universe.db.queryPlans().length).toBeGreaterThan(60)
  })

  it('never scan a table', () => {
    const bad = emulator.universe.db.queryPlans().filter(({ plan }) => scans(plan))
    expect(bad).toEqual([])
  })

  it('look at a whole workspace only where all of it is asked for', () => {
    const whole = emulator.universe.db
      .queryPlans()
      .filter(({ sql, plan }) => readsWholeWorkspace(plan) && !isMeantForAll(sql, plan))
    expect(whole.map(({ sql }) => sql)).toEqual([])
  })

  it('find what is on its way among credentials without a look at the others', () => {
    const found = emulator.universe.db
      .queryPlans()
      .filter(({ sql }) => sql.includes('acs_credentials.push is not null'))
    expect(found.map(({ plan }) => plan.join())).toEqual([
      'SEARCH acs_credentials USING INDEX acs_credentials_on_their_way (workspace_id=?)',
    ])
  })
})

/** Small tables that are read whole, queues that are read from their head, and sets of ids. */
const isMeantForAll = (sql: string, plan: readonly string[]): boolean =>
  /from (workspaces|connected_accounts|bridges|devices|locks|webhooks|faults|inbox_messages|acs_systems|acs_entrances|acs_access_groups) /.test(
    sql,
  ) ||
  sql.startsWith('update workspaces ') ||
  /order by due_at/.test(sql) ||
  // The first rows by an index; where they have to be sorted first, all are read.
  (/limit [\d+]/.test(sql) && !plan.some((step) => step.includes('TEMP B-TREE'))) ||
  // Those that are on their way, by an index that has no others.
  /acs_credentials\.push is not null/.test(sql) ||
  /status = 'pending' and action_attempts.access_code_id is not null/.test(sql)
