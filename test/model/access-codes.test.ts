/**
 * Whatever users, people at the door and bad luck do: when all is well again, the locks hold what
 * is declared, and the events have told a true story. A failure prints a program that repeats it.
 */
import { assert, asyncProperty } from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPlaces } from '../support/place.ts'
import type { Places } from '../support/place.ts'
import { commands } from './commands.ts'
import type { Command } from './commands.ts'
import { bringToRest, checkLocks, checkStories, emptyModel, perform } from './model.ts'
import { openModelWorld } from './world.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const runs = Number(process.env['MODEL_RUNS'] ?? 40)

const live = async (sequence: readonly Command[]): Promise<void> => {
  const world = openModelWorld(places)
  const model = emptyModel()
  try {
    for (const command of sequence) await perform(world, model, command)
    await bringToRest(world)
    await checkLocks(world, model)
    checkStories(await world.events(), model)
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n\nTo repeat it:\n\n${world.script()}`,
      { cause: error },
    )
  } finally {
    await world.close()
  }
}

test('after any history, the locks hold what is declared and the events told it in order', async () => {
  await assert(asyncProperty(commands, live), { numRuns: runs })
}, 120_000)

test('a failure tells the calls that lead to it, as a program', async () => {
  const world = openModelWorld(places)
  const model = emptyModel()
  await perform(world, model, { do: 'hand_create', lock: 1, pin: '1357' })
  await perform(world, model, { do: 'advance', by: '12m' })
  await world.close()
  expect(world.script()).toContain(`await call('/_emulator/clock/advance', {"by":"12m"})`)
})
