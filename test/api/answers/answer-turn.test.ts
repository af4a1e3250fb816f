import { expect, test } from 'vitest'
import { thisTurn } from '../../../src/api/answers/answer-turn.ts'

const turnOfTheLoop = () =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

const workFor = (ms: number) => {
  const until = performance.now() + ms
  while (performance.now() < until) continue
}

test('everybody in a turn of the event loop waits for the same end, before what is put off in it', async () => {
  const seen: string[] = []
  const first = thisTurn()
  const second = thisTurn()
  expect(second).toBe(first)
  setImmediate(() => seen.push('put off'))
  await Promise.resolve().then(() => seen.push('worked off'))
  await Promise.all([first.end(), second.end()]).then(() => seen.push('answered'))
  await turnOfTheLoop()
  expect(seen).toEqual(['worked off', 'answered', 'put off'])
  expect(thisTurn()).not.toBe(first)
  await turnOfTheLoop()
})

test('a turn that takes long ends early, for those who waited as well, in their order', async () => {
  const seen: string[] = []
  const turn = thisTurn()
  setImmediate(() => seen.push('the loop went on'))
  const first = turn.end().then(() => seen.push('first'))
  workFor(5)
  const second = turn.end().then(() => seen.push('second'))
  expect(thisTurn()).not.toBe(turn)
  await Promise.all([first, second])
  expect(seen).toEqual(['first', 'second'])
  await turnOfTheLoop()
})

test('what came in a turn is worked off together, before the first of it is answered', async () => {
  const seen: string[] = []
  const come = (name: string) => {
    thisTurn().add(() => {
      seen.push(`${name} is worked off`)
      thisTurn().atEnd(() => seen.push(`${name} is answered`))
    })
  }
  come('one')
  come('two')
  expect(seen).toEqual([])
  await turnOfTheLoop()
  expect(seen).toEqual([
    'one is worked off',
    'two is worked off',
    'one is answered',
    'two is answered',
  ])
})

test('what is left of a turn that takes long comes in the next one, after those who waited', async () => {
  const seen: string[] = []
  const come = (name: string, ms: number) => {
    thisTurn().add(() => {
      workFor(ms)
      seen.push(`${name} is worked off`)
      void thisTurn()
        .end()
        .then(() => seen.push(`${name} is answered`))
    })
  }
  come('short', 0)
  come('long', 5)
  come('late', 0)
  await turnOfTheLoop()
  expect(seen).toEqual([
    'short is worked off',
    'long is worked off',
    'short is answered',
    'long is answered',
  ])
  await turnOfTheLoop()
  expect(seen.slice(4)).toEqual(['late is worked off', 'late is answered'])
})
