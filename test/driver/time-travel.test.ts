import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startTestEmulator } from '../support/emulator.ts'
import { home, startPlaces } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'

const answer = z.object({
  action_attempt: z.object({ action_attempt_id: z.string(), status: z.string() }).optional(),
})

const frontDoor = 'd0000000-0000-4000-8000-000000000001'

test('a receiver may command a lock and wait for it while a leap waits for the receiver', async () => {
  const emulator = await startTestEmulator({ api_key: 'seam_test_reentrant' })
  onTestFinished(() => emulator.close())
  const call = async (path: string, body: object): Promise<z.infer<typeof answer>> => {
    const response = await fetch(`${emulator.endpoint}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer seam_test_reentrant', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.parse(await response.json())
  }
  const settled: string[] = []
  const receiver = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      void (async () => {
        if (text.includes('access_code.set_on_device')) {
          const { action_attempt } = await call('/locks/unlock_door', { device_id: frontDoor })
          const polled = await call('/action_attempts/get', {
            action_attempt_id: action_attempt?.action_attempt_id,
          })
          settled.push(polled.action_attempt?.status ?? '')
        }
        response.end()
      })()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void receiver.close())
  const address = receiver.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await call('/webhooks/create', { url: `http://127.0.0.1:${port}` })
  await call('/access_codes/create', { device_id: frontDoor, code: '4711' })

  await call('/_emulator/clock/advance', { by: '1h' })

  expect(settled).toEqual(['success'])
})

test('a receiver may freeze, copy or wait for the workspace before it answers', async () => {
  const emulator = await startPlaces()
  onTestFinished(() => emulator.stop())
  const place = emulator.open('impatient')
  const receiver = await startReceiver()
  onTestFinished(() => receiver.close())
  await place.seam.webhooks.create({ url: receiver.url, event_types: ['access_code.created'] })
  const calls: [path: string, body: (access_code_id: string) => object][] = [
    ['clock/freeze', () => ({})],
    ['snapshots/create', () => ({ name: 'in between' })],
    ['wait_until', (access_code_id) => ({ access_code_id, status: 'set', timeout: '1h' })],
  ]
  for (const [path, body] of calls) {
    const done: string[] = []
    receiver.answer(async () => {
      await Promise.resolve()
      const event = z
        .looseObject({ access_code_id: z.string() })
        .parse(receiver.received.at(-1)?.event)
      await place.control(path, body(event.access_code_id))
      done.push(path)
      return { status: 200 }
    })
    await place.seam.accessCodes.create({ device_id: frontDoor })
    const begun = Date.now()
    await place.advance('1h')
    await expect.poll(() => done, { timeout: 10_000 }).toEqual([path])
    expect(Date.now() - begun).toBeLessThan(10_000)
  }
})

test('a receiver that waits for the workspace is answered beside a neighbour that leaps without a pause', async () => {
  const emulator = await startPlaces()
  onTestFinished(() => emulator.stop())
  const busy = emulator.open('leaping')
  await busy.emulator.settings.update({ retry_every: '1m', retry_at_most: '1m' })
  await busy.emulator.faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
  await busy.seam.accessCodes.create({ device_id: home.schlage, code: '1234' })
  const place = emulator.open('impatient-beside')
  const receiver = await startReceiver()
  onTestFinished(() => receiver.close())
  await place.seam.webhooks.create({ url: receiver.url, event_types: ['access_code.created'] })
  const state = { isDone: false, leaps: 0 }
  receiver.answer(async () => {
    await place.control('clock/freeze', {})
    state.isDone = true
    return { status: 200 }
  })
  await place.seam.accessCodes.create({ device_id: frontDoor })
  const begun = Date.now()
  const leaping = (async () => {
    while (!state.isDone) {
      await busy.advance('10d')
      state.leaps++
    }
  })()
  await place.advance('1h')
  await expect.poll(() => state.isDone, { timeout: 15_000 }).toBe(true)
  expect(Date.now() - begun).toBeLessThan(12_000)
  await leaping
  expect(state.leaps).toBeGreaterThan(0)
})
