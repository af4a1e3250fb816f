/** What the filters of several lists have in common. */
import { either, inTable, is, readsOf } from '../../db/conditions.ts'
import type { Filter, Options, Where } from '../../db/conditions.ts'
import { client_sessions } from '../../db/tables/client-sessions.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'
import { worldTables } from '../../db/tables/index.ts'
import type { WorldTable } from '../../db/tables/index.ts'
import type { Auth } from './auth.ts'
import type { WorldContext } from './endpoint.ts'
import { pageOf, pageStart } from './pagination.ts'

const sessionOf = is(client_sessions.user_identifier_key)
const accountOf = is(connected_accounts.customer_key)

type Column = Parameters<typeof inTable>[0]

/** What belongs to the accounts that the client sessions of a user have. */
export const ofUser = <C extends Column>(column: C) => {
  const inSessions = inTable(column, client_sessions.connected_account_ids)
  return (user_identifier_key: string) => inSessions(sessionOf(user_identifier_key))
}

/** What belongs to the accounts of a customer. */
export const ofCustomer = <C extends Column>(column: C) => {
  const inAccounts = inTable(column, connected_accounts.connected_account_id)
  return (customer_key: string) => inAccounts(accountOf(customer_key))
}

type OfIds<Table extends string> = (ids: readonly string[]) => Filter<Table>

/** What a client session sees: what belongs to its accounts or to the devices of its person. */
export const seenBy =
  <Table extends string>(ofAccounts: OfIds<Table>, ofDevices: OfIds<Table>) =>
  (auth: Auth): Filter<Table>[] => {
    const { visible_connected_account_ids: accounts, visible_device_ids: ids } = auth
    if (accounts === null) return []
    return [ids.length === 0 ? ofAccounts(accounts) : either(ofAccounts(accounts), ofDevices(ids))]
  }

/** The tables that the conditions look into. */
export const tablesIn = (conditions: readonly Filter[]): WorldTable[] => {
  const reads = readsOf(conditions)
  return worldTables.filter((name) => reads.has(name))
}

interface Page<Table extends string> {
  limit: number
  page_cursor?: string | null | undefined
  /** The rows with a greater number than this. */
  after: (seq: number) => Filter<Table>
}

/** One page of a table's rows that satisfy all conditions, in the order of their creation. */
export const pageOfRows = <Table extends string, Row extends { seq: number }>(
  call: WorldContext,
  table: { all(filter?: Where<Table>, options?: Options<Table>): Row[] },
  conditions: readonly Filter<Table>[],
  { limit, page_cursor, after }: Page<Table>,
) => {
  const start = pageStart(call, page_cursor)
  const rest = start === null ? [] : [after(Number(start[0]))]
  const rows = table.all([...conditions, ...rest], { limit: limit + 1 })
  return pageOf(call, rows, {
    limit,
    positionOf: (row) => [row.seq],
    hasFakeQuirks: call.world.workspace.loose_ids,
  })
}
