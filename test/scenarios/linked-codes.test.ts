/** One PIN on several locks. */
import { expect } from 'vitest'
import { at, frontDoor, garageDoor, noKeypadDoor, scenarios, studioDoor } from './scenario.ts'

const scenario = scenarios()

scenario('Seam picks one PIN for several locks and links the codes', async (it) => {
  const device_ids = [frontDoor, garageDoor, studioDoor]
  const codes = await it.seam.accessCodes.createMultiple({ device_ids, name: 'Crew' })
  expect(codes.map((code) => code.device_id)).toEqual(device_ids)
  const [first] = codes
  expect(new Set(codes.map((code) => code.code))).toEqual(new Set([first?.code]))
  const common_code_key = first?.common_code_key ?? ''
  expect(common_code_key).toMatch(/^auto_set_by_create_multiple_[-0-9a-f]{36}$/)
  expect(codes.every((code) => code.common_code_key === common_code_key)).toBe(true)
  await it.advance('1m')
  for (const device_id of device_ids)
    expect(await it.door(device_id, first?.code ?? '')).toBe('opens')

  await it.seam.accessCodes.updateMultiple({
    common_code_key,
    name: 'Night crew',
    starts_at: at(1),
    ends_at: at(5),
  })
  await it.advance('90m')
  for (const { access_code_id } of codes) {
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
      name: 'Night crew',
      type: 'time_bound',
      ends_at: at(5),
      status: 'set',
    })
    expect(await it.story(access_code_id)).toContain('time_frame_changed')
  }
  await it.advance('5h')
  for (const device_id of device_ids)
    expect(await it.door(device_id, first?.code ?? '')).not.toBe('opens')
})

scenario('a PIN that the caller chose is not linked', async (it) => {
  const codes = await it.seam.accessCodes.createMultiple({
    device_ids: [frontDoor, garageDoor],
    code: '1357',
  })
  expect(codes.map((code) => [code.code, code.common_code_key])).toEqual([
    ['1357', null],
    ['1357', null],
  ])
  expect(
    await it.refused('/access_codes/update_multiple', { common_code_key: 'none' }),
  ).toMatchObject({
    status: 404,
  })
})

scenario('locks that can share no PIN refuse, or get one each', async (it) => {
  const six = await it.makeLock('nuki')
  const four = await it.makeLock('smartthings', { profile: { code_lengths: [4] } })
  const device_ids = [four, six]
  expect(await it.refused('/access_codes/create_multiple', { device_ids })).toMatchObject({
    status: 400,
    type: 'access_code_cannot_be_shared',
  })
  const codes = await it.seam.accessCodes.createMultiple({
    device_ids,
    behavior_when_code_cannot_be_shared: 'create_random_code',
  })
  expect(codes.map((code) => code.code?.length)).toEqual([4, 6])
})

scenario(
  'a given PIN that one lock cannot take is replaced there, if that is asked for',
  async (it) => {
    await it.seam.accessCodes.create({ device_id: garageDoor, code: '1357' })
    const codes = await it.seam.accessCodes.createMultiple({
      device_ids: [frontDoor, garageDoor],
      code: '1357',
      behavior_when_code_cannot_be_shared: 'create_random_code',
    })
    expect(codes[0]?.code).toBe('1357')
    expect(codes[1]?.code).not.toBe('1357')
  },
)

scenario('when one of several locks refuses, no code is created at all', async (it) => {
  const device_ids = [frontDoor, garageDoor, noKeypadDoor]
  expect(
    await it.refused('/access_codes/create_multiple', { device_ids, code: '1357' }),
  ).toMatchObject({
    status: 400,
  })
  for (const device_id of device_ids) {
    expect(await it.seam.accessCodes.list({ device_id })).toEqual([])
  }
  expect(await it.seam.events.list({ since: at(-1), event_type: 'access_code.created' })).toEqual(
    [],
  )
  await it.seam.accessCodes.create({ device_id: garageDoor, code: '1357' })
  expect(
    await it.refused('/access_codes/create_multiple', {
      device_ids: [frontDoor, garageDoor],
      code: '1357',
    }),
  ).toMatchObject({ status: 409 })
  expect(await it.seam.accessCodes.list({ device_id: frontDoor })).toEqual([])
})

scenario('a key of the caller’s own lets later codes take over the PIN', async (it) => {
  const first = await it.seam.accessCodes.create({ device_id: frontDoor, common_code_key: 'crew' })
  const second = await it.seam.accessCodes.create({
    device_id: garageDoor,
    common_code_key: 'crew',
  })
  expect(second.code).toBe(first.code)
})
