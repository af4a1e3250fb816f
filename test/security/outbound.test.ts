import { channel } from 'node:diagnostics_channel'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { controlOf, FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import { startReceiver } from '../support/receiver.ts'

const clientRequests = channel('http.client.request.start')
const socketShape = z.object({ request: z.object({ path: z.string() }).loose() })
const seen: string[] = []
const note = (message: unknown): void => {
  seen.push(socketShape.parse(message).request.path)
}
afterEach(() => {
  clientRequests.unsubscribe(note)
})

describe('outbound traffic', () => {
  it('is webhooks and nothing else, over a week of use', async () => {
    const emulator = await startTestEmulator()
    const receiver = await startReceiver()
    const seam = sdkOf(emulator, emulator.api_key)
    clientRequests.subscribe(note)
    await seam.webhooks.create({ url: receiver.url, event_types: ['*'] })
    await seam.accessCodes.create({ device_id: FRONT_DOOR, name: 'Guest', code: '482913' })
    await controlOf(emulator, emulator.api_key)('clock/advance', { by: '7d' }, z.looseObject({}))
    // The SDK and the test's own calls go through fetch, which does not use node:http.
    expect(seen.length).toBeGreaterThan(0)
    expect(new Set(seen)).toEqual(new Set(['/hook']))
    await emulator.close()
    await receiver.close()
  })
})
