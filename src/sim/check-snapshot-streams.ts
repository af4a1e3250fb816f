/** Whether the luck of a snapshot goes on where its world stands: what is drawn next must be free. */
import { drawnIds } from '../db/tables/index.ts'
import type { Snapshot, SnapshotProblem } from '../db/snapshot-format.ts'
import { commonKeyOf } from './access-codes/multiple.ts'
import { cardNumberOf } from './acs-cards/rows.ts'
import { createStream } from './kernel/random.ts'

/** What was drawn from a stream and is in use. */
interface Drawn {
  readonly table: string
  readonly taken: Set<unknown>
}

/** What becomes of a UUID that is drawn for something else than an id. */
const madeOf: Readonly<Record<string, (uuid: string) => string>> = {
  acs_card: cardNumberOf,
  common_code_key: commonKeyOf,
}

const drawnIn = (tables: Snapshot['tables']): Map<string, Drawn> => {
  const found = new Map<string, Drawn>()
  const note = (name: string, table: string, value: unknown): void => {
    const drawn = found.get(name) ?? { table, taken: new Set() }
    drawn.taken.add(value)
    found.set(name, drawn)
  }
  for (const { name, table, column } of drawnIds())
    for (const row of tables[table]) note(name, table, row[column])
  for (const { access_code_id, device_id, common_code_key } of tables.access_codes) {
    // Each lock draws its own.
    note(`access_code ${String(device_id)}`, 'access_codes', access_code_id)
    note('common_code_key', 'access_codes', common_code_key)
  }
  return found
}

/** A stream whose position went back would give what is taken. */
export const problemsOfStreams = ({ tables, workspace }: Snapshot): SnapshotProblem[] => {
  const places = new Map(tables.streams.map(({ name }, index) => [name, index]))
  return [...drawnIn(tables)].flatMap(([name, { table, taken }]) => {
    const index = places.get(name)
    const position = index === undefined ? 0 : Number(tables.streams[index]?.['position'])
    const stream = createStream(workspace.seed, name)
    const made = madeOf[name] ?? ((uuid: string) => uuid)
    const isBehind = [...taken].some((_, nth) => taken.has(made(stream.uuid(position + nth))))
    const path =
      index === undefined ? ['tables', 'streams'] : ['tables', 'streams', index, 'position']
    const message = `of the stream ${name} is behind: it would give ids that ${table} has already`
    return isBehind ? [{ path, message }] : []
  })
}
