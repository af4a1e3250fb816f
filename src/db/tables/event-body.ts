/**
 * What an event carries stands in its table without what its columns say already, which is most of it
 * (docs/decisions/0222). Files of before have it whole, and it may stay so.
 */
import { isRecord } from '../../lib/is-record.ts'
import { toIso } from '../../lib/instant.ts'
import type { events } from './events.ts'

type Event = Omit<typeof events.$inferSelect, 'seq' | 'workspace_id' | 'declared' | 'ahead'>
type Fields = Readonly<Record<string, unknown>>

/** Whose event it is. */
interface Place {
  readonly workspace_id: string
}

/** The letters of fields that have a column, */
const columns: ReadonlyMap<string, string> = new Map([
  ['access_code_id', 'c'],
  ['access_grant_id', 'g'],
  ['access_method_id', 'm'],
  ['connect_webview_id', 'w'],
  ['connected_account_id', 'a'],
  ['device_id', 'd'],
])
/** and of those that are seldom other than empty. */
const empties: ReadonlyMap<string, string> = new Map([
  ['connected_account_custom_metadata', 'A'],
  ['device_custom_metadata', 'D'],
])
/** Of any other, which stands beside the letters. */
const OTHER = '.'

/** Under a name that no field has. */
const BEGIN = '{"":"'

const byLetter = new Map([...columns, ...empties].map(([name, letter]) => [letter, name]))

const isEmpty = (value: unknown): boolean => {
  // To go over the keys of a text would make an object of it, and a list of them.
  if (!isRecord(value)) return false
  for (const _ in value) return false
  return true
}

/** The letter that says all of a field; undefined where nothing does. */
const letterOf = (event: Fields, name: string, value: unknown): string | undefined => {
  if (value === event[name]) return columns.get(name)
  return isEmpty(value) ? empties.get(name) : undefined
}

/**
 * A text of what an event carries after its heading: the letters of all fields in their order, and those
 * fields that no letter tells. It is JSON, which conditions look into.
 */
export const shortened = (event: Fields, fields: Fields): string => {
  let layout = ''
  let others = ''
  for (const name in fields) {
    const value = fields[name]
    if (value === undefined) continue
    const known = letterOf(event, name, value)
    layout += known ?? OTHER
    if (known === undefined) others += `,"${name}":${JSON.stringify(value)}`
  }
  return `${BEGIN}${layout}"${others}}`
}

/** The fields of a shortened text that no letter tells, as they go over the wire. */
const othersIn = (body: string, end: number): string[] => {
  const others: unknown = JSON.parse(`{${body.slice(end + 2)}`)
  return Object.entries(others ?? {}).map(
    ([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`,
  )
}

/** An event exactly as it goes over the wire. */
export const bodyOf = ({ workspace_id }: Place, event: Event): string => {
  const { body } = event
  if (!body.startsWith(BEGIN)) return body
  const created = toIso(event.created_at)
  const occurred = event.occurred_at === event.created_at ? created : toIso(event.occurred_at)
  const { event_id, event_type }: Event = event
  const heading = { event_id, event_type, workspace_id, created_at: created, occurred_at: occurred }
  let text = JSON.stringify(heading).slice(0, -1)
  const end = body.indexOf('"', BEGIN.length)
  const others = body.length > end + 2 ? othersIn(body, end) : []
  let told = 0
  const its: Fields = event
  for (let at = BEGIN.length; at < end; at++) {
    const name = byLetter.get(body.charAt(at))
    if (name === undefined) text += others[told++] ?? ''
    else text += `,"${name}":${columns.has(name) ? JSON.stringify(its[name]) : '{}'}`
  }
  return `${text}}`
}
