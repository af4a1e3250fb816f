/** What becomes of those who are under way in a workspace that is deleted or replaced. */
import { once } from 'node:events'
import { IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { home, startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

/** Something to do for a leap, and to wait for in vain. */
const keepFailing = async ({ emulator, seam }: Place): Promise<string> => {
  await emulator.faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
  return (await seam.accessCodes.create({ device_id: home.schlage, code: '4711' })).access_code_id
}

test('a workspace is deleted after the leap that is under way there', async () => {
  const place = places.open('deleted-leap')
  const receiver = await startReceiver()
  // The leap stands still at its first delivery until it is let go.
  let letGo = (): void => undefined
  const arrived = new Promise<void>((resolve) => {
    receiver.answer(() => {
      resolve()
      return new Promise((answer) => {
        letGo = () => answer({ status: 200 })
      })
    })
  })
  await place.seam.webhooks.create({
    url: receiver.url,
    event_types: ['access_code.delay_in_setting_on_device'],
  })
  await keepFailing(place)
  const leap = place.raw('/_emulator/clock/advance', { by: '3d' })
  await arrived
  const deletion = place.raw('/_emulator/workspaces/delete')
  // Answered after it has come in, as whatever is sent after this is.
  await place.seam.devices.list()
  const late = place.raw('/_emulator/clock/advance', { by: '1h' })
  await place.seam.devices.list()
  letGo()
  expect(await Promise.all([leap, deletion, late])).toMatchObject([
    { status: 200, body: { ok: true, clock: { now: '2025-01-04T00:00:00.000Z' } } },
    { status: 200, body: { ok: true } },
    { status: 404, body: { ok: false, error: { type: 'workspace_not_found' } } },
  ])
  await receiver.close()
})

test('a wait in a workspace that is deleted is told so', async () => {
  const place = places.open('deleted-wait')
  const access_code_id = await keepFailing(place)
  await place.emulator.clock.resume()
  const wait = place.raw('/_emulator/wait_until', { access_code_id, status: 'set', timeout: '1d' })
  await place.seam.devices.list()
  await place.raw('/_emulator/workspaces/delete')
  expect(await wait).toMatchObject({
    status: 404,
    body: { ok: false, error: { type: 'workspace_not_found' } },
  })
})

test('a wait for what a restored snapshot does not know finds it deleted', async () => {
  const place = places.open('restored')
  await place.raw('/_emulator/snapshots/create', { name: 'before' })
  const access_code_id = await keepFailing(place)
  await place.emulator.clock.resume()
  const wait = place.raw('/_emulator/wait_until', {
    access_code_id,
    status: 'deleted',
    timeout: '1d',
  })
  await place.seam.devices.list()
  await place.raw('/_emulator/snapshots/restore', { name: 'before' })
  expect(await wait).toMatchObject({ status: 200, body: { ok: true } })
})

test('a call that came in before its workspace was deleted does not open it again', async () => {
  const place = places.open('deleted-call')
  const ended: { status: number | undefined; text: string }[] = []
  const begun = ['/devices/list', '/access_codes/create', '/_emulator/clock/advance'].map((path) =>
    request(place.endpoint + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${place.api_key}`,
        'content-type': 'application/json',
        'content-length': 2,
        // The server says that it has begun.
        expect: '100-continue',
      },
    }),
  )
  const answers = begun.map(async (call) => {
    const [response] = z.tuple([z.instanceof(IncomingMessage)]).parse(await once(call, 'response'))
    ended.push({ status: response.statusCode, text: await text(response) })
  })
  await Promise.all(begun.map((call) => once(call, 'continue')))
  await place.raw('/_emulator/workspaces/delete')
  for (const call of begun) call.end('{}')
  await Promise.all(answers)
  for (const { status, text } of ended) {
    expect(status).toBe(404)
    expect(JSON.parse(text)).toMatchObject({ error: { type: 'workspace_not_found' } })
  }
  const workspaces = await places.open('beside').emulator.workspaces.list()
  expect(workspaces.map(({ api_key }) => api_key)).not.toContain(place.api_key)
})
