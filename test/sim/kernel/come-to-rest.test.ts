/** What is brought forward takes its steps, and does not stand still without a word. */
import { expect, test } from 'vitest'
import { comeToRest } from '../../../src/sim/kernel/come-to-rest.ts'
import { nextJob, scheduleJob } from '../../../src/sim/kernel/jobs.ts'
import { openFrozenWorld, start } from '../../support/frozen-world.ts'

const lamp = { is: 'lamp', id: 'lamp_1' }

test('steps are taken until there is none', () => {
  let left = 7
  openFrozenWorld().read((world) =>
    comeToRest(world, lamp, () => {
      left -= 1
      return left > 0
    }),
  )
  expect(left).toBe(0)
})

test('steps that undo each other are an error that names whose they are and when', () => {
  let isOn = false
  const flip = (): boolean => {
    isOn = !isOn
    return true
  }
  expect(() => openFrozenWorld().read((world) => comeToRest(world, lamp, flip))).toThrow(
    `The lamp lamp_1 does not come to rest at ${start}`,
  )
})

test('a job for an instant that never comes is no job, and takes the place of the one before', () => {
  const { read, write } = openFrozenWorld({ name: 'empty', devices: [] })
  const next = () => read((world) => nextJob(world))
  const before = next()
  write((world) => scheduleJob(world, 'device.sync', 'device_1', start + 5))
  expect(next()).toMatchObject({ subject: 'device_1', due_at: start + 5 })
  write((world) => scheduleJob(world, 'device.sync', 'device_1', null))
  expect(next()).toEqual(before)
})
