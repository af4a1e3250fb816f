import { expect, it } from 'vitest'
import { nextTurn } from '../../src/driver/real-time.ts'
import { afterPatience } from '../../src/lib/patience.ts'

/** As at a breakpoint, or on a machine that has no time for this process. */
const standStill = (ms: number) => {
  const until = performance.now() + ms
  while (performance.now() < until);
}

it('waits for as long as it was told', async () => {
  const began = performance.now()
  await new Promise<void>((resolve) => afterPatience(32, resolve))
  expect(performance.now() - began).toBeGreaterThanOrEqual(31)
})

it('does not hold the time against anybody in which this process stood still', async () => {
  let isOver = false
  const callOff = afterPatience(160, () => (isOver = true))
  standStill(400)
  // Whoever has answered meanwhile is heard now.
  await nextTurn()
  await nextTurn()
  expect(isOver).toBe(false)
  callOff()
})

it('ends when it is called off', async () => {
  let isOver = false
  const callOff = afterPatience(16, () => (isOver = true))
  callOff()
  await new Promise<void>((resolve) => afterPatience(48, resolve))
  expect(isOver).toBe(false)
})
