import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBytes } from '../../../src/api/answers/bytes.ts'
import { bodyOf, keepText } from '../../../src/api/answers/json-cache.ts'

const textOf = (body: string | Uint8Array) =>
  typeof body === 'string' ? body : Buffer.from(body).toString()

/** Any text, and some whose characters take several bytes each. */
const text = fc.string({ unit: fc.constantFrom('a', '"', 'é', '漢', '🏠', '\u2028', '\ud83c') })

const member = fc.record({ id: fc.integer(), name: text, more: fc.array(text, { maxLength: 3 }) })

const list = fc.oneof(
  fc.array(member, { maxLength: 5 }),
  fc.array(member, { minLength: 60, maxLength: 70 }),
)

describe('the body of an answer', () => {
  it('is what JSON says of it, whichever of its parts are kept and however long they are', () => {
    fc.assert(
      fc.property(list, list, fc.boolean(), fc.boolean(), (one, other, areKept, isKept) => {
        if (areKept) [...one, ...other].forEach(keepText)
        const result = { one, other, again: one, nothing: undefined, page: { next: null } }
        const expected = JSON.stringify({ ...result, ok: true })
        if (isKept) keepText(result)
        expect(textOf(bodyOf(result))).toBe(expected)
        expect(textOf(bodyOf(result))).toBe(expected)
      }),
    )
  })

  it('is the same each time for what is answered alone, under whichever name', () => {
    fc.assert(
      fc.property(member, member, (one, other) => {
        keepText(one)
        for (const result of [{ one }, { two: one }, { one }, { one: other }, { one, other }]) {
          const expected = JSON.stringify({ ...result, ok: true })
          for (let time = 0; time < 3; time++) expect(textOf(bodyOf(result))).toBe(expected)
        }
      }),
    )
  })

  it('is made of bytes at once where a list is long, and of text where it is not', () => {
    const rows = Array.from({ length: 64 }, (_, nth) => keepText({ nth }))
    expect(bodyOf({ rows })).toBeInstanceOf(Uint8Array)
    expect(bodyOf({ rows: rows.slice(1) })).toBeTypeOf('string')
  })
})

it('texts put into bytes are the same text, however little room was expected for them', () => {
  fc.assert(
    fc.property(fc.array(text), fc.nat({ max: 50 }), (texts, expected) => {
      const bytes = createBytes(expected)
      for (const it of texts) bytes.add(it)
      const from = bytes.length()
      bytes.addList(['1', ...texts.map((it) => JSON.stringify(it)), '"'.padEnd(40_000, 'é')])
      bytes.addAgain(from, bytes.length())
      const whole = `${[...texts].join('')}[${['1', ...texts.map((it) => JSON.stringify(it)), '"'.padEnd(40_000, 'é')].join(',')}]`
      const added = whole.slice([...texts].join('').length)
      expect(Buffer.from(bytes.whole()).toString()).toBe(Buffer.from(whole + added).toString())
    }),
    { numRuns: 30 },
  )
})
