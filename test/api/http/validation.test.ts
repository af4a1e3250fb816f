import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isApiError } from '../../../src/api/http/errors.ts'
import type { ApiError } from '../../../src/api/http/errors.ts'
import { id, timestamp, withLooseIds } from '../../../src/api/http/fields.ts'
import { parseInput } from '../../../src/api/http/validation.ts'

const refusal = (schema: z.ZodType, input: unknown): ApiError => {
  try {
    parseInput(schema, input)
  } catch (error) {
    if (isApiError(error)) return error
    throw error
  }
  throw new Error('the input was accepted')
}

/** The text that the field `x` gets. */
const text = (schema: z.ZodType, value: unknown): unknown => {
  const { validation_errors } = refusal(z.object({ x: schema }), { x: value })
  return validation_errors
}
const field = (message: string) => ({ _errors: [], x: { _errors: [message] } })

describe('every refusal is worded as zod 3 words it', () => {
  const colour = z.enum(['red', 'blue'])
  const cases: [string, z.ZodType, unknown][] = [
    ['Required', z.string(), undefined],
    ['Required', colour, undefined],
    ['Required', z.array(z.string()), undefined],
    ['Expected string, received number', z.string(), 4242],
    ['Expected string, received null', z.string(), null],
    ['Expected array, received number', z.array(z.string()), 4242],
    ['Expected array, received object', z.array(z.string()), {}],
    ['Expected number, received string', z.number(), '4'],
    ['Expected number, received nan', z.number(), Number.NaN],
    ['Expected integer, received float', z.number().int(), 1.5],
    ['Expected integer, received float', z.int(), 1.5],
    ['Expected boolean, received string', z.boolean(), 'true'],
    ['Expected object, received array', z.object({}), []],
    ['Expected object, received string', z.record(z.string(), z.string()), 'a'],
    ['Expected null, received number', z.null(), 3],
    ["Invalid enum value. Expected 'red' | 'blue', received 'green'", colour, 'green'],
    ["Expected 'red' | 'blue', received number", colour, 4],
    ['Invalid literal value, expected true', z.literal(true), false],
    ['Invalid literal value, expected "a"', z.literal('a'), undefined],
    ['Invalid uuid', id(), 'not-a-uuid'],
    ['Invalid uuid', z.uuid(), ''],
    ['Invalid email', z.email(), 'jane'],
    ['Invalid url', z.url(), 'not a url'],
    ['Invalid datetime', z.iso.datetime(), 'yesterday'],
    ['Invalid datetime', timestamp(), 'yesterday'],
    ['Invalid', z.string().regex(/^a/), 'b'],
    ['Invalid input: must start with "seam_"', z.string().startsWith('seam_'), 'b'],
    ['Invalid input: must end with "x"', z.string().endsWith('x'), 'b'],
    ['Invalid input: must include "x"', z.string().includes('x'), 'b'],
    ['String must contain at least 4 character(s)', z.string().min(4), 'abc'],
    ['String must contain at most 8 character(s)', z.string().max(8), '123456789'],
    ['String must contain exactly 3 character(s)', z.string().length(3), '12'],
    ['Number must be greater than or equal to 1', z.number().min(1), 0],
    ['Number must be greater than 1', z.number().gt(1), 1],
    ['Number must be less than or equal to 60', z.number().max(60), 61],
    ['Number must be less than 60', z.number().lt(60), 60],
    ['Number must be a multiple of 5', z.number().multipleOf(5), 4],
    ['Array must contain at least 1 element(s)', z.array(z.string()).min(1), []],
    ['Array must contain at most 1 element(s)', z.array(z.string()).max(1), ['a', 'b']],
    ['Array must contain exactly 2 element(s)', z.array(z.string()).length(2), ['a']],
    ['Invalid input', z.string().refine(() => false), 'a'],
  ]
  it.each(cases)('%s', (message, schema, value) => {
    expect(text(schema, value)).toEqual(field(message))
  })

  it('unknown keys of a strict object', () => {
    const { validation_errors } = refusal(z.strictObject({}), { a: 1, b: 2 })
    expect(validation_errors).toEqual({
      _errors: ["Unrecognized key(s) in object: 'a', 'b'"],
    })
  })

  it('unknown keys of a strict object, with those it has', () => {
    const { message } = refusal(z.strictObject({ to: z.string() }), { to: 'x', too: 1 })
    expect(message).toBe("Unrecognized key(s) in object: 'too' (known: 'to')")
  })

  it('an unknown discriminator', () => {
    const schema = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ])
    expect(text(schema, { kind: 'c' })).toEqual({
      _errors: [],
      x: { _errors: [], kind: { _errors: ["Invalid discriminator value. Expected 'a' | 'b'"] } },
    })
  })

  it('alternatives: what each of them misses', () => {
    const schema = z.union([z.object({ a: z.string() }), z.object({ b: z.number() })])
    expect(text(schema, {})).toEqual({
      _errors: [],
      x: { _errors: [], a: { _errors: ['Required'] }, b: { _errors: ['Required'] } },
    })
  })

  it('a message that the schema gives itself is kept', () => {
    expect(text(z.string('Not a PIN'), 1)).toEqual(field('Not a PIN'))
  })
})

