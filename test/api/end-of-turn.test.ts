import { expect, test } from 'vitest'
import { endOfTurn } from '../../src/api/end-of-turn.ts'

test('everybody in a turn of the event loop waits for the same end, before what is put off in it', async () => {
  const seen: string[] = []
  const first = endOfTurn()
  const second = endOfTurn()
  expect(second).toBe(first)
  setImmediate(() => seen.push('put off'))
  await Promise.resolve().then(() => seen.push('worked off'))
  await Promise.all([first, second]).then(() => seen.push('answered'))
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  expect(seen).toEqual(['worked off', 'answered', 'put off'])
  expect(endOfTurn()).not.toBe(first)
})
