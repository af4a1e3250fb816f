// The parts of an OpenAPI document that are compared, in Seam's form (3.0) and in ours (3.1).
import { z } from 'zod'

/** A JSON schema. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  nullable?: boolean
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema | boolean
  additionalProperties?: boolean | Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  allOf?: Schema[]
  deprecated?: boolean
  'x-undocumented'?: string
}

const schema: z.ZodType<Schema> = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  nullable: z.boolean().optional(),
  required: z.array(z.string()).optional(),
  deprecated: z.boolean().optional(),
  'x-undocumented': z.string().optional(),
  get properties() {
    return z.record(z.string(), schema).optional()
  },
  get items() {
    return z.union([schema, z.boolean()]).optional()
  },
  get additionalProperties() {
    return z.union([z.boolean(), schema]).optional()
  },
  get oneOf() {
    return z.array(schema).optional()
  },
  get anyOf() {
    return z.array(schema).optional()
  },
  get allOf() {
    return z.array(schema).optional()
  },
})

const content = z.looseObject({ 'application/json': z.looseObject({ schema }).optional() })

const operation = z.looseObject({
  description: z.string().optional(),
  deprecated: z.boolean().optional(),
  'x-undocumented': z.string().optional(),
  'x-action-attempt-type': z.string().optional(),
  parameters: z
    .array(z.looseObject({ name: z.string(), required: z.boolean().optional(), schema }))
    .optional(),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
})

/** Throws where the value is no OpenAPI document of that form. */
export const parseDocument = (value: unknown) =>
  z
    .looseObject({
      paths: z.record(z.string(), z.record(z.string(), operation)),
      components: z.looseObject({ schemas: z.record(z.string(), schema) }),
    })
    .parse(value)

export type ApiDocument = ReturnType<typeof parseDocument>
