/** Brings zod schemas and Seam's OpenAPI schemas into one comparable form. */
import { z } from 'zod'
import { parseSchema, resolved } from './seam-document.ts'
import type { SeamSchema } from './seam-document.ts'

/** A type in words, or the fields of an object; `?` behind a name means that it may be missing. */
export type ShapeOf = string | { [field: string]: ShapeOf }

const orNull = (shape: ShapeOf, isNullable: boolean): ShapeOf => {
  if (!isNullable || shape === 'anything') return shape
  return typeof shape === 'string' ? `${shape} or null` : { ...shape, '(or null)': 'yes' }
}

const options = (values: readonly unknown[]): string =>
  `one of ${values.map(String).sort().join(' ')}`

const fields = (
  properties: Record<string, SeamSchema>,
  required: readonly string[],
  shape: (schema: SeamSchema) => ShapeOf,
): ShapeOf =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      required.includes(name) ? name : `${name}?`,
      shape(schema),
    ]),
  )

/** `one of a b` → its words. */
const wordsOf = (shape: ShapeOf): string[] => (typeof shape === 'string' ? shape.split(' ') : [])

const isObjectShape = (shape: ShapeOf): shape is { [field: string]: ShapeOf } =>
  typeof shape === 'object'

/** Alternatives: enums are united, objects listed by their codes, one more for null. */
const alternatives = (shapes: readonly ShapeOf[]): ShapeOf => {
  const enums = shapes.filter((shape) => typeof shape === 'string' && shape.startsWith('one of '))
  if (enums.length === shapes.length) {
    return options(enums.flatMap((shape) => wordsOf(shape).slice(2)))
  }
  if (shapes.every(isObjectShape)) {
    return Object.fromEntries(
      shapes.map((shape) => {
        const codes = Object.entries(shape).filter(
          ([name, value]) => /_(code|type)$|^status$/.test(name) && wordsOf(value)[0] === 'one',
        )
        return [
          codes
            .map(([, value]) => wordsOf(value).join(' '))
            .sort()
            .join(', '),
          shape,
        ]
      }),
    )
  }
  return shapes
    .map((shape) => (isObjectShape(shape) ? 'object' : shape))
    .sort()
    .join(' / ')
}

const primitive = (type: string | undefined, format: string | undefined): string => {
  if (type === undefined) return 'anything'
  if (type === 'integer') return 'number'
  return format === undefined || format === 'float' ? type : `${type} ${format}`
}

/** The shape of a schema of Seam's document. */
export const seamShape = (given: SeamSchema): ShapeOf => {
  const schema = resolved(given)
  const isNullable = given.nullable === true || schema.nullable === true
  const { type, format, items, properties = {}, additionalProperties: values } = schema
  const several = schema.oneOf ?? schema.anyOf
  if (several) return orNull(alternatives(several.map(seamShape)), isNullable)
  if (schema.enum) return orNull(options(schema.enum), isNullable)
  if (type === 'array' && items) return orNull({ '[]': seamShape(items) }, isNullable)
  if (Object.keys(properties).length > 0) {
    return orNull(fields(properties, schema.required ?? [], seamShape), isNullable)
  }
  if (typeof values === 'object') return orNull({ '{}': seamShape(values) }, isNullable)
  return orNull(type === 'object' ? {} : primitive(type, format), isNullable)
}

/** The shape of one of our schemas, as what goes out. */
export const zodShape = (schema: z.ZodType): ShapeOf =>
  seamShape(
    parseSchema(
      z.toJSONSchema(schema, {
        target: 'openapi-3.0',
        unrepresentable: 'any',
        reused: 'inline',
        cycles: 'throw',
      }),
    ),
  )
