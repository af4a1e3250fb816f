import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../../src/api/seam/index.ts'
import { parseSchema, resolved, seamDocument } from '../../support/seam-document.ts'
import type { SeamSchema } from '../../support/seam-document.ts'

/** The ways to sign in that the emulator has; Seam's document names a few more. */
const ways = new Set([
  'api_key',
  'pat_with_workspace',
  'pat_without_workspace',
  'console_session_with_workspace',
  'console_session_without_workspace',
  'client_session',
  'client_session_with_customer',
  'publishable_key',
])

const operationsOf = (path: string) =>
  Object.entries(seamDocument.paths[path] ?? {}).filter(
    ([, operation]) => operation['x-undocumented'] === undefined,
  )

const namesOf = (schema: SeamSchema | undefined): string[] => {
  if (schema === undefined) return []
  const { properties = {}, oneOf = [], anyOf = [] } = resolved(schema)
  const nested = [...oneOf, ...anyOf, ...(schema.allOf ?? [])].flatMap(namesOf)
  return [...new Set([...Object.keys(properties), ...nested])].sort()
}

const requiredOf = (schema: SeamSchema | undefined): string[] =>
  [...(schema === undefined ? [] : (resolved(schema).required ?? []))].sort()

/** Taken though the document has them not: guides move a grant so (ACCESS-GRANTS, question 1). */
const beyond: Readonly<Record<string, readonly string[]>> = {
  '/access_grants/update': ['acs_entrance_ids', 'device_ids', 'space_ids', 'space_keys'],
  // Pages came with 1.1038 (docs/api-version.md).
  '/access_methods/list': ['limit', 'page_cursor'],
  '/acs/entrances/list': ['access_method_id'],
}
/** Told in newer versions only (docs/api-version.md). */
const beyondInAnswers: Readonly<Record<string, readonly string[]>> = {
  '/access_methods/list': ['pagination'],
}
/** Marked as undocumented, and not taken. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  '/customers/create_portal': ['_dev'],
}
/** Required by each of the document's alternatives, not by the whole. */
const requiredByAlternatives: Readonly<Record<string, readonly string[]>> = {
  '/customers/create_portal': ['customer_data'],
  '/thermostats/set_hvac_mode': ['device_id', 'hvac_mode_setting'],
  '/thermostats/simulate/hvac_mode_adjusted': ['device_id', 'hvac_mode'],
  '/acs/encoders/simulate/next_credential_encode_will_fail': ['acs_encoder_id'],
  '/acs/encoders/simulate/next_credential_scan_will_fail': ['acs_encoder_id'],
  '/acs/encoders/simulate/next_credential_scan_will_succeed': ['acs_encoder_id'],
}
const without = (names: readonly string[], some: readonly string[] = []): string[] =>
  names.filter((name) => !some.includes(name))

const ownSchema = (schema: z.ZodType): SeamSchema =>
  parseSchema(
    z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }),
  )

describe('every endpoint is declared as in the OpenAPI document of Seam', () => {
  const table = endpoints.map((endpoint) => ({
    ...endpoint,
    post: seamDocument.paths[endpoint.path]?.['post'],
  }))

  it('its methods', () => {
    for (const { path, methods } of table) {
      const theirs = operationsOf(path).map(([method]) => method.toUpperCase())
      expect([...methods].sort(), path).toEqual(theirs.sort())
    }
  })

  it('its ways to sign in', () => {
    for (const { path, auth, post } of table) {
      const theirs = (post?.security ?? []).flatMap(Object.keys).filter((name) => ways.has(name))
      expect([...auth].sort(), path).toEqual(theirs.sort())
    }
  })

  it('the names of its parameters, and which of them are required', () => {
    for (const { path, params, post } of table) {
      const theirs = post?.requestBody?.content['application/json'].schema
      const ours = ownSchema(params)
      expect(without(namesOf(ours), beyond[path]), path).toEqual(
        without(namesOf(theirs), leftOut[path]),
      )
      expect(without(requiredOf(ours), requiredByAlternatives[path]), path).toEqual(
        requiredOf(theirs),
      )
    }
  })

  it('the keys of its answer', () => {
    for (const { path, result, post } of table) {
      const theirs = post?.responses['200']?.content?.['application/json'].schema
      const keys = namesOf(theirs).filter((key) => key !== 'ok')
      const ours = Object.keys(result).sort()
      expect(without(ours, beyondInAnswers[path]), path).toEqual(keys)
    }
  })

  it('the action attempt it starts', () => {
    for (const { path, action_attempt_type, post } of table) {
      const theirs = post?.['x-action-attempt-type']
      expect(action_attempt_type, path).toBe(theirs)
    }
  })
})
