/** Waits that end before their time leave nothing behind. */
import { expect, test } from 'vitest'
import { startTestEmulator } from '../support/emulator.ts'
import { createDispatcher } from '../../src/driver/dispatcher.ts'
import { createTimeTravel } from '../../src/driver/time-travel.ts'

test('five thousand waits that were abandoned are not asked again', async () => {
  const emulator = await startTestEmulator({ clock: { mode: 'realtime' } })
  const { universe, workspace_id } = emulator
  const sender = { send: () => Promise.reject(new Error()), close: () => undefined }
  const dispatcher = createDispatcher(universe, sender, () => 0)
  const travel = createTimeTravel(universe, dispatcher, Date.now)
  let asked = 0
  const given = new AbortController()
  const waits = Array.from({ length: 5_000 }, () =>
    travel.waitUntil(
      workspace_id,
      () => {
        asked++
        return undefined
      },
      3_650 * 86_400_000,
      given.signal,
    ),
  )
  expect(asked).toBe(5_000)
  given.abort()
  expect(new Set(await Promise.all(waits))).toEqual(new Set([undefined]))
  universe.write(workspace_id, (world) => world.updateWorkspace({ name: 'Another' }))
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).toBe(5_000)
  await emulator.close()
})
