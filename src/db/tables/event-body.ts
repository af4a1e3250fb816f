/**
 * What an event carries stands in its table without what its columns say already, which is most of it
 * (docs/decisions/0222). Files of before have it whole, and it may stay so.
 */
import { isRecord } from '../../lib/is-record.ts'
import { toIso } from '../../lib/instant.ts'
import { remembering } from '../../lib/remembering.ts'
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

/** A layout as it is read: what stands between values of columns, and which columns those are. */
interface Layout {
  /** The texts before each column's value, and the last one, after all of them. */
  readonly between: readonly string[]
  readonly columns: readonly string[]
  /** How many other fields stand in each of those texts, and where: nearly always all in one place. */
  readonly others: readonly { readonly nth: number; readonly at: number }[]
}

const readLayout = (letters: string): Layout => {
  const between = ['']
  const its: string[] = []
  const others: { nth: number; at: number }[] = []
  const add = (text: string): void => {
    between.push(`${between.pop() ?? ''}${text}`)
  }
  for (const letter of letters) {
    const name = byLetter.get(letter)
    const nth = between.length - 1
    if (name === undefined) others.push({ nth, at: between[nth]?.length ?? 0 })
    else if (columns.has(name)) {
      add(`,"${name}":`)
      its.push(name)
      between.push('')
    } else add(`,"${name}":{}`)
  }
  return { between, columns: its, others }
}

/** There are a few dozen; files that were made by hand may hold any. */
const MOST_LAYOUTS = 1_000
const layoutOf = remembering(MOST_LAYOUTS, readLayout)

/** Texts that JSON writes as they are. */
const plain = /^[\w .:-]*$/

const quoted = (value: unknown): string =>
  typeof value === 'string' && plain.test(value) ? `"${value}"` : JSON.stringify(value)

/** The fields of a shortened text that no letter tells, as they go over the wire. */
const othersIn = (text: string): string[] => {
  const others: unknown = JSON.parse(`{${text.slice(1)}}`)
  return Object.entries(others ?? {}).map(
    ([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`,
  )
}

/** The texts between columns with the other fields in them. */
const filled = ({ between, others }: Layout, text: string): readonly string[] => {
  const [first] = others
  if (first === undefined) return between
  const texts = [...between]
  const put = (nth: number, at: number, more: string): void => {
    const before = texts[nth] ?? ''
    texts[nth] = `${before.slice(0, at)}${more}${before.slice(at)}`
  }
  // All in one place they stand there as they are kept.
  if (others.every(({ nth, at }) => nth === first.nth && at === first.at)) {
    put(first.nth, first.at, text)
    return texts
  }
  const told = othersIn(text)
  for (const [index, { nth, at }] of [...others.entries()].toReversed())
    put(nth, at, told[index] ?? '')
  return texts
}

/** An event exactly as it goes over the wire. */
export const bodyOf = ({ workspace_id }: Place, event: Event): string => {
  const { body, event_id, event_type } = event
  if (!body.startsWith(BEGIN)) return body
  const end = body.indexOf('"', BEGIN.length)
  const layout = layoutOf(body.slice(BEGIN.length, end))
  const texts = filled(layout, body.slice(end + 1, -1))
  const created = toIso(event.created_at)
  const occurred = event.occurred_at === event.created_at ? created : toIso(event.occurred_at)
  let text = `{"event_id":${quoted(event_id)},"event_type":${quoted(event_type)},"workspace_id":${quoted(workspace_id)},"created_at":"${created}","occurred_at":"${occurred}"`
  const its: Fields = event
  for (let nth = 0; nth < layout.columns.length; nth++)
    text += `${texts[nth] ?? ''}${quoted(its[layout.columns[nth] ?? ''])}`
  return `${text}${texts[layout.columns.length] ?? ''}}`
}