describe("the message is Seam's sentence", () => {
  const schema = z.object({
    device_id: id(),
    device_ids: z.array(id()).optional(),
    window: z.object({ limit: z.number() }).optional(),
  })
  const device_id = '00000000-0000-4000-8000-000000000001'

  it.each([
    ['device_id is required', {}],
    ['Invalid uuid for "device_id"', { device_id: 'x' }],
    ['Expected array, received number for "device_ids"', { device_id, device_ids: 4242 }],
    ['Invalid uuid for "device_ids.1"', { device_id, device_ids: [device_id, 'x'] }],
    ['window.limit is required', { device_id, window: {} }],
    ['Expected object, received array', []],
    [
      '2 Input Errors: device_id is required, Expected array, received string for "device_ids"',
      { device_ids: 'x' },
    ],
  ])('%s', (message, input) => {
    expect(refusal(schema, input)).toMatchObject({ status: 400, type: 'invalid_input', message })
  })

  it('numbers the elements of arrays in validation_errors', () => {
    expect(refusal(schema, { device_id, device_ids: ['x'] }).validation_errors).toEqual({
      _errors: [],
      device_ids: { _errors: [], 0: { _errors: ['Invalid uuid'] } },
    })
  })

  it('drops parameters that nobody knows', () => {
    expect(parseInput(schema, { device_id, unknown: 1 })).toEqual({ device_id })
  })
})

describe('ids', () => {
  const schema = z.object({
    one: id(),
    some: z.array(id()).optional(),
    maybe: id().nullish(),
    either: z.union([z.object({ a: id() }), z.object({ b: z.number() })]).optional(),
    code: z.string().min(4).optional(),
  })
  const odd = { one: 'august_device_1', some: ['a'], maybe: 'b', either: { a: 'c' } }

  it('are any text in a world whose fixture has other ids', () => {
    expect(parseInput(withLooseIds(schema), odd)).toEqual(odd)
    expect(refusal(withLooseIds(schema), { one: '' }).type).toBe('invalid_input')
  })

  it('are UUIDs elsewhere, and nothing else of the schema changes', () => {
    expect(refusal(schema, odd).message).toMatch(/^4 Input Errors/)
    expect(refusal(withLooseIds(schema), { one: 'a', code: '123' }).message).toBe(
      'String must contain at least 4 character(s) for "code"',
    )
  })
})

describe('timestamps', () => {
  it.each([
    ['2025-01-01T16:00:00.000Z', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01T16:00:00Z', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01T16:00Z', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01t16:00:00z', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01T08:00:00-08:00', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01T21:30:00+05:30', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01T21:30:00+0530', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01T17:00:00+01', Date.UTC(2025, 0, 1, 16)],
    ['2025-01-01T16:00:00.123456Z', Date.UTC(2025, 0, 1, 16, 0, 0, 123)],
    ['2025-01-01T16:00:00.5Z', Date.UTC(2025, 0, 1, 16, 0, 0, 500)],
    ['2025-01-01 16:00:00+00:00', Date.UTC(2025, 0, 1, 16)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['3001-01-01T00:00:00.000Z', Date.UTC(3001, 0, 1)],
    ['3001-01-01', Date.UTC(3001, 0, 1)],
  ])('%s is read', (given, ms) => {
    expect(parseInput(timestamp(), given)).toBe(ms)
  })

  it.each([
    'yesterday',
    '',
    '2025-02-30T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-00-10T00:00:00Z',
    '2025-01-01T24:00:00Z',
    '2025-01-01T16:60:00Z',
    '2025-01-01T16:00:00+24:00',
    '1735747200000',
  ])('%j is refused', (given) => {
    expect(refusal(timestamp(), given).message).toBe('Invalid datetime')
  })

  it('without an offset is refused, and told to add one', () => {
    expect(refusal(timestamp(), '2025-01-01T16:00:00').message).toBe(
      'Say the offset from UTC: add Z, as in 2025-01-01T16:00:00Z',
    )
  })
})
