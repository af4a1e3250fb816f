import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'
import { startReceiver } from '../support/receiver.ts'
import type { Receiver } from '../support/receiver.ts'

let emulator: TestEmulator
let receiver: Receiver
beforeAll(async () => {
  emulator = await startTestEmulator()
  receiver = await startReceiver()
})
afterAll(async () => {
  await emulator.close()
  await receiver.close()
})

test('a new workspace lives and tells of it although nobody asks it anything', async () => {
  const { workspaces } = emulator.as(emulator.api_key)
  const fixture = {
    name: 'told',
    loose_ids: true,
    connected_accounts: [{ connected_account_id: 'account', model: 'august' }],
    devices: [
      { device_id: 'door', connected_account_id: 'account', model: 'august', name: 'Door' },
    ],
    access_codes: [{ device_id: 'door', name: 'Guest', code: '4711' }],
    webhooks: [{ url: receiver.url }],
  }
  await workspaces.create({ fixture, clock: { mode: 'scaled', rate: 100 } })
  await expect
    .poll(() => receiver.types(), { timeout: 5_000 })
    .toContain('access_code.set_on_device')
})
