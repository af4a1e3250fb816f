/** What physically happened and left no other trace, over HTTP. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { home, startPlaces } from '../../support/place.ts'
import type { Place, Places } from '../../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const code = (place: Place, device_id: string, pin = '4821') =>
  place.seam.accessCodes.create({ device_id, name: 'Ada', code: pin })

/** What is told of each entry, by its kind. */
const told = async (
  place: Place,
  input: Parameters<Place['emulator']['chronicle']['list']>[0] = {},
) => (await place.emulator.chronicle.list(input)).map(({ seq: _seq, at: _at, ...it }) => it)

test('a world in which nothing went wrong has nothing to tell', async () => {
  const place = places.open()
  await code(place, home.august)
  await place.advance('10m')
  expect(await told(place)).toEqual([])
})

test('commands that were not done, and the fault that had a hand in it', async () => {
  const place = places.open()
  const fault = await place.emulator.faults.create({
    on: 'access_code.set',
    times: 1,
    effect: { kind: 'fail', message: 'The lock is busy.' },
  })
  const { access_code_id } = await code(place, home.august)
  await place.advance('1h')
  const about = { device_id: home.august, access_code_id, fault_id: fault.fault_id }
  expect(await told(place)).toEqual([
    { kind: 'fault_hit', on: 'access_code.set', ...about },
    {
      kind: 'command_answered',
      command: 'set',
      attempt: 1,
      outcome: 'refused',
      message: 'The lock is busy.',
      ...about,
    },
  ])
})

test('PINs that were typed, with what the door said and whose they were', async () => {
  const place = places.open()
  const { access_code_id } = await code(place, home.august)
  await place.advance('10m')
  await place.emulator.locks.enterCode({ device_id: home.august, code: '4821' })
  await place.emulator.locks.enterCode({ device_id: home.august, code: '9'.repeat(500) })
  const typed = { kind: 'keypad_entry', device_id: home.august }
  expect(await told(place, { kinds: ['keypad_entry'] })).toEqual([
    { ...typed, access_code_id, code: '4821', opened: true, reason: null },
    {
      ...typed,
      access_code_id: null,
      code: '9'.repeat(40),
      opened: false,
      reason: 'unknown_code',
    },
  ])
  expect(await told(place, { access_code_id })).toHaveLength(1)
})

test('links, part by part; a plug that is out already is not pulled again', async () => {
  const place = places.open()
  await place.unplug(home.smartthings_hub)
  await place.unplug(home.smartthings_hub)
  await place.emulator.locks.disconnect({ device_id: home.smartthings })
  await place.plug(home.smartthings_hub)
  await place.emulator.locks.connect({ device_id: home.smartthings })
  const bridge = {
    kind: 'link',
    part: 'bridge',
    bridge_id: home.smartthings_hub,
    device_id: null,
    access_code_id: null,
  }
  const radio = { kind: 'link', part: 'radio', device_id: home.smartthings, access_code_id: null }
  const all = [
    { ...bridge, up: false },
    { ...radio, up: false },
    { ...bridge, up: true },
    { ...radio, up: true },
  ]
  expect(await told(place)).toEqual(all)
  // A lock's own entries are those of its bridge as well.
  expect(await told(place, { device_id: home.smartthings })).toEqual(all)
  expect(await told(place, { device_id: home.august })).toEqual([])
})

test('slots that were changed by hand, and a lock that forgot everything', async () => {
  const place = places.open()
  const { manufacturerApp, locks } = place.emulator
  await manufacturerApp.createCode({ device_id: home.august, code: '1111' })
  await manufacturerApp.updateCode({ device_id: home.august, slot: 1, code: '2222' })
  await manufacturerApp.deleteCode({ device_id: home.august, slot: 1 })
  await locks.factoryReset({ device_id: home.august })
  const entries = await told(place, { device_id: home.august })
  expect(entries.map(({ kind, action, code: pin }) => [kind, action, pin])).toEqual([
    ['manufacturer_app', 'create_code', '1111'],
    ['manufacturer_app', 'update_code', '2222'],
    ['manufacturer_app', 'delete_code', '2222'],
    ['factory_reset', undefined, undefined],
  ])
})

test('is read page by page, from either end', async () => {
  const place = places.open()
  for (const pin of ['1', '2', '3', '4', '5']) {
    await place.emulator.locks.enterCode({ device_id: home.august, code: pin })
  }
  const read = async (order: 'asc' | 'desc'): Promise<string> => {
    let text = ''
    let after: string | undefined
    do {
      const { chronicle, next } = await place.emulator.chronicle.page({ order, after, limit: 2 })
      text += `${chronicle.map((it) => it.code).join('')} `
      after = next ?? undefined
    } while (after !== undefined)
    return text.trim()
  }
  expect(await read('asc')).toBe('12 34 5')
  expect(await read('desc')).toBe('54 32 1')
})

test('is kept by snapshots and emptied by a reset', async () => {
  const place = places.open()
  await place.emulator.locks.enterCode({ device_id: home.august, code: '1234' })
  await place.emulator.snapshot('typed')
  const before = await told(place)
  expect(before).toHaveLength(1)
  await place.emulator.reset()
  expect(await told(place)).toEqual([])
  await place.emulator.restore('typed')
  expect(await told(place)).toEqual(before)
})

test('the stream tells the same under the same number', async () => {
  const place = places.open()
  const stream = await place.emulator.stream({ kinds: ['keypad_entry'] })
  await place.emulator.locks.enterCode({ device_id: home.august, code: '1234' })
  for await (const frame of stream) {
    if (frame.event !== 'change') continue
    expect(frame.data.entries).toEqual(await place.emulator.chronicle.list())
    break
  }
})

test('an unknown device is refused', async () => {
  const place = places.open()
  await expect(place.emulator.chronicle.list({ device_id: home.august_bridge })).rejects.toThrow(
    /not found/,
  )
})
