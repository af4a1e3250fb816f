/** What a code waits for, and that it is woken when that comes. */
import { expect } from 'vitest'
import { z } from 'zod'
import { at, frontBridge, frontDoor, garageDoor, scenarios } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const scenario = scenarios()

const create = async (it: Scenario, device_id: string, code: string) =>
  (await it.seam.accessCodes.create({ device_id, code, name: code })).access_code_id

const smallLock = (it: Scenario, memory_slots = 2) =>
  it.makeLock('schlage', { profile: { memory_slots } })

const warningsOf = async (it: Scenario, device_id: string) =>
  it.issues(await it.seam.devices.get({ device_id }))

scenario(
  'every free slot is given to a code that waits for room, one after the other',
  async (it) => {
    const device_id = await smallLock(it)
    const [a, b] = [await create(it, device_id, '1001'), await create(it, device_id, '1002')]
    await it.advance('1m')
    expect(await warningsOf(it, device_id)).toEqual(['max_access_codes_reached'])
    await create(it, device_id, '1003')
    await create(it, device_id, '1004')
    await it.advance('1m')
    expect(await it.door(device_id, '1003')).toBe('unknown_code')

    await it.seam.accessCodes.delete({ access_code_id: a })
    await it.advance('2m')
    expect(await it.door(device_id, '1003')).toBe('opens')
    expect(await warningsOf(it, device_id)).toEqual(['max_access_codes_reached'])

    await it.seam.accessCodes.delete({ access_code_id: b })
    await it.advance('2m')
    expect(await it.door(device_id, '1004')).toBe('opens')
    expect(await it.memory(device_id)).toEqual(['1: 1003 1003', '2: 1004 1004'])
    expect(await warningsOf(it, device_id)).toEqual(['max_access_codes_reached'])
  },
)

scenario('room that the first in line cannot use goes to the next one', async (it) => {
  const device_id = await smallLock(it)
  const a = await create(it, device_id, '1001')
  await create(it, device_id, '1002')
  await it.advance('1m')
  const c = await create(it, device_id, '1003')
  await create(it, device_id, '1004')
  await it.advance('1m')
  await it.fault({ on: 'access_code.set', match: { access_code_id: c }, effect: { kind: 'fail' } })
  await it.seam.accessCodes.delete({ access_code_id: a })
  await it.advance('2m')
  expect(await it.door(device_id, '1004')).toBe('opens')
})

scenario(
  'room that is left by a code which is deleted on its way goes to the next one',
  async (it) => {
    const device_id = await smallLock(it)
    const a = await create(it, device_id, '1001')
    await create(it, device_id, '1002')
    await it.advance('1m')
    const c = await create(it, device_id, '1003')
    await create(it, device_id, '1004')
    await it.advance('1m')
    await it.fault({
      on: 'access_code.set',
      match: { access_code_id: c },
      effect: { kind: 'delay', by: '1h' },
    })
    await it.seam.accessCodes.delete({ access_code_id: a })
    await it.advance('2m')
    await it.seam.accessCodes.delete({ access_code_id: c })
    await it.advance('2h')
    expect(await it.door(device_id, '1004')).toBe('opens')
  },
)

scenario('a status that comes with time alone is found by whoever waits for it', async (it) => {
  await it.control('bridges/unplug', { bridge_id: frontBridge })
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: frontDoor,
    code: '1357',
    starts_at: at(100),
    ends_at: at(110),
  })
  const wait = (status: string) =>
    it.control('wait_until', { access_code_id, status, timeout: '200h' })
  const now = async () =>
    z
      .looseObject({ clock: z.looseObject({ now: z.string() }) })
      .parse(await it.control('clock/get')).clock.now
  await wait('setting')
  expect(await now()).toBe(at(100))
  expect(await it.door(frontDoor, '1357')).toBe('unknown_code')
  await wait('deleted')
  expect(await now()).toBe(at(110))
})

scenario(
  'a code that fails for a year is tried ever more rarely, yet never given up',
  async (it) => {
    const fault = await it.fault({ on: 'access_code.set', effect: { kind: 'fail' } })
    const access_code_id = await create(it, garageDoor, '1357')
    const attempts = async () =>
      z
        .looseObject({
          explanation: z.looseObject({ last_attempt: z.looseObject({ attempts: z.number() }) }),
        })
        .parse(await it.control('access_codes/explain', { access_code_id })).explanation
        .last_attempt.attempts
    await it.advance('5h')
    expect(await attempts()).toBeGreaterThanOrEqual(29)
    await it.advance('365d')
    expect(await attempts()).toBeLessThan(800)
    expect(await attempts()).toBeGreaterThan(700)
    await it.endFault(fault)
    await it.advance('12h 1m')
    expect(await it.door(garageDoor, '1357')).toBe('opens')
  },
)

scenario('a new order begins with short pauses again', async (it) => {
  await it.fault({ on: 'access_code.set', effect: { kind: 'fail' } })
  const access_code_id = await create(it, garageDoor, '1357')
  await it.advance('30d')
  await it.control('faults/clear')
  await it.seam.accessCodes.update({ access_code_id, code: '2468' })
  await it.advance('11m')
  expect(await it.door(garageDoor, '2468')).toBe('opens')
})
