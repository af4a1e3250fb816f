/** Long leaps, fast clocks and waits that nobody waits for leave everybody else a turn. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '../../src/log/log.ts'
import { home, startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'

let places: Places
/** How many calls of a path have ended. */
const ended = new Map<string, number>()
beforeAll(async () => {
  places = await startPlaces({
    log: {
      ...silentLog,
      request: ({ path }) => void ended.set(path, (ended.get(path) ?? 0) + 1),
    },
  })
})
afterAll(() => places.stop())

/** A code that is tried over and over: a long leap has much to do. */
const keepFailing = async ({ emulator, seam }: Place, codes = 1): Promise<void> => {
  await emulator.settings.update({ retry_every: '1m', retry_at_most: '1m' })
  await emulator.faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
  for (let n = 0; n < codes; n++) {
    await seam.accessCodes.create({ device_id: home.schlage, code: String(1000 + n) })
  }
}

/** Calls and hangs up as soon as the call is on its way. */
const abandon = ({ endpoint, api_key }: Place, path: string, body: object): Promise<void> =>
  new Promise((resolve) => {
    const call = request(new URL(path, endpoint), {
      method: 'POST',
      headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
    })
    call.on('error', () => resolve())
    call.end(JSON.stringify(body), () => setImmediate(() => call.destroy(new Error('hung up'))))
  })

test('a leap of many jobs leaves a neighbour its turns', async () => {
  const busy = places.open('busy-0')
  const neighbour = places.open('neighbour-0')
  await keepFailing(busy)
  const state = { isUnderWay: true }
  const leap = busy.advance('3d').finally(() => {
    state.isUnderWay = false
  })
  let answered = 0
  while (state.isUnderWay) {
    await neighbour.seam.devices.list()
    if (state.isUnderWay) answered++
  }
  expect((await leap).jobs).toBeGreaterThan(4_000)
  expect(answered).toBeGreaterThan(1)
})

test('a wait in a frozen world that leads far leaves a neighbour its turns, and ends with its client', async () => {
  const busy = places.open('busy-1')
  const neighbour = places.open('neighbour-1')
  await keepFailing(busy)
  const { access_code_id } = await busy.seam.accessCodes.create({ device_id: home.schlage })
  const before = Date.parse((await busy.emulator.clock.get()).now)
  await abandon(busy, '/_emulator/wait_until', {
    access_code_id,
    status: 'set',
    timeout: '3650d',
  })
  await neighbour.seam.devices.list()
  // Its turn comes when the wait has ended.
  await busy.advance('1m')
  const after = Date.parse((await busy.emulator.clock.get()).now)
  expect(after - before).toBeLessThan(3_650 * 86_400_000)
})

test('waits that their clients left behind are over', async () => {
  const place = places.open()
  await place.emulator.clock.resume()
  const { access_code_id } = await place.seam.accessCodes.create({ device_id: home.schlage })
  const count = 50
  ended.clear()
  for (let n = 0; n < count; n++) {
    await abandon(place, '/_emulator/wait_until', {
      access_code_id,
      status: 'removing',
      timeout: '3650d',
    })
    await abandon(place, '/_emulator/inbox/wait_for', { count: 7, timeout: '3650d' })
  }
  await expect
    .poll(() => [ended.get('/_emulator/wait_until'), ended.get('/_emulator/inbox/wait_for')])
    .toEqual([count, count])
})

test('a clock a million times as fast starves no neighbour, and says that it lags', async () => {
  const fast = places.open('fast-2')
  const neighbour = places.open('neighbour-2')
  await keepFailing(fast, 40)
  await fast.emulator.clock.resume(1_000_000)
  await expect
    .poll(async () => {
      await neighbour.seam.devices.list()
      return (await fast.emulator.clock.get()).lag
    })
    .toBeGreaterThan(0)
  await fast.emulator.workspaces.delete()
})
