import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { timestamp } from '../../../src/api/http/fields.ts'
import { encodeQuery, queryDecoder } from '../../../src/api/http/query-string.ts'

const schema = z.object({
  device_id: z.string().optional(),
  device_ids: z.array(z.string()).optional(),
  lengths: z.array(z.number()).optional(),
  limit: z.number().default(500),
  page_cursor: z.string().nullish(),
  is_managed: z.boolean().optional(),
  only_true: z.literal(true).optional(),
  status: z.enum(['a', 'b']).optional(),
  since: timestamp().optional(),
  custom_metadata_has: z.record(z.string(), z.union([z.string(), z.boolean()])).optional(),
  counts: z.record(z.string(), z.number()).optional(),
  properties: z.object({ name: z.string().optional(), size: z.number().optional() }).optional(),
})
const decode = queryDecoder(schema)

it('a strict schema gets to see what it does not know, and by its name', () => {
  const strict = queryDecoder(z.strictObject({ limit: z.number(), types: z.array(z.string()) }))
  expect(strict('_strict=true&limit=2&types=a&limmit=3&other.name=x')).toEqual({
    limit: 2,
    types: ['a'],
    limmit: '3',
    'other.name': 'x',
  })
  expect(strict('types[]=a')).toEqual({ types: ['a'] })
})

type Case = [query: string, input: Record<string, unknown>]

describe('what is read alike with and without _strict', () => {
  const cases: Case[] = [
    ['', {}],
    ['device_id=a', { device_id: 'a' }],
    ['device_id=', { device_id: null }],
    ['device_id=%20a%20', { device_id: ' a ' }],
    ['unknown=1&device_id=a', { device_id: 'a' }],
    ['device_ids=a&device_ids=b', { device_ids: ['a', 'b'] }],
    ['device_ids=a', { device_ids: ['a'] }],
    ['device_ids=', { device_ids: [] }],
    ['device_ids[0]=a', {}],
    ['lengths=4&lengths=6', { lengths: [4, 6] }],
    ['limit=2', { limit: 2 }],
    ['limit=', { limit: null }],
    ['limit=two', { limit: 'two' }],
    ['limit=Infinity', { limit: 'Infinity' }],
    ['page_cursor=', { page_cursor: null }],
    ['is_managed=true', { is_managed: true }],
    ['is_managed=false', { is_managed: false }],
    ['only_true=true', { only_true: true }],
    ['is_managed=maybe', { is_managed: 'maybe' }],
    ['status=a', { status: 'a' }],
    ['since=2025-01-01T00:00:00Z', { since: '2025-01-01T00:00:00Z' }],
    [
      'custom_metadata_has.a=1&custom_metadata_has.b=true',
      { custom_metadata_has: { a: '1', b: 'true' } },
    ],
    ['custom_metadata_has=', { custom_metadata_has: null }],
    ['counts.a=1', { counts: { a: 1 } }],
    ['properties.name=x&properties.size=3', { properties: { name: 'x', size: 3 } }],
    ['properties=x', { properties: 'x' }],
  ]
  it.each(cases)('%s', (query, input) => {
    expect(decode(query)).toEqual(input)
    expect(decode(query === '' ? '_strict=true' : `${query}&_strict=true`)).toEqual(input)
  })
})

describe('the strict reading takes only what SDKs write', () => {
  const cases: Case[] = [
    ['device_ids=a,b', { device_ids: ['a,b'] }],
    ['device_ids=a,b&device_ids=c', { device_ids: ['a,b', 'c'] }],
    ['device_ids[]=a', {}],
    ['device_ids[]=a&device_ids=b', { device_ids: ['b'] }],
    ['is_managed=1', { is_managed: '1' }],
    ['is_managed=TRUE', { is_managed: 'TRUE' }],
    ['limit=%202', { limit: ' 2' }],
    ['limit=%20', { limit: ' ' }],
    ['device_ids=%20', { device_ids: [' '] }],
  ]
  it.each(cases)('%s', (query, input) => {
    expect(decode(`${query}&_strict=true`)).toEqual(input)
  })
})

describe('the lenient reading takes what people write', () => {
  const cases: Case[] = [
    ['device_ids=a,b', { device_ids: ['a', 'b'] }],
    ['device_ids[]=a&device_ids[]=b', { device_ids: ['a', 'b'] }],
    ['device_ids[]=', { device_ids: [] }],
    ['device_ids=%20', { device_ids: [] }],
    ['lengths=4,6', { lengths: [4, 6] }],
    ...['True', 'TRUE', 'yes', 'Yes', 'YES', '1', '%20true'].map((word): Case => [
      `is_managed=${word}`,
      { is_managed: true },
    ]),
    ...['False', 'FALSE', 'no', 'No', 'NO', '0', 'false%20'].map((word): Case => [
      `is_managed=${word}`,
      { is_managed: false },
    ]),
    ['limit=%202%20', { limit: 2 }],
    ['limit=%20', { limit: null }],
    ['device_id=a&_strict=false', { device_id: 'a' }],
  ]
  it.each(cases)('%s', (query, input) => {
    expect(decode(query)).toEqual(input)
  })
})

describe('a query that can be read in two ways is refused', () => {
  it.each([
    ['device_ids=a&device_ids[]=b', /both as device_ids and as device_ids\[\]/],
    ['device_ids=a,b&device_ids=c', /comma/],
    ['device_ids[]=a,b', /comma/],
    ['device_ids=a,,b', /empty/],
    ['device_ids=a&device_ids=', /empty/],
    ['device_ids=&device_ids=&_strict=true', /empty/],
    ['limit=1&limit=2', /more than once/],
    ['limit=1&limit=2&_strict=true', /more than once/],
    ['custom_metadata_has.a.b=1', /deeper/],
    ['custom_metadata_has.a[]=1', /deeper/],
    ['properties=&properties.name=a', /both whole/],
  ])('%s', (query, message) => {
    expect(() => decode(query)).toThrow(message)
    try {
      decode(query)
    } catch (error) {
      expect(error).toMatchObject({ status: 400, type: 'invalid_query_params' })
    }
  })
})

it('reads back whatever it writes', () => {
  const text = fc.string({ minLength: 1 })
  const key = fc.stringMatching(/^[a-z_]{1,9}$/)
  const input = fc.record(
    {
      device_id: text,
      device_ids: fc.array(text),
      limit: fc.integer(),
      page_cursor: fc.oneof(text, fc.constant(null)),
      is_managed: fc.boolean(),
      custom_metadata_has: fc.dictionary(key, text, { minKeys: 1, noNullPrototype: true }),
      properties: fc.record({ name: text, size: fc.integer() }),
    },
    { requiredKeys: [], noNullPrototype: true },
  )
  fc.assert(
    fc.property(input, (params) => {
      expect(decode(`${encodeQuery(params)}&_strict=true`)).toEqual(params)
    }),
  )
})
