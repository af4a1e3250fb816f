import { z } from 'zod'
import { parseInstant } from './parse-instant.ts'

/**
 * The id of a resource. What is not shaped like a UUID is refused with `Invalid uuid` as the real
 * service does, save in worlds whose fixture has other ids: see `withLooseIds`.
 */
export const id = () => z.guid()

/** An instant: ISO 8601 with any offset on the wire, integer milliseconds in the program. */
export const timestamp = () =>
  z
    .string()
    .meta({ format: 'date-time' })
    .transform((text, context) => {
      const ms = parseInstant(text)
      if (ms !== undefined) return ms
      context.issues.push({ code: 'invalid_format', format: 'datetime', input: text })
      return z.NEVER
    })

/** The parameters of a paginated list; `pageOf` makes the page. */
export const pageParams = (defaultLimit: number) => ({
  limit: z.number().int().min(1).default(defaultLimit),
  page_cursor: z.string().nullish(),
})

const loose = (schema: z.core.$ZodType): z.core.$ZodType => {
  // The union of all schema kinds: zod's documented way to look into a schema.
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'string':
      return schema instanceof z.core.$ZodGUID ? z.string().min(1) : schema
    case 'object': {
      const fields = Object.entries(def.shape).map(([key, field]) => [key, loose(field)] as const)
      const changed = { ...def, shape: Object.fromEntries(fields) }
      return z.core.clone(schema, changed)
    }
    case 'array': {
      const changed = { ...def, element: loose(def.element) }
      return z.core.clone(schema, changed)
    }
    case 'union': {
      const changed = { ...def, options: def.options.map(loose) }
      return z.core.clone(schema, changed)
    }
    case 'optional':
    case 'nullable':
    case 'default': {
      const changed = { ...def, innerType: loose(def.innerType) }
      return z.core.clone(schema, changed)
    }
    default:
      return schema
  }
}

/** The same schema, in which every `id()` is any text but an empty one. */
export const withLooseIds = <T extends z.core.$ZodType>(schema: T): T => loose(schema) as T
