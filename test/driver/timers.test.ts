import { queryObjects } from 'node:v8'
import { expect, test } from 'vitest'
import { is } from '../../src/db/conditions.ts'
import { devices } from '../../src/db/tables/devices.ts'
import { startTestEmulator } from '../support/emulator.ts'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'

/** How many lists of timers, one per length, Node keeps. */
const timerLists = (): number => {
  const timer = setTimeout(() => undefined, 123_456_789)
  const list: unknown = Reflect.get(timer, '_idlePrev')
  clearTimeout(timer)
  if (typeof list !== 'object' || list === null) throw new Error('Node keeps timers otherwise now')
  const TimersList: unknown = list.constructor
  if (typeof TimersList !== 'function') throw new Error('Node keeps timers otherwise now')
  return queryObjects(TimersList, { format: 'count' })
}

const ofType = is(devices.device_type)

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('timers that are set anew at every change leave nothing behind', async () => {
  const emulator = await startTestEmulator({ clock: { mode: 'realtime' } })
  const { universe, workspace_id } = emulator
  const device_id = universe.read(workspace_id, (world) => {
    const device = world.devices.first(ofType('august_lock'))
    if (device === undefined) throw new Error('The default world has an August lock')
    return device.device_id
  })
  const DAY = 86_400_000
  const before = timerLists()
  for (let n = 0; n < 100; n++) {
    // Each is the next to happen, and at another distance than the one before.
    universe.write(workspace_id, (world) => {
      const starts_at = world.now + 20 * DAY - n * 60_000
      createAccessCode(world, { device_id, starts_at, ends_at: starts_at + DAY })
    })
    await turn()
    await turn()
  }
  expect(timerLists() - before).toBeLessThan(20)
  await emulator.close()
})
