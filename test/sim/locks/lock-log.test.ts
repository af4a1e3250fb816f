import { expect, test } from 'vitest'
import { setRadio } from '../../../src/sim/devices/link-changes.ts'
import { reportFromLock } from '../../../src/sim/locks/lock-log.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'

test('a lock that nobody hears remembers the newest of what it saw, and tells it when it is back', () => {
  const { write, read } = openFrozenWorld()
  write((world) => {
    setRadio(world, 'wifi-lock', false)
    for (let n = 0; n < 1_010; n++) {
      reportFromLock(world, 'wifi-lock', 'lock.locked', { method: 'manual' })
    }
  })
  const log = read((world) => world.lock_log.all())
  expect(log).toHaveLength(1_000)
  const told = (): string[] =>
    read((world) => world.events.all()).flatMap(({ event_type, occurred_at }) =>
      event_type === 'lock.locked' ? [String(occurred_at)] : [],
    )
  expect(told()).toEqual([])
  write((world) => setRadio(world, 'wifi-lock', true))
  expect(told()).toEqual(log.map(({ occurred_at }) => String(occurred_at)))
  expect(read((world) => world.lock_log.all())).toEqual([])
})
