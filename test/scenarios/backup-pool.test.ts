/** Spare codes that wait on the lock for the day on which another code fails. */
import { expect } from 'vitest'
import { at, frontBridge, frontDoor, garageDoor, scenarios } from './scenario.ts'
import type { Scenario } from './scenario.ts'

const scenario = scenarios()

const stay = (it: Scenario, device_id: string, more: object = {}) =>
  it.seam.accessCodes.create({
    device_id,
    name: 'Guest',
    starts_at: at(1),
    ends_at: at(48),
    use_backup_access_code_pool: true,
    ...more,
  })

scenario(
  'the first code that asks for it fills the pool with real codes in real slots',
  async (it) => {
    const { access_code_id, is_backup_access_code_available } = await stay(it, frontDoor)
    expect(is_backup_access_code_available).toBe(false)
    expect((await it.seam.devices.get({ device_id: frontDoor })).errors).toEqual([])
    await it.advance('1m')
    expect(await it.seam.accessCodes.get({ access_code_id })).toMatchObject({
      is_backup_access_code_available: true,
      errors: [],
    })
    const memory = await it.memory(frontDoor)
    expect(memory).toHaveLength(4)
    expect(memory.filter((slot) => / Backup [-0-9a-f]{36} \(Seam\)$/.test(slot))).toHaveLength(3)
    // Spare codes are left out of the list until they are pulled.
    expect(await it.seam.accessCodes.list({ device_id: frontDoor })).toHaveLength(1)
    const properties = (await it.seam.devices.get({ device_id: frontDoor })).properties
    expect(properties).toMatchObject({
      supports_backup_access_code_pool: true,
      backup_access_code_pool_enabled: true,
    })
    // Any other code of the lock shares the pool.
    const other = await it.seam.accessCodes.create({
      device_id: frontDoor,
      starts_at: at(2),
      ends_at: at(4),
    })
    expect(other.is_backup_access_code_available).toBe(true)
  },
)

scenario('a backup takes the place of a code that fails, and lives exactly as long', async (it) => {
  const { access_code_id } = await stay(it, garageDoor, { starts_at: at(100), ends_at: at(148) })
  await it.advance('1m')
  const pulled = await it.seam.accessCodes.pullBackupAccessCode({ access_code_id })
  const again = await it.seam.accessCodes.pullBackupAccessCode({ access_code_id })
  expect(again.access_code_id).toBe(pulled.access_code_id)
  // As in the guides, the answer is the code for the guest.
  expect(pulled).toMatchObject({ is_backup: true })
  expect(await it.door(garageDoor, pulled.code ?? '')).toBe('opens')
  const original = await it.seam.accessCodes.get({ access_code_id })
  const backup_access_code_id = original.pulled_backup_access_code_id ?? ''
  expect(it.issues(original)).toEqual(['using_backup_access_code'])
  expect((await it.eventsOf(access_code_id)).at(-1)).toMatchObject({
    event_type: 'access_code.backup_access_code_pulled',
    backup_access_code_id,
  })
  const backup = await it.seam.accessCodes.get({ access_code_id: backup_access_code_id })
  expect(backup).toMatchObject({ is_backup: true, status: 'set', ends_at: at(148) })
  expect(backup.pending_mutations).toEqual([])
  expect(await it.door(garageDoor, backup.code ?? '')).toBe('opens')
  expect(await it.seam.accessCodes.list({ device_id: garageDoor })).toHaveLength(2)

  // The pool fills up again; the backup goes when the stay is over.
  await it.advance('1m')
  expect((await it.memory(garageDoor)).filter((slot) => slot.includes('Backup'))).toHaveLength(4)
  await it.advanceTo(at(149))
  expect(await it.door(garageDoor, backup.code ?? '')).toBe('unknown_code')
  expect((await it.story(backup_access_code_id)).slice(-2)).toEqual([
    'removed_from_device',
    'deleted',
  ])
})

scenario('the answer of a pull may be the original, as the samples show', async (it) => {
  await it.control('settings/update', { pull_answers_backup: false })
  const { access_code_id } = await stay(it, garageDoor)
  await it.advance('1m')
  const answer = await it.seam.accessCodes.pullBackupAccessCode({ access_code_id })
  expect(answer).toMatchObject({ access_code_id })
})

scenario('only codes with an end have backups', async (it) => {
  const { access_code_id } = await it.seam.accessCodes.create({ device_id: garageDoor })
  expect(
    await it.refused('/access_codes/pull_backup_access_code', { access_code_id }),
  ).toMatchObject({
    status: 400,
    type: 'access_code_not_time_bound',
  })
  const ongoing = { device_id: garageDoor, use_backup_access_code_pool: true }
  expect(await it.refused('/access_codes/create', ongoing)).toMatchObject({ status: 400 })
  const salto = await it.makeLock('salto_ks')
  expect(
    await it.refused('/access_codes/create', {
      device_id: salto,
      use_backup_access_code_pool: true,
      starts_at: at(1),
      ends_at: at(2),
    }),
  ).toMatchObject({ status: 400, type: 'invalid_input' })
})

scenario('a lock that is away runs out of backups and says so', async (it) => {
  const codes = [await stay(it, frontDoor)]
  while (codes.length < 4) codes.push(await stay(it, frontDoor))
  await it.advance('5m')
  await it.control('bridges/unplug', { bridge_id: frontBridge })
  const pull = (n: number) =>
    it.seam.accessCodes.pullBackupAccessCode({ access_code_id: codes[n]?.access_code_id ?? '' })
  await pull(0)
  // The new spare cannot be set, so the pool stays short.
  await it.advance('30m')
  const device = () => it.seam.devices.get({ device_id: frontDoor })
  expect(it.issues(await device())).toEqual(['hub_disconnected', 'partial_backup_access_code_pool'])
  await pull(1)
  await pull(2)
  await it.advance('30m')
  expect(it.issues(await device())).toEqual(['hub_disconnected', 'empty_backup_access_code_pool'])
  const last = codes[3]?.access_code_id ?? ''
  expect(await it.seam.accessCodes.get({ access_code_id: last })).toMatchObject({
    is_backup_access_code_available: false,
  })
  expect(it.issues(await it.seam.accessCodes.get({ access_code_id: last }))).toContain(
    'empty_backup_access_code_pool',
  )
  expect(
    await it.refused('/access_codes/pull_backup_access_code', { access_code_id: last }),
  ).toMatchObject({
    status: 404,
    type: 'backup_access_code_not_found',
  })

  await it.control('bridges/plug', { bridge_id: frontBridge })
  await it.advance('5m')
  expect(it.issues(await device())).toEqual([])
  await pull(3)
  await it.advance('1m')
  expect(it.issues(await device())).toEqual(['many_active_backup_codes'])
})
