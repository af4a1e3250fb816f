/** Inputs for a route, made from its own schema: what fits, and what does not. */
import * as fc from 'fast-check'
import { z } from 'zod'
import type { Endpoint } from '../../../src/api/http/endpoint.ts'
import { day, home, hour, iso, T0 } from '../place.ts'
import { parseSchema, resolved } from '../seam-document.ts'
import type { SeamSchema } from '../seam-document.ts'
import type { Furniture } from './furnish.ts'

/** The parameters of a route, those of all variants together. */
export interface Params {
  properties: Record<string, SeamSchema>
  required: readonly string[]
}

export const paramsOf = ({ params }: Endpoint): Params => {
  const schema = parseSchema(
    z.toJSONSchema(params, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }),
  )
  const variants = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(resolved)
  return {
    properties: Object.fromEntries(
      variants.flatMap((variant) => Object.entries(variant.properties ?? {})),
    ),
    required: schema.required ?? [],
  }
}

const instants = [T0, T0 + 3 * hour, T0 + 5 * day].map(iso)

/** Values that fit some parameters, and mean something. */
const known = (ids: Furniture): Record<string, fc.Arbitrary<unknown>> => ({
  device_id: fc.constantFrom(...Object.values(home).filter((id) => id.startsWith('d'))),
  device_ids: fc.subarray([home.august, home.schlage]),
  starts_at: fc.constant(iso(T0 + 3 * hour)),
  ends_at: fc.constant(iso(T0 + 3 * day)),
  since: fc.constantFrom(...instants),
  between: fc.constant([iso(T0 - 1), iso(T0 + day)]),
  code: fc.stringMatching(/^[1-9][0-9]{3,7}$/),
  url: fc.constant('http://127.0.0.1:9/'),
  event_types: fc.subarray(['*', 'lock.locked', 'access_code.created']),
  event_type: fc.constantFrom('lock.locked', 'lock.unlocked'),
  limit: fc.integer({ min: 1, max: 3 }),
  unstable_offset: fc.integer({ min: 0, max: 3 }),
  custom_metadata: fc.constantFrom({}, { unit: '12', vip: true }),
  custom_metadata_has: fc.constantFrom({ unit: '12' }, { vip: true }),
  custom_redirect_url: fc.constant('http://localhost/done'),
  custom_redirect_failure_url: fc.constant('http://localhost/sorry'),
  expires_at: fc.constant(iso(T0 + 30 * day)),
  access_code_id: fc.constantFrom(ids['access_code_id'], ids['pooled_code_id']),
})

/** A value that the schema admits. */
const fitting = (name: string, given: SeamSchema, ids: Furniture): fc.Arbitrary<unknown> => {
  const meant = known(ids)[name]
  if (meant !== undefined) return meant
  const schema = resolved(given)
  const id = ids[name] ?? ids[name.replace(/s$/, '')]
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives !== undefined) {
    return fc.oneof(...alternatives.map((each) => fitting(name, each, ids)))
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? 1, 1),
        max: Math.min(schema.maximum ?? 20, 20),
      })
    case 'array':
      return schema.items === undefined
        ? fc.constant([])
        : fc.array(fitting(name.replace(/s$/, ''), schema.items, ids), { maxLength: 3 })
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties ?? {}).map(([key, inner]) => [
            key,
            fitting(key, inner, ids),
          ]),
        ),
        { requiredKeys: schema.required ?? [] },
      )
    default:
      if (id !== undefined) return fc.constant(id)
      if (schema.format === 'date-time') return fc.constantFrom(...instants)
      if (name.endsWith('_id')) return fc.uuid({ version: 4 })
      return fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{2,9}$/)
  }
}

/** Inputs that the route's schema admits: the recipe, with some of the other parameters. */
export const fittingInputs = (
  { properties }: Params,
  recipe: Record<string, unknown>,
  ids: Furniture,
): fc.Arbitrary<Record<string, unknown>> => {
  const others = Object.entries(properties).filter(
    ([name]) => !(name in recipe) && name !== 'page_cursor',
  )
  return fc
    .record(
      Object.fromEntries(others.map(([name, schema]) => [name, fitting(name, schema, ids)])),
      { requiredKeys: [] },
    )
    .map((extra) => ({ ...recipe, ...extra }))
}

/** A value of a type that the parameter does not have. */
export const misfit = (schema: SeamSchema): unknown => {
  const { type, anyOf, oneOf } = resolved(schema)
  const types = new Set([type, ...[...(anyOf ?? []), ...(oneOf ?? [])].map((each) => each.type)])
  const candidates: [string, unknown][] = [
    ['number', 4242],
    ['object', { no: 'such' }],
    ['boolean', true],
    ['array', [[]]],
  ]
  if (types.has('integer')) types.add('number')
  return candidates.find(([name]) => !types.has(name))?.[1]
}
