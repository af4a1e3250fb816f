/** Rows of a reference, out of JSON schemas: a field, its type, what holds without it, what it means. */
import { z } from 'zod'
import { formatDuration } from '../src/lib/duration.ts'
import { eventTypes } from '../src/contract/vocabulary.ts'
import { code } from './markdown.ts'

export interface Schema {
  type?: string | string[]
  description?: string
  format?: string
  default?: unknown
  enum?: unknown[]
  const?: unknown
  minimum?: number
  maximum?: number
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema | boolean
  prefixItems?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  $ref?: string
  $defs?: Record<string, Schema>
}

const schema: z.ZodType<Schema> = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  default: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  required: z.array(z.string()).optional(),
  $ref: z.string().optional(),
  get properties() {
    return z.record(z.string(), schema).optional()
  },
  get items() {
    return z.union([schema, z.boolean()]).optional()
  },
  get prefixItems() {
    return z.array(schema).optional()
  },
  get anyOf() {
    return z.array(schema).optional()
  },
  get oneOf() {
    return z.array(schema).optional()
  },
  get $defs() {
    return z.record(z.string(), schema).optional()
  },
})

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** What is sent (`input`) or answered, as JSON Schema. */
export const schemaOf = (type: z.ZodType, io: 'input' | 'output'): Schema => {
  const {
    $ref,
    $defs = {},
    ...root
  } = schema.parse(z.toJSONSchema(type, { io, unrepresentable: 'any' }))
  // A type with a name is nothing but a reference to itself.
  return { $defs, ...($ref === undefined ? root : $defs[nameOf($ref)]) }
}

const isNull = (part: Schema): boolean => part.type === 'null'

const unique = (texts: readonly string[]): string => [...new Set(texts)].join(' or ')

const isEventType = (words: readonly unknown[]): boolean =>
  words.length === eventTypes.length && words.every((it, at) => it === eventTypes[at])

const wordsOf = (words: readonly unknown[]): string =>
  isEventType(words) ? 'event type' : words.map((it) => code(String(it))).join(' ')

const numberOf = ({ type, minimum = -Infinity, maximum = Infinity }: Schema): string =>
  Number.isSafeInteger(maximum) && maximum !== Number.MAX_SAFE_INTEGER && minimum > -Infinity
    ? `${String(type)}, ${minimum} to ${maximum}`
    : String(type)

const listOf = ({ items, prefixItems }: Schema): string => {
  if (prefixItems !== undefined) return `list of ${prefixItems.length}: ${typeOf(prefixItems[0])}`
  return typeof items === 'object' ? `list of ${typeOf(items)}` : 'list'
}

/** A length of time is a number of milliseconds or a text. */
const plainOf = (types: readonly string[]): string =>
  types.join(' or ').replace('number or string', 'duration')

/** The type of a field, for people. */
export const typeOf = (field: Schema = {}): string => {
  if (field.$ref !== undefined) return `[${nameOf(field.$ref)}](#${nameOf(field.$ref)})`
  const parts = field.anyOf ?? field.oneOf
  if (parts !== undefined) {
    const some = parts.filter((part) => !isNull(part))
    const type = unique(some.map(typeOf))
    return some.length < parts.length ? `${type} or null` : type
  }
  if (field.enum !== undefined) return wordsOf(field.enum)
  if (field.const !== undefined) return code(JSON.stringify(field.const))
  if (field.type === 'array') return listOf(field)
  if (field.format === 'date-time') return 'instant'
  if (field.format === 'uuid') return 'id'
  if (field.type === 'integer' || field.type === 'number') return numberOf(field)
  return field.type === undefined ? 'anything' : plainOf([field.type].flat())
}

const defaultOf = (field: Schema, type: string, required: boolean): string => {
  if (field.default === undefined) return required ? 'required' : ''
  const { default: value } = field
  if (type === 'duration' && typeof value === 'number') return code(formatDuration(value))
  return code(JSON.stringify(value))
}

/** Several shapes as one: a field is required where all require it. */
const merged = (shapes: readonly Schema[]): Schema => {
  const properties: Record<string, Schema> = {}
  for (const shape of shapes) {
    for (const [name, field] of Object.entries(shape.properties ?? {})) {
      const known = properties[name]
      const words = [...(known?.enum ?? [known?.const]), ...(field.enum ?? [field.const])]
      const named = words.filter((it) => it !== undefined)
      properties[name] =
        known === undefined || named.length === 0 ? (known ?? field) : { ...known, enum: named }
    }
  }
  const required = Object.keys(properties).filter((name) =>
    shapes.every((shape) => shape.required?.includes(name)),
  )
  return { type: 'object', properties, required }
}

export const shapeOf = (type: Schema): Schema => {
  const parts = type.oneOf ?? type.anyOf
  return parts === undefined ? type : merged(parts)
}

const isOpen = ({ properties }: Schema): boolean => properties !== undefined

/** What stands inside of a field, and how it is reached. */
const inside = (field: Schema, path: string): [Schema, string] | undefined => {
  if (isOpen(field)) return [field, `${path}.`]
  const { items } = field
  if (typeof items === 'object' && isOpen(items)) return [items, `${path}[].`]
  const object = field.anyOf?.filter((part) => !isNull(part))
  const [only] = object?.length === 1 ? object : []
  return only === undefined ? undefined : inside(only, path)
}

/** The page says once what a duration is. */
const USUAL = / Such as `"\d+\w"`.* milliseconds\.$/

const meaningOf = ({ description, $ref }: Schema, $defs: Record<string, Schema>): string => {
  const said = description ?? ($ref === undefined ? '' : $defs[nameOf($ref)]?.description)
  return (said ?? '').replace(USUAL, '')
}

interface RowOptions {
  /** Whether it is said what must be given, and what holds otherwise. */
  readonly sent: boolean
  readonly within?: string
  /** Of which fields nothing more is said here. */
  readonly closed?: ReadonlySet<string>
  readonly $defs?: Record<string, Schema>
}

/** Every field of an object, those inside of it with their path. */
export const rowsOf = (type: Schema, options: RowOptions): string[][] => {
  const { sent, within = '', closed, $defs = type.$defs ?? {} } = options
  const { properties = {}, required = [] } = shapeOf(type)
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${within}${name}`
    const isClosed = closed?.has(name) === true
    const kind = typeOf(field)
    const row = [
      code(path),
      kind,
      ...(sent ? [defaultOf(field, kind, required.includes(name))] : []),
      meaningOf(field, $defs),
    ]
    const inner = isClosed ? undefined : inside(field, path)
    if (inner === undefined) return [row]
    return [row, ...rowsOf(inner[0], { ...options, $defs, within: inner[1] })]
  })
}
