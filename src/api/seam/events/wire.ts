import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { eventCatalog } from '../../../sim/events/catalog.ts'
import { choices } from '../../../sim/events/fields.ts'
import type { Fields, FieldTypes } from '../../../sim/events/fields.ts'
import { instant, metadata } from '../common.ts'

const text = z.string()
const id = z.guid()
const anything = once(() => z.record(z.string(), z.unknown()))

/** The kinds of the catalogue's fields as schemas. */
const kinds = once((): { [Kind in keyof FieldTypes]: z.ZodType<FieldTypes[Kind]> } => ({
  activation_reason: z.enum(choices.activation_reason),
  battery_status: z.enum(choices.battery_status),
  changes: z.array(z.strictObject({ property: text, from: text.nullable(), to: text.nullable() })),
  denial: z.strictObject({ reason_code: z.enum(choices.denial), message: text }),
  errors: z.array(z.strictObject({ error_code: text, message: text, created_at: instant })),
  fan_mode: z.enum(choices.fan_mode),
  flag: z.boolean(),
  hvac_mode: z.enum(choices.hvac_mode),
  id,
  'id|null': id.nullable(),
  ids: z.array(id),
  level: z.number().min(0).max(1),
  lock_method: z.enum(choices.lock_method),
  metadata,
  motion: z.enum(choices.motion),
  mutations: z.array(
    z.strictObject({
      mutation_code: z.enum(choices.mutation),
      from: anything().optional(),
      to: anything().optional(),
    }),
  ),
  name: z.strictObject({ name: text.nullable() }),
  number: z.number(),
  'number|null': z.number().nullable(),
  object: z.looseObject({}),
  offline_cause: z.enum(choices.offline_cause),
  pin: z.strictObject({ code: text.nullable() }),
  text,
  'text|null': text.nullable(),
  texts: z.array(text),
  thermostat_method: z.enum(choices.thermostat_method),
  time_frame: z.strictObject({ starts_at: text.nullable(), ends_at: text.nullable() }),
  url: z.url(),
  warnings: z.array(z.strictObject({ warning_code: text, message: text, created_at: instant })),
}))

const common = once(() => ({
  event_id: id,
  workspace_id: id,
  created_at: instant,
  occurred_at: instant,
  event_description: text.optional(),
}))

const payloadShape = (fields: Fields): z.core.$ZodShape =>
  Object.fromEntries(
    Object.entries(fields).map(([field, kind]) => {
      const name = field.replace('?', '')
      const schema = kinds()[kind]
      return [name, name === field ? schema : schema.optional()]
    }),
  )

/** Any of Seam's events. Built on first use: most runs never check one. */
export const event = once((): z.ZodType<object> => {
  const shapes = Object.entries(eventCatalog).map(([event_type, fields]) =>
    z.strictObject({
      ...common(),
      event_type: z.literal(event_type),
      ...payloadShape(fields),
    }),
  )
  const [first, ...others] = shapes
  if (first === undefined) throw new Error('There are no events')
  return z.discriminatedUnion('event_type', [first, ...others])
})
