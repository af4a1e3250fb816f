// What an OpenAPI document says, as single facts that can be compared: a route, a parameter, a field
// of an object or an event, a code of an error, a value of an enum.
import type { ApiDocument, Schema } from './document.ts'

/** The kinds of facts, in the order in which they are told. */
export const kinds = {
  route: 'Routes',
  parameter: 'Parameters',
  answer: 'Answers',
  event: 'Events',
  code: 'Codes of errors, warnings and pending mutations',
  object: 'Objects',
  value: 'Values',
} as const

export type Kind = keyof typeof kinds

export interface Fact {
  readonly kind: Kind
  /** Where it stands: a route or the path of a field. No two facts of one kind share it. */
  readonly at: string
  /** What it is: a type, whether it may be missing, whether it is deprecated. */
  readonly is: string
  /** What the document says of it in prose. */
  readonly prose: string
}

/** A route, and nothing inside of it. */
const isPath = (at: string): boolean => at.startsWith('/') && !at.includes(' ')

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** The word that tells the variants of a union apart; an event and an error have one each. */
const TAG = /^(?:event_type|action_type|error_code|warning_code|mutation_code)$/

const wordOf = ({ enum: words, const: word }: Schema): unknown =>
  word ?? (words?.length === 1 ? words[0] : undefined)

const tagOf = ({ properties = {} }: Schema): string | undefined => {
  for (const [name, field] of Object.entries(properties)) {
    const word = TAG.test(name) ? wordOf(field) : undefined
    if (typeof word === 'string') return word
  }
  return undefined
}

/** What is read of one document, and what is known of it so far. */
interface Reading {
  readonly facts: Map<string, Fact>
  readonly schemas: Readonly<Record<string, Schema>>
  /** Objects that are told once by themselves, and elsewhere by their name. */
  readonly named: ReadonlySet<string>
  /** Those of them that public routes answer with or take. */
  readonly met: Set<string>
}

/** Where the reading is. */
interface Spot {
  readonly kind: Kind
  readonly at: string
}

const resolved = (reading: Reading, given: Schema): Schema => {
  if (given.$ref !== undefined) {
    return resolved(reading, reading.schemas[nameOf(given.$ref)] ?? {})
  }
  if (given.allOf === undefined) return given
  const parts = given.allOf.map((part) => resolved(reading, part))
  return {
    type: 'object',
    properties: Object.fromEntries(
      parts.flatMap(({ properties = {} }) => Object.entries(properties)),
    ),
    required: parts.flatMap(({ required = [] }) => required),
  }
}

const typeOf = (reading: Reading, field: Schema): string => {
  const { $ref } = field
  if ($ref !== undefined) return reading.named.has(nameOf($ref)) ? nameOf($ref) : 'object'
  const several = field.oneOf ?? field.anyOf
  const orNull = field.nullable === true ? ' or null' : ''
  if (several !== undefined)
    return `${[...new Set(several.map((part) => typeOf(reading, part)))].join(' or ')}${orNull}`
  if (typeof field.items === 'object') return `list of ${typeOf(reading, field.items)}${orNull}`
  const format = field.format === undefined ? '' : ` (${field.format})`
  return `${[field.type ?? 'anything'].flat().join(' or ')}${format}${orNull}`
}

const marksOf = (it: Schema, ...first: readonly string[]): string =>
  [
    ...first,
    ...(it.deprecated === true ? ['deprecated'] : []),
    ...(it['x-undocumented'] === undefined ? [] : ['undocumented']),
  ].join(', ')

/** Variants of a union may say the same thing several times; the first is as good as any. */
const note = ({ facts }: Reading, { kind, at }: Spot, is: string, prose = ''): void => {
  const key = `${kind} ${at}`
  if (!facts.has(key)) facts.set(key, { kind, at, is, prose })
}

const noteField = (reading: Reading, spot: Spot, field: Schema, isRequired: boolean): void => {
  const type = typeOf(reading, field)
  const is = isRequired ? marksOf(field, type, 'required') : marksOf(field, type)
  note(reading, spot, is, field.description)
  walk(reading, spot, field)
}

const noteVariant = (reading: Reading, spot: Spot, given: Schema): void => {
  const variant = resolved(reading, given)
  const tag = tagOf(variant)
  if (tag === undefined) {
    walk(reading, spot, given)
    return
  }
  const kind = spot.at === 'event' ? 'event' : 'code'
  const own: Spot = { kind, at: `${spot.at} ${tag}` }
  note(reading, own, marksOf(variant), variant.description)
  walk(reading, own, variant)
}

const walk = (reading: Reading, spot: Spot, given: Schema): void => {
  if (given.$ref !== undefined && reading.named.has(nameOf(given.$ref))) {
    reading.met.add(nameOf(given.$ref))
    return
  }
  const { kind, at } = spot
  const join = isPath(at) ? ' ' : '.'
  const found = resolved(reading, given)
  for (const part of found.oneOf ?? found.anyOf ?? []) noteVariant(reading, spot, part)
  for (const [name, field] of Object.entries(found.properties ?? {})) {
    const isRequired = found.required?.includes(name) === true
    noteField(reading, { kind, at: `${at}${join}${name}` }, field, isRequired)
  }
  if (typeof found.items === 'object') walk(reading, { kind, at: `${at}[]` }, found.items)
  if (typeof found.additionalProperties === 'object') {
    walk(reading, { kind, at: `${at}{}` }, found.additionalProperties)
  }
  // A single word is the name of its variant, which is told already.
  const words = (found.enum?.length ?? 0) > 1 ? (found.enum ?? []) : []
  for (const word of words) note(reading, { kind: 'value', at: `${at}: ${String(word)}` }, '')
}

type Operations = ApiDocument['paths'][string]

const noteRoute = (reading: Reading, path: string, operations: Operations): void => {
  for (const [method, it] of Object.entries(operations)) {
    if (it['x-undocumented'] !== undefined) continue
    const spot: Spot = { kind: 'route', at: `${method.toUpperCase()} ${path}` }
    note(reading, spot, it.deprecated === true ? 'deprecated' : '', it.description)
    const parameter: Spot = { kind: 'parameter', at: path }
    for (const { name, required, schema } of it.parameters ?? []) {
      noteField(reading, { ...parameter, at: `${path} ${name}` }, schema, required === true)
    }
    const body = it.requestBody?.content['application/json']?.schema
    if (body !== undefined) walk(reading, parameter, body)
    const answer = it.responses['200']?.content?.['application/json']?.schema
    if (answer !== undefined) walk(reading, { kind: 'answer', at: path }, answer)
  }
}

/** Everything that a document says in public, by `kind at`; objects in `named` stand by themselves. */
export const factsOf = (
  { paths, components: { schemas } }: ApiDocument,
  named: ReadonlySet<string>,
): ReadonlyMap<string, Fact> => {
  const reading: Reading = { facts: new Map(), schemas, named, met: new Set() }
  for (const [path, operations] of Object.entries(paths)) noteRoute(reading, path, operations)
  // Objects that are met inside of objects are added while this goes on.
  for (const name of reading.met) {
    walk(reading, { kind: 'object', at: name }, schemas[name] ?? {})
  }
  return reading.facts
}
