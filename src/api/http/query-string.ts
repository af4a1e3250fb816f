/**
 * Query strings as Seam's API reads them (public sources: seamapi/url-search-params-parser and
 * seamapi/url-search-params-serializer). SDKs add `_strict=true` and spell every value one way;
 * people and older clients do not, and get the lenient reading.
 */
import { z } from 'zod'
import { apiError } from './errors.ts'

type Leaf = 'string' | 'number' | 'boolean'

/** How a parameter is spelled in a query string, derived once from its schema. */
type Spelling =
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'array'; readonly leaf: Leaf }
  | { readonly kind: 'record'; readonly leaf: Leaf }
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Spelling])[] }

type Fields = Extract<Spelling, { kind: 'object' }>['fields']

const text: Spelling = { kind: 'leaf', leaf: 'string' }

const fieldsOf = (shape: z.core.$ZodShape): Fields =>
  Object.entries(shape).map(([name, schema]) => [name, spellingOf(schema)])

const leafOf = (spelling: Spelling): Leaf => (spelling.kind === 'leaf' ? spelling.leaf : 'string')

const leaf = (type: Leaf): Spelling => ({ kind: 'leaf', leaf: type })

const spellingOf = (schema: z.core.$ZodType): Spelling => {
  if (schema instanceof z.ZodNumber) return leaf('number')
  if (schema instanceof z.ZodBoolean) return leaf('boolean')
  if (schema instanceof z.ZodLiteral) {
    const type = typeof schema.def.values[0]
    return type === 'number' || type === 'boolean' ? leaf(type) : text
  }
  if (schema instanceof z.ZodArray) {
    return { kind: 'array', leaf: leafOf(spellingOf(schema.def.element)) }
  }
  if (schema instanceof z.ZodRecord) {
    return { kind: 'record', leaf: leafOf(spellingOf(schema.def.valueType)) }
  }
  if (schema instanceof z.ZodObject) return { kind: 'object', fields: fieldsOf(schema.def.shape) }
  if (schema instanceof z.ZodUnion) return spellingOfUnion(schema.def.options.map(spellingOf))
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault
  ) {
    return spellingOf(schema.def.innerType)
  }
  if (schema instanceof z.ZodPipe) {
    // `z.preprocess` begins with the transform, `.transform()` ends with it.
    return spellingOf(schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in)
  }
  return text
}

/** Alternatives that are spelled alike keep their spelling, objects are merged, all else is text. */
const spellingOfUnion = (options: readonly Spelling[]): Spelling => {
  const [first = text, ...others] = options
  if (options.every((option) => option.kind === 'object')) {
    return { kind: 'object', fields: [...new Map(options.flatMap(({ fields }) => fields))] }
  }
  const alike = others.every(
    (other) => other.kind === first.kind && leafOf(other) === leafOf(first),
  )
  return alike ? first : text
}

const undecodable = (name: string, problem: string) =>
  apiError(400, 'invalid_query_params', `The query parameter "${name}" ${problem}.`)

const TRUE = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', '1'])
const FALSE = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', '0'])

const isEmpty = (value: string, strict: boolean): boolean =>
  strict ? value === '' : value.trim() === ''

/** What cannot be read as its type stays text: the schema then says what it expected. */
const decodeLeaf = (given: string, leaf: Leaf, strict: boolean): unknown => {
  if (leaf === 'string') return given === '' ? null : given
  if (isEmpty(given, strict)) return null
  const value = strict ? given : given.trim()
  if (leaf === 'number') {
    const number = value.trim() === value ? Number(value) : Number.NaN
    return Number.isFinite(number) ? number : value
  }
  if (value === 'true' || (!strict && TRUE.has(value))) return true
  if (value === 'false' || (!strict && FALSE.has(value))) return false
  return value
}

const single = (name: string, values: readonly string[]): string => {
  if (values.length > 1) throw undecodable(name, 'is given more than once but is not an array')
  return String(values[0])
}

type Query = ReadonlyMap<string, readonly string[]>

const decodeArray = (query: Query, name: string, leaf: Leaf, strict: boolean): unknown => {
  const repeated = query.get(name)
  const bracketed = strict ? undefined : query.get(`${name}[]`)
  if (repeated && bracketed) throw undecodable(name, `is given both as ${name} and as ${name}[]`)
  let values = repeated ?? bracketed
  if (values === undefined) return undefined
  if (values.length === 1 && isEmpty(String(values[0]), strict)) return []
  if (!strict && values.some((value) => value.includes(','))) {
    if (bracketed) throw undecodable(name, 'has a comma in a value spelled with brackets')
    if (values.length > 1) throw undecodable(name, 'mixes repeated values and a comma list')
    values = String(values[0]).split(',')
  }
  if (values.some((value) => isEmpty(value, strict))) {
    throw undecodable(name, 'mixes empty and other values')
  }
  return values.map((value) => decodeLeaf(value, leaf, strict))
}

