import { z } from 'zod'

export { id, timestamp } from '../../contract/fields.ts'

/** The parameters of a paginated list; `pageOf` makes the page. */
export const pageParams = (defaultLimit: number) => ({
  limit: z.number().int().min(1).default(defaultLimit),
  page_cursor: z.string().nullish(),
})

/** Custom metadata to add or, where the value is null, to remove. */
export const metadataChange = () =>
  z.record(z.string().max(40), z.union([z.string().max(500), z.boolean()]).nullable())

/** Pairs that a filter may name; Seam keeps 50 at most. */
const MOST_PAIRS = 1_000

/** Custom metadata that the things in a list must have; null: they must not have such a key. */
export const metadataFilter = () =>
  z
    .record(z.string(), z.union([z.string(), z.boolean()]).nullable())
    .refine((pairs) => Object.keys(pairs).length <= MOST_PAIRS, `Give at most ${MOST_PAIRS} pairs`)

const anyText = /./s

/** The same schema, in which every `id()` is any text but an empty one. */
export const withLooseIds = <T extends z.core.$ZodType>(schema: T): T => {
  if (schema instanceof z.ZodGUID) {
    // Such ids are texts of any kind: capitals count.
    return z.core.clone(schema, { ...schema.def, pattern: anyText, checks: [] })
  }
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.core.$ZodType>(schema.def.shape)
    const shape = Object.fromEntries(fields.map(([key, field]) => [key, withLooseIds(field)]))
    return z.core.clone(schema, { ...schema.def, shape })
  }
  if (schema instanceof z.ZodArray) {
    return z.core.clone(schema, { ...schema.def, element: withLooseIds(schema.def.element) })
  }
  if (schema instanceof z.ZodUnion) {
    return z.core.clone(schema, { ...schema.def, options: schema.def.options.map(withLooseIds) })
  }
  if (schema instanceof z.ZodOptional) {
    return z.core.clone(schema, { ...schema.def, innerType: withLooseIds(schema.def.innerType) })
  }
  if (schema instanceof z.ZodNullable) {
    return z.core.clone(schema, { ...schema.def, innerType: withLooseIds(schema.def.innerType) })
  }
  if (schema instanceof z.ZodDefault) {
    return z.core.clone(schema, { ...schema.def, innerType: withLooseIds(schema.def.innerType) })
  }
  return schema
}
