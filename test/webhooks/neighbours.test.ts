import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { portOf } from '../cli/run.ts'
import { FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import { startReceiver } from '../support/receiver.ts'

const hanging: ServerResponse[] = []
const silent = createServer((request, response) => {
  request.resume()
  hanging.push(response)
})
beforeAll(() => new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve)))
afterAll(() => silent.close())

/** A port of this machine on which nobody listens. */
const deadPort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const port = portOf(probe)
      probe.close(() => resolve(port))
    })
  })

it('a receiver that never answers, and one that is not there, delay no other one', async () => {
  const emulator = await startTestEmulator({ clock: { mode: 'realtime' } })
  const seam = sdkOf(emulator, emulator.api_key)
  const healthy = await startReceiver()
  const event_types = ['access_code.created']
  for (const url of [
    `http://127.0.0.1:${portOf(silent)}/`,
    `http://127.0.0.1:${await deadPort()}/`,
    healthy.url,
  ]) {
    await seam.webhooks.create({ url, event_types })
  }
  const created: string[] = []
  for (let n = 0; n < 30; n++) {
    const { access_code_id } = await seam.accessCodes.create({
      device_id: FRONT_DOOR,
      code: String(100_000 + n * 11),
      starts_at: '2090-01-01T00:00:00Z',
      ends_at: '2090-01-02T00:00:00Z',
    })
    created.push(access_code_id)
  }
  const code = z.looseObject({ access_code_id: z.string() })
  const arrived = () => healthy.received.map(({ event }) => code.parse(event).access_code_id)
  await expect.poll(arrived, { timeout: 5_000 }).toEqual(created)
  // The one in flight is all that the silent one has had: what is queued waits in the database.
  expect(hanging).toHaveLength(1)
  // Or closing would wait for it.
  for (const response of hanging) response.destroy()
  await emulator.close()
  await healthy.close()
})
