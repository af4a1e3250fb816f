import { expect, test } from 'vitest'
import { remembering } from '../../src/lib/remembering.ts'

test('what was made of a key is made once, until too many are known', () => {
  const made: string[] = []
  const lengthOf = remembering(2, (text: string) => {
    made.push(text)
    return text.length
  })
  expect([lengthOf('a'), lengthOf('a'), lengthOf('bb')]).toEqual([1, 1, 2])
  expect(made).toEqual(['a', 'bb'])
  lengthOf('ccc')
  expect([lengthOf('ccc'), lengthOf('a')]).toEqual([3, 1])
  expect(made).toEqual(['a', 'bb', 'ccc', 'a'])
})

test('nothing is known of a key of which nothing could be made', () => {
  let isReady = false
  const read = remembering(2, () => {
    if (!isReady) throw new Error('not yet')
    return null
  })
  expect(() => read('a')).toThrow('not yet')
  isReady = true
  expect(read('a')).toBeNull()
})
