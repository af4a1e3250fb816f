/**
 * Seam's document as it is in 1.1038, as far as it is known: the one that is followed, changed by
 * hand, line by line of docs/api-version.md. The judge of answers of workspaces of that version.
 */
import { resolvedIn, seamDocument, seamSchema } from './seam-document.ts'
import type { SeamDocument, SeamSchema } from './seam-document.ts'

const text: SeamSchema = { type: 'string' }
const ids: SeamSchema = { type: 'array', items: { type: 'string', format: 'uuid' } }
const word = (...values: unknown[]): SeamSchema => ({ type: 'string', enum: values })
const always = (value: boolean): SeamSchema => ({ type: 'boolean', enum: [value] })

/** Gives an object more fields. */
const extend = (
  object: SeamSchema,
  properties: Record<string, SeamSchema>,
  required: readonly string[] = Object.keys(properties),
): void => {
  object.properties = { ...object.properties, ...properties }
  object.required = [...(object.required ?? []), ...required]
}

const variantsOf = (document: SeamDocument, name: string, list: string): SeamSchema => {
  const found = seamSchema(name, document).properties?.[list]?.items
  if (found?.oneOf === undefined) throw new Error(`${name}.${list} has no variants`)
  return found
}

const codeOf = ({ properties = {} }: SeamSchema): unknown =>
  (properties['error_code'] ?? properties['warning_code'] ?? properties['event_type'])?.enum?.[0]

const without = (variants: SeamSchema, code: string): SeamSchema[] => {
  const left = (variants.oneOf ?? []).filter((it) => codeOf(it) !== code)
  if (left.length === variants.oneOf?.length) throw new Error(`There is no ${code}`)
  return left
}

const variant = (document: SeamDocument, code: string): SeamSchema => {
  const found = seamSchema('event', document).oneOf?.find((it) => codeOf(it) === code)
  if (found === undefined) throw new Error(`There is no event ${code}`)
  return found
}

const issue = (kind: 'error_code' | 'warning_code', code: string, more = {}): SeamSchema => {
  const properties = {
    [kind]: word(code),
    message: text,
    created_at: { type: 'string', format: 'date-time' },
    ...more,
  }
  return { type: 'object', properties, required: Object.keys(properties) }
}

type Change = (document: SeamDocument) => void

const answerOf = ({ paths }: SeamDocument, path: string): SeamSchema => {
  const { content } = paths[path]?.['post']?.responses['200'] ?? {}
  if (content === undefined) throw new Error(`There is no answer of ${path}`)
  return content['application/json'].schema
}

/** Adds fields to an object that is deep inside of `device.properties`. */
const extendNest: Change = (document) => {
  const { properties = {} } = seamSchema('device', document)
  const shown = resolvedIn(properties['properties'] ?? {}, document)
  const nest = shown.properties?.['nest_metadata']
  if (nest === undefined) throw new Error('Devices have no nest_metadata')
  extend(nest, { nest_structure_id: text, structure_name: text }, [])
  properties['properties'] = shown
}

/** By the beginning of their line in docs/api-version.md. */
export const changes: Readonly<Record<string, Change>> = {
  '`/user_identities/merge`': ({ paths }) => {
    const schema: SeamSchema = { type: 'object', properties: { ok: always(true) } }
    const content = { 'application/json': { schema } }
    paths['/user_identities/merge'] = { post: { responses: { 200: { content } } } }
  },
  '`user_identity` + `merged_user_identity_ids`': (document) => {
    const merged_user_identity_keys: SeamSchema = { type: 'array', items: text }
    extend(seamSchema('user_identity', document), {
      merged_user_identity_ids: ids,
      merged_user_identity_keys,
    })
  },
  'event and warning `delay_in_removing_from_device`': (document) => {
    const warnings = variantsOf(document, 'access_code', 'warnings')
    warnings.oneOf = without(warnings, 'delay_in_removing_from_device')
    const events = seamSchema('event', document)
    events.oneOf = without(events, 'access_code.delay_in_removing_from_device')
  },
  'access code error `insufficient_permissions`': (document) => {
    const errors = variantsOf(document, 'access_code', 'errors')
    const ofAccount = issue('error_code', 'insufficient_permissions', {
      is_connected_account_error: always(true),
      is_device_error: always(false),
    })
    errors.oneOf = [...without(errors, 'insufficient_permissions'), ofAccount]
  },
  '`device.low_battery` + `battery_source`': (document) => {
    const battery_source = word('lock', 'accessory_keypad')
    extend(variant(document, 'device.low_battery'), { battery_source }, [])
  },
  'device warning `accessory_keypad_low_battery`': (document) => {
    for (const name of ['device', 'unmanaged_device']) {
      const warnings = variantsOf(document, name, 'warnings')
      warnings.oneOf?.push(issue('warning_code', 'accessory_keypad_low_battery'))
    }
  },
  'Nest’s structure': extendNest,
  '`unmanaged_device` + `display_name`': (document) =>
    extend(seamSchema('unmanaged_device', document), { display_name: text }),
  '`/access_methods/list` + `limit`': (document) =>
    extend(answerOf(document, '/access_methods/list'), {
      pagination: { $ref: '#/components/schemas/pagination' },
    }),
  '`access_grant`, `access_method` + `display_status`': (document) => {
    for (const name of ['access_grant', 'access_method'])
      extend(seamSchema(name, document), { display_status: text })
  },
  '`acs_entrance` warning `salto_ks_privacy_mode`': (document) => {
    const warnings = variantsOf(document, 'acs_entrance', 'warnings')
    // The other name is there already.
    warnings.oneOf = without(warnings, 'salto_ks_privacy_mode')
  },
}

const changed = (): SeamDocument => {
  const document = structuredClone(seamDocument)
  for (const change of Object.values(changes)) change(document)
  return document
}

export const newerDocument: SeamDocument = changed()
