/** Text of objects that are answered again and again: what did not change is not serialised anew. */
import { isRecord } from '../../lib/is-record.ts'
import { createBytes } from './bytes.ts'

const texts = new WeakMap<object, string | null>()

/** Says that an object will not change, so that its text may be kept as long as it lives. */
export const keepText = <T extends object>(value: T): T => {
  texts.set(value, null)
  return value
}

const textOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const known = texts.get(value)
  if (typeof known === 'string') return known
  const text = JSON.stringify(value)
  if (known === null) texts.set(value, text)
  return text
}

const isKept = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && texts.has(value)

const bodies = new WeakMap<object, Uint8Array<ArrayBuffer>>()

/** A body that is answered again and again, and how many bytes it is. */
export interface KeptBody {
  readonly text: string
  readonly size: number
}

interface Envelope extends KeptBody {
  readonly key: string
}

/** The whole body around what is answered alone, once it has been answered before. */
const envelopes = new WeakMap<object, Envelope>()

/** The only key of an object; undefined where there are more. */
const onlyKey = (result: object): string | undefined => {
  let only: string | undefined
  for (const key in result) {
    if (only !== undefined) return undefined
    only = key
  }
  return only
}

/** The body of a result of one kept object alone; undefined for any other. */
export const keptBody = (result: object): KeptBody | undefined => {
  const key = onlyKey(result)
  if (key === undefined || !isRecord(result)) return undefined
  const value = result[key]
  if (typeof value !== 'object' || value === null) return undefined
  const known = envelopes.get(value)
  if (known?.key === key) return known
  if (typeof texts.get(value) !== 'string' || texts.has(result)) return undefined
  // Through bytes, so that V8 has it as one text: put together, it would be so at each use.
  const bytes = Buffer.from(envelopeText(result))
  const envelope = { key, text: bytes.toString(), size: bytes.length }
  envelopes.set(value, envelope)
  return envelope
}

/** The body of a successful answer. The parts of the result, or the whole of it, may be kept. */
export const bodyOf = (result: object): string | Uint8Array<ArrayBuffer> => {
  if (!texts.has(result)) return keptBody(result)?.text ?? freshBody(result)
  let body = bodies.get(result)
  if (body === undefined) {
    const fresh = freshBody(result)
    // As bytes, which a socket takes as they are.
    body = typeof fresh === 'string' ? new TextEncoder().encode(fresh) : fresh
    bodies.set(result, body)
  }
  return body
}

/** A list of so many members is put into bytes piece by piece. */
const MANY = 64

const isLong = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length >= MANY && isKept(value[0])

const freshBody = (result: object): string | Uint8Array<ArrayBuffer> =>
  Object.values(result).some(isLong) ? longBody(result) : envelopeText(result)

const textsOf = (list: readonly unknown[]): string[] =>
  list.map((member) => textOf(member) ?? 'null')

const partOf = (value: unknown): string | undefined =>
  Array.isArray(value) && isKept(value[0]) ? `[${textsOf(value).join(',')}]` : textOf(value)

/** The same as `JSON.stringify({ ...result, ok: true })`. */
const envelopeText = (result: object): string => {
  let text = ''
  // Several lists are answered under two keys.
  let last: { value: unknown; part: string | undefined } | null = null
  for (const [key, value] of Object.entries({ ...result, ok: true })) {
    const part: string | undefined =
      last !== null && last.value === value ? last.part : partOf(value)
    last = { value, part }
    if (part !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${part}`
  }
  return `{${text}}`
}

/** The same text as bytes. To make one long text first, and then bytes of it, is three times the work. */
const longBody = (result: object): Uint8Array<ArrayBuffer> => {
  const lists = Object.values(result).filter(isLong)
  const members = new Map(lists.map((list) => [list, textsOf(list)]))
  const sizeOf = (list: unknown[]) =>
    members.get(list)?.reduce((sum, { length }) => sum + length + 1, 0) ?? 0
  const bytes = createBytes(lists.reduce((sum, list) => sum + sizeOf(list), 1_000))
  const places = new Map<unknown, { from: number; to: number }>()
  for (const [key, value] of Object.entries({ ...result, ok: true })) {
    const part = isLong(value) ? '' : partOf(value)
    if (part === undefined) continue
    bytes.add(`${bytes.length() === 0 ? '{' : ','}${JSON.stringify(key)}:${part}`)
    if (!isLong(value)) continue
    const before = places.get(value)
    const from = bytes.length()
    if (before === undefined) bytes.addList(members.get(value) ?? [])
    else bytes.addAgain(before.from, before.to)
    places.set(value, { from, to: bytes.length() })
  }
  bytes.add('}')
  return bytes.whole()
}
