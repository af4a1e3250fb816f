import { afterAll, beforeAll, expect, it } from 'vitest'
import { updateSettings } from '../../src/sim/workspaces/operations.ts'
import { FRONT_DOOR, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const post = (path: string, body: unknown, api_key: string) =>
  fetch(`${emulator.endpoint}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const limited = (api_key: string): void => {
  emulator.universe.write(emulator.workspaceOf(api_key), (world) =>
    updateSettings(world, { rate_limits: true }),
  )
}

const other = 'd0000000-0000-4000-8000-000000000002'

it('lets ten codes a minute be created on a device, by the clock of the workspace', async () => {
  const api_key = 'seam_test_limited'
  limited(api_key)
  const create = (device_id = FRONT_DOOR) =>
    post('/access_codes/create', { device_id, name: 'Guest' }, api_key)
  for (let n = 0; n < 10; n++) expect((await create()).status).toBe(200)
  const refused = await create()
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('60')
  expect(await refused.json()).toMatchObject({ error: { type: 'rate_limit_exceeded' } })
  expect((await create(other)).status).toBe(200)

  const { clock } = emulator.as(api_key)
  await clock.advance('59s')
  expect((await create()).headers.get('retry-after')).toBe('1')
  await clock.advance('1s')
  expect((await create()).status).toBe(200)
})

it('counts deletions by the device of the code', async () => {
  const api_key = 'seam_test_limited_deletes'
  limited(api_key)
  const access_code_id = 'c0000000-0000-4000-8000-000000000009'
  const remove = () => post('/access_codes/delete', { access_code_id }, api_key)
  // A code that does not exist belongs to no device.
  for (let n = 0; n < 25; n++) expect((await remove()).status).toBe(404)
})

it('limits nobody unless asked to', async () => {
  const create = () => post('/locks/lock_door', { device_id: other }, 'seam_test_unlimited')
  for (let n = 0; n < 20; n++) expect((await create()).status).toBe(200)
})
