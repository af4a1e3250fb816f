/** The vendor's OpenAPI description of a device, to hold what we send against. */
import { openapi } from '@seamapi/types/connect'
import { Ajv, type AnySchema } from 'ajv'
import { z } from 'zod'

const anyObject = z.record(z.string(), z.unknown())

/** The `device` schema of the vendor's OpenAPI document. */
const device = z
  .object({
    components: z.object({ schemas: z.object({ device: z.object({ properties: anyObject }) }) }),
  })
  .parse(openapi).components.schemas.device.properties

export const deviceTypes = z
  .object({ oneOf: z.array(z.object({ enum: z.array(z.string()) })) })
  .parse(device.device_type)
  .oneOf.flatMap((group) => group.enum)

/** Property schemas of `device.properties`, wherever the union keeps them. */
function propertySchemas(
  schema: unknown,
  found = new Map<string, unknown>(),
): Map<string, unknown> {
  const node = z
    .object({
      properties: anyObject.optional(),
      allOf: z.array(z.unknown()).optional(),
      anyOf: z.array(z.unknown()).optional(),
      oneOf: z.array(z.unknown()).optional(),
    })
    .parse(schema)
  for (const [name, value] of Object.entries(node.properties ?? {})) found.set(name, value)
  for (const branch of [...(node.allOf ?? []), ...(node.anyOf ?? []), ...(node.oneOf ?? [])]) {
    propertySchemas(branch, found)
  }
  return found
}
export const properties = propertySchemas(device.properties)

/** The schemas allow anything extra; a profile may not invent fields. */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  const parsed = anyObject.safeParse(schema)
  if (!parsed.success) return schema
  const copy = Object.fromEntries(
    Object.entries(parsed.data).map(([key, value]) => [key, closed(value)]),
  )
  return copy.type === 'object' && copy.properties !== undefined
    ? { ...copy, additionalProperties: false }
    : copy
}

/** `No errors`, or ajv's words. */
export function problems(schema: unknown, value: unknown): string {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const validate = ajv.compile(z.custom<AnySchema>((it) => typeof it === 'object').parse(schema))
  return validate(value) === true ? 'No errors' : ajv.errorsText(validate.errors)
}
