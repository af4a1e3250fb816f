/** The first demo: a guest with an access code, and a bridge that is unplugged in between. */
import { z } from 'zod'
import { looseReader } from '../../client/ask.ts'
import { isEmulatorError } from '../../client/transport.ts'
import { seamAccessCode } from '../../contract/seam.ts'
import type { Demo, Stage } from './stage.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'
const bridge_id = 'b0000000-0000-4000-8000-000000000001'
const booked = '2025-06-01T09:30:00.000Z'
const starts_at = '2025-06-22T15:00:00.000Z'
const ends_at = '2025-06-25T10:00:00.000Z'
const threeDaysBefore = '2025-06-19T15:00:00.000Z'

const codeAnswer = z.looseObject({ access_code: looseReader(seamAccessCode()) })

const status = async ({ emulator, say }: Stage, access_code_id: string): Promise<void> => {
  const told = await emulator
    .call('/access_codes/get', { access_code_id })
    .then((answer) => `status ${codeAnswer.parse(answer).access_code.status}`)
    .catch((error: unknown) => {
      if (!isEmulatorError(error)) throw error
      return `${error.status} ${error.type}`
    })
  await say({
    kind: 'api',
    text: `The API says: ${told}.`,
    mood: 'plain',
    source: `/access_codes/get: ${told}`,
  })
}

/** Books the stay; answers the code. */
const book = async ({ emulator, say, tellWebhooks }: Stage) => {
  await emulator.call('/webhooks/create', { url: emulator.inbox.url('demo') })
  const answer = await emulator.call('/access_codes/create', {
    device_id,
    name: 'Ada Guest',
    starts_at,
    ends_at,
  })
  const { access_code } = codeAnswer.parse(answer)
  const pin = access_code.code ?? ''
  await say({
    kind: 'api',
    text: `A stay is booked, three weeks ahead. Ada's PIN will be ${pin}.`,
    mood: 'plain',
    source: `/access_codes/create: status ${access_code.status}`,
  })
  await tellWebhooks()
  return { access_code_id: access_code.access_code_id, pin }
}

const play = async (stage: Stage): Promise<void> => {
  const { emulator, say, leap, door } = stage
  const { access_code_id, pin } = await book(stage)
  await leap({ to: threeDaysBefore })
  await leap({ by: '10m' })
  const bridge = await emulator.bridges.unplug({ bridge_id })
  await say({
    kind: 'api',
    text: 'Somebody unplugs the bridge to vacuum the hall.',
    mood: 'bad',
    source: `/_emulator/bridges/unplug: ${bridge.name} online ${String(bridge.online)}`,
  })
  await leap({ by: '10m' })
  await leap({ to: '2025-06-22T14:59:00.000Z' })
  await door(device_id, pin)
  await leap({ to: starts_at })
  await door(device_id, pin)
  await status(stage, access_code_id)
  await emulator.clock.advance('20h')
  await emulator.bridges.plug({ bridge_id })
  await leap({ by: '10m' })
  await leap({ to: ends_at })
  await door(device_id, pin)
  await leap({ by: '10m' })
  await status(stage, access_code_id)
}

export const stay: Demo = {
  title: ["A guest's stay", ', on a simulated August lock behind a bridge.'],
  lasts: 'Three and a half weeks',
  begins: booked,
  texts: {
    'access_code.created': ['The code is on record.', 'plain'],
    'access_code.scheduled_on_device': [
      'The lock has taken the code into its memory, with its window.',
      'good',
    ],
    'access_code.set_on_device': ['The code is set on the lock.', 'good'],
    'access_code.removed_from_device': ['The code is off the lock.', 'good'],
    'access_code.deleted': ['The code is gone from the API.', 'plain'],
    'device.disconnected': ['The lock cannot be reached any more.', 'bad'],
    'device.connected': ['The lock can be reached again.', 'good'],
    'lock.unlocked': ['The lock reports that it was opened.', 'plain'],
    'lock.locked': ['The lock reports that it is locked.', 'plain'],
    'lock.access_denied': ['The lock reports that it refused somebody.', 'plain'],
  },
  play,
}
