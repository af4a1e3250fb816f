import { expect, test } from 'vitest'
import { createIdFilter } from '../../src/db/store/id-filter.ts'
import { createStream } from '../../src/sim/kernel/random.ts'

test('each of many ids is new once, and is taken for no other', () => {
  const stream = createStream('seed', 'event')
  const filter = createIdFilter()
  const count = 300_000
  let refused = 0
  for (let n = 0; n < count; n++) if (!filter.claim(1, stream.uuid(n))) refused++
  expect(refused).toBe(0)
  for (let n = 0; n < count; n += 1_000) expect(filter.claim(1, stream.uuid(n))).toBe(false)
  expect(filter.claim(2, stream.uuid(0))).toBe(true)
})
