/** Judges answers and events by Seam's own OpenAPI document, and counts what was judged. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { publicPaths, resolvedIn, seamDocument, seamSchema } from './seam-document.ts'
import type { SeamDocument, SeamSchema } from './seam-document.ts'

type JsonSchema = Record<string, unknown>

/** OpenAPI 3.0 to JSON schema: references resolved, `nullable` spelled out, unknown keys refused. */
const toJsonSchema = (schema: SeamSchema, from: SeamDocument): JsonSchema => {
  const found = resolvedIn(schema, from)
  const converted = bare(found, from)
  const isNullable = schema.nullable === true || found.nullable === true
  if (!isNullable || Object.keys(converted).length === 0) return converted
  return { anyOf: [converted, { type: 'null' }] }
}

const properties = (
  { properties: own = {}, required = [] }: SeamSchema,
  from: SeamDocument,
): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(own).map(([key, value]) => [key, toJsonSchema(value, from)]),
  ),
  required,
  // The document admits unknown keys; an emulator that invents keys must hear of it.
  additionalProperties: false,
})

const bare = (schema: SeamSchema, from: SeamDocument): JsonSchema => {
  const { type, format, items, additionalProperties: values, discriminator } = schema
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives !== undefined) {
    const list = { oneOf: alternatives.map((it) => toJsonSchema(it, from)) }
    if (discriminator === undefined) return { anyOf: list.oneOf }
    const { propertyName } = discriminator
    return { type: 'object', discriminator: { propertyName }, required: [propertyName], ...list }
  }
  if (Object.keys(schema.properties ?? {}).length > 0) return properties(schema, from)
  if (values !== undefined && typeof values === 'object') {
    return { type: 'object', additionalProperties: toJsonSchema(values, from) }
  }
  const { enum: options, minimum, maximum, minLength, maxLength } = schema
  const bounds = { enum: options, minimum, maximum, minLength, maxLength }
  const isKnownFormat = format !== undefined && format !== 'float'
  return Object.fromEntries(
    Object.entries({
      type,
      format: isKnownFormat ? format : undefined,
      items: items && toJsonSchema(items, from),
      ...bounds,
    }).filter(([, value]) => value !== undefined),
  )
}

const ajv = new Ajv2020({ allErrors: true, discriminator: true, strictTypes: false })
formats.default(ajv)

/** Compiles each schema of a document once. */
const validatorsOf = (from: SeamDocument) => {
  const validators = new Map<string, ValidateFunction>()
  return (key: string, schema: () => SeamSchema): ValidateFunction => {
    const known = validators.get(key)
    if (known !== undefined) return known
    const compiled = ajv.compile(toJsonSchema(schema(), from))
    validators.set(key, compiled)
    return compiled
  }
}

/** Schemas of the document that everything else is judged by are compiled once for all judges. */
const ofSeamDocument = validatorsOf(seamDocument)

const assertValid = (what: string, validate: ValidateFunction, value: unknown): void => {
  if (validate(value)) return
  const problems = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const details = JSON.stringify(params)
    return `  ${instancePath || '/'} ${message ?? ''} ${details}`
  })
  const given = JSON.stringify(value, null, 1)
  throw new Error(`${what} is not as Seam's OpenAPI says:\n${problems.join('\n')}\n${given}`)
}

const errorBody: SeamSchema = {
  type: 'object',
  properties: {
    ok: { type: 'boolean', enum: [false] },
    error: {
      type: 'object',
      properties: {
        type: { type: 'string' },
        message: { type: 'string' },
        data: {},
        validation_errors: {},
      },
      required: ['type', 'message'],
    },
  },
  required: ['ok', 'error'],
}

const eventsOf = (body: unknown): unknown[] => {
  if (typeof body !== 'object' || body === null) return []
  if ('events' in body && Array.isArray(body.events)) return body.events
  return 'event' in body && body.event !== undefined ? [body.event] : []
}

const variantsOf = (from: SeamDocument) =>
  new Map(
    seamSchema('event', from).oneOf?.map((variant) => [
      String(variant.properties?.['event_type']?.enum?.[0]),
      variant,
    ]),
  )

// `/workspaces/update` declares no body.
const okOnly: SeamSchema = { type: 'object', properties: { ok: { type: 'boolean' } } }

/** A judge that counts what it has judged. */
export const createContract = (from: SeamDocument = seamDocument) => {
  const validator = from === seamDocument ? ofSeamDocument : validatorsOf(from)
  const eventVariants = variantsOf(from)
  const seenPaths = new Set<string>()
  const seenEvents = new Set<string>()

  /** Checks an event or the body of a webhook, and counts its type as covered. */
  const assertEventMatchesOpenApi = (event: unknown): void => {
    const type =
      typeof event === 'object' && event !== null && 'event_type' in event
        ? String(event.event_type)
        : 'nothing'
    const variant = eventVariants.get(type)
    if (variant === undefined) throw new Error(`Seam has no event of type ${type}`)
    assertValid(
      `The event ${type}`,
      validator(`event ${type}`, () => variant),
      event,
    )
    seenEvents.add(type)
  }

  /**
   * Checks one answer: a success against the path's response schema, anything else against Seam's
   * error envelope. A success counts the path as covered.
   */
  const assertMatchesOpenApi = (path: string, status: number, body: unknown): void => {
    const what = `The ${status} of ${path}`
    if (status !== 200) {
      assertValid(
        what,
        validator('error', () => errorBody),
        body,
      )
      return
    }
    const operations = from.paths[path]
    if (operations === undefined) throw new Error(`Seam's OpenAPI has no ${path}`)
    const content = operations['post']?.responses['200']?.content
    const schema = content?.['application/json'].schema ?? okOnly
    assertValid(
      what,
      validator(path, () => schema),
      body,
    )
    seenPaths.add(path)
    if (path === '/events/list' || path === '/events/get') {
      for (const event of eventsOf(body)) assertEventMatchesOpenApi(event)
    }
  }

  /** What was judged so far, such as `routes 41/201, events 30/109`. */
  const coverage = (): string => {
    const routes = publicPaths.filter((path) => seenPaths.has(path)).length
    return `routes ${routes}/${publicPaths.length}, events ${seenEvents.size}/${eventVariants.size}`
  }

  return { assertMatchesOpenApi, assertEventMatchesOpenApi, coverage }
}

export const { assertMatchesOpenApi, assertEventMatchesOpenApi, coverage } = createContract()
