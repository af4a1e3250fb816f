/** The plain story: a stay, from the booking to the day after. */
import { expect } from 'vitest'
import { at, frontBridge, frontDoor, garageDoor, scenarios } from './scenario.ts'

const scenario = scenarios()

scenario('a native code is scheduled, set at its start and gone after its end', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({
    device_id: garageDoor,
    name: 'Guest',
    code: '1357',
    starts_at: at(100),
    ends_at: at(148),
  })
  await it.advanceTo(at(27))
  expect(await it.memory(garageDoor)).toEqual([])
  await it.advanceTo(at(29))
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
    status: 'unset',
    is_scheduled_on_device: true,
  })
  expect(await it.door(garageDoor, '1357')).toBe('not_yet_valid')
  await it.advanceTo(at(101))
  expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
  expect(await it.door(garageDoor, '1357')).toBe('opens')
  await it.advanceTo(at(149))
  expect(await it.refused('/access_codes/get', { access_code_id })).toMatchObject({ status: 404 })
  expect(await it.door(garageDoor, '1357')).toBe('unknown_code')

  const events = await it.eventsOf(access_code_id)
  expect(
    events.map(({ event_type, code }) => [event_type.replace('access_code.', ''), code]),
  ).toEqual([
    ['created', undefined],
    ['scheduled_on_device', '1357'],
    ['set_on_device', '1357'],
    ['removed_from_device', undefined],
    ['deleted', '1357'],
  ])
  expect(events[2]?.occurred_at).toBe(at(100))
  for (const event of events) {
    expect(event).toMatchObject({
      access_code_id,
      device_id: garageDoor,
      connected_account_id: 'a0000000-0000-4000-8000-000000000002',
      device_custom_metadata: {},
      connected_account_custom_metadata: {},
    })
  }
})

scenario(
  'a code for one use opens once, and Seam hears of it when the lock can tell',
  async (it) => {
    const { access_code_id } = await it.seam.accessCodes.create({
      device_id: frontDoor,
      code: '1357',
      is_one_time_use: true,
    })
    await it.advance('1m')
    await it.control('bridges/unplug', { bridge_id: frontBridge })
    expect(await it.door(frontDoor, '1357')).toBe('opens')
    expect(await it.door(frontDoor, '1357')).toBe('unknown_code')
    await it.advance('1h')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
    await it.control('bridges/plug', { bridge_id: frontBridge })
    expect(await it.refused('/access_codes/get', { access_code_id })).toMatchObject({ status: 404 })
    expect((await it.story(access_code_id)).slice(2)).toEqual(['removed_from_device', 'deleted'])
  },
)
