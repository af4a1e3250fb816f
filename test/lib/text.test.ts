import { describe, expect, it } from 'vitest'
import { beginningOf, findText, hasHalfCharacter } from '../../src/lib/text.ts'

describe('the beginning of a text', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['a🏠b', 2, 'a'],
    ['a🏠b', 3, 'a🏠'],
    ['🏠', 1, ''],
    ['🏠', 0, ''],
  ])('of %s, at most %i units, is whole', (text, most, expected) => {
    expect(beginningOf(text, most)).toBe(expected)
  })
})

it('half a character is found wherever it stands, with a path that has none', () => {
  const found = (value: unknown) => findText(value, hasHalfCharacter)?.path
  expect(found({ a: ['whole 🏠', { b: 'half \ud83c' }] })).toEqual(['a', '1', 'b'])
  expect(found({ a: { 'half \udc00': 1 } })).toEqual(['a', 'half \ufffd'])
  expect(found({ a: 'whole 🏠' })).toBeUndefined()
})
