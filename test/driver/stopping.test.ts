import { expect, test } from 'vitest'
import { home, startPlaces } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'

test('an emulator that is stopped in the middle of a leap stops, and the leap ends', async () => {
  const emulator = await startPlaces()
  const place = emulator.open()
  const receiver = await startReceiver()
  await place.seam.webhooks.create({ url: receiver.url })
  let release = (): void => undefined
  const held = new Promise<{ status: number }>((resolve) => {
    release = () => resolve({ status: 200 })
  })
  const arrived = new Promise<void>((resolve) => {
    receiver.answer(() => {
      resolve()
      return held
    })
  })
  for (const code of ['1000', '2000', '3000']) {
    await place.seam.accessCodes.create({ device_id: home.schlage, code })
  }
  const leap = place.advance('1h').then(
    () => 'arrived',
    () => 'ended',
  )
  await arrived
  const stopped = emulator.stop()
  release()
  await stopped
  // The message on its way was waited for, and no other was begun.
  expect(receiver.received).toHaveLength(1)
  expect(['arrived', 'ended']).toContain(await leap)
  await receiver.close()
})
