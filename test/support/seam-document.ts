import { openapi } from '@seamapi/types/connect'
import { z } from 'zod'

/** A JSON schema as the OpenAPI 3.0 document of Seam writes it. */
export interface SeamSchema {
  $ref?: string
  type?: string
  format?: string
  enum?: unknown[]
  nullable?: boolean
  properties?: Record<string, SeamSchema>
  required?: string[]
  items?: SeamSchema
  additionalProperties?: boolean | SeamSchema
  oneOf?: SeamSchema[]
  anyOf?: SeamSchema[]
  allOf?: SeamSchema[]
  discriminator?: { propertyName: string }
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

const schema: z.ZodType<SeamSchema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    nullable: z.boolean().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    oneOf: z.array(schema).optional(),
    anyOf: z.array(schema).optional(),
    allOf: z.array(schema).optional(),
    discriminator: z.object({ propertyName: z.string() }).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
  }),
)

export const parseSchema = (value: unknown): SeamSchema => schema.parse(value)

const content = z.object({ 'application/json': z.object({ schema }) })

const operation = z.object({
  'x-undocumented': z.string().optional(),
  'x-response-key': z.string().nullish(),
  'x-action-attempt-type': z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(z.object({ name: z.string(), required: z.boolean().optional(), schema }))
    .optional(),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
})

const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
})

export type SeamDocument = z.infer<typeof document>

/** The parts of Seam's OpenAPI document that tests compare with. */
export const seamDocument: SeamDocument = document.parse(openapi)

/** Public paths: those with a documented operation. */
export const publicPaths: readonly string[] = Object.entries(seamDocument.paths)
  .filter(([, operations]) =>
    Object.values(operations).some((each) => each['x-undocumented'] === undefined),
  )
  .map(([path]) => path)

export const seamSchema = (name: string, from = seamDocument): SeamSchema => {
  const found = from.components.schemas[name]
  if (found === undefined) throw new Error(`Seam's document has no schema ${name}`)
  return found
}

/** Follows a reference of a document; merges the parts of an `allOf`, all of which are objects. */
export const resolvedIn = (given: SeamSchema, from: SeamDocument): SeamSchema => {
  if (given.$ref !== undefined)
    return resolvedIn(seamSchema(given.$ref.split('/').at(-1) ?? '', from), from)
  if (given.allOf === undefined) return given
  const parts = given.allOf.map((part) => resolvedIn(part, from))
  return {
    type: 'object',
    properties: Object.fromEntries(parts.flatMap((part) => Object.entries(part.properties ?? {}))),
    required: parts.flatMap((part) => part.required ?? []),
  }
}

export const resolved = (given: SeamSchema): SeamSchema => resolvedIn(given, seamDocument)