const decodeRecord = (query: Query, name: string, leaf: Leaf, strict: boolean): unknown => {
  const prefix = `${name}.`
  const entries: [string, unknown][] = []
  for (const [key, values] of query) {
    if (!key.startsWith(prefix)) continue
    const inner = key.slice(prefix.length)
    if (inner.includes('.') || (!strict && inner.endsWith('[]'))) {
      throw undecodable(key, `lies deeper than the values of "${name}" can`)
    }
    entries.push([inner, decodeLeaf(single(key, values), leaf, strict)])
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

const decodeFields = (query: Query, fields: Fields, prefix: string, strict: boolean) => {
  const found: Record<string, unknown> = {}
  for (const [name, spelling] of fields) {
    const value = decode(query, spelling, prefix + name, strict)
    if (value !== undefined) found[name] = value
  }
  return found
}

/** An object or record that is itself given a value: empty means null, more is left to the schema. */
const decodeWhole = (query: Query, name: string, values: readonly string[], strict: boolean) => {
  for (const key of query.keys()) {
    if (key.startsWith(`${name}.`)) throw undecodable(name, `is given both whole and as "${key}"`)
  }
  const value = single(name, values)
  return isEmpty(value, strict) ? null : value
}

const decode = (query: Query, spelling: Spelling, name: string, strict: boolean): unknown => {
  if (spelling.kind === 'array') return decodeArray(query, name, spelling.leaf, strict)
  const values = query.get(name)
  if (spelling.kind === 'leaf') {
    return values && decodeLeaf(single(name, values), spelling.leaf, strict)
  }
  if (values) return decodeWhole(query, name, values, strict)
  if (spelling.kind === 'record') return decodeRecord(query, name, spelling.leaf, strict)
  const found = decodeFields(query, spelling.fields, `${name}.`, strict)
  return Object.keys(found).length === 0 ? undefined : found
}

/** A strict schema is to see unknown parameters, since it refuses them by name. */
const addUnknown = (found: Record<string, unknown>, query: Query, fields: Fields): void => {
  const known = new Set(fields.map(([name]) => name))
  for (const [name, values] of query) {
    if (!known.has(name.replace(/[.[].*$/s, ''))) found[name] = values[0]
  }
}

/** The names of an endpoint's parameters. */
export const parameterNames = (params: z.core.$ZodType): string[] => {
  const spelling = spellingOf(params)
  return spelling.kind === 'object' ? spelling.fields.map(([name]) => name) : []
}

/** Reads a query string (without `?`) into unvalidated input. */
export type QueryDecoder = (query: string) => Record<string, unknown>

/**
 * Makes the decoder for the parameters of one endpoint. Parameters that the schema does not know
 * are left out, unless the schema is strict.
 *
 * @throws from the decoder: 400 `invalid_query_params` for a query that can be read in two ways
 */
export const queryDecoder = (params: z.core.$ZodType): QueryDecoder => {
  const spelling = spellingOf(params)
  const fields = spelling.kind === 'object' ? spelling.fields : []
  const isStrict = params instanceof z.ZodObject && params.def.catchall instanceof z.ZodNever
  return (queryString) => {
    const query = new Map<string, string[]>()
    for (const [name, value] of new URLSearchParams(queryString)) {
      const values = query.get(name)
      if (values) values.push(value)
      else query.set(name, [value])
    }
    const strict = query.get('_strict')?.[0] === 'true'
    query.delete('_strict')
    const found = decodeFields(query, fields, '', strict)
    if (isStrict) addUnknown(found, query, fields)
    return found
  }
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)

const append = (query: URLSearchParams, name: string, value: unknown): void => {
  if (value === undefined) return
  if (Array.isArray(value)) {
    if (value.length === 0) query.append(name, '')
    for (const item of value) query.append(name, asText(item))
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) append(query, `${name}.${key}`, inner)
  } else {
    query.append(name, asText(value))
  }
}

/** The strict spelling of parameters, as SDKs write it; `queryDecoder` reads it back. */
export const encodeQuery = (params: Readonly<Record<string, unknown>>): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) append(query, name, value)
  return query.toString()
}
