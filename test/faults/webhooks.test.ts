/** Faults of webhooks, as the emulator's own inbox and the official verifier meet them. */
import { SeamWebhook } from '@seamapi/webhook'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '../../src/emulator.ts'
import { anything, controlOf, FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'

let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const inbox = z.object({
  messages: z.array(
    z.looseObject({
      inbox: z.string(),
      message_id: z.string(),
      event_type: z.string(),
      is_verified: z.boolean(),
      received_at: z.string(),
    }),
  ),
})
const deliveries = z.object({
  webhook_deliveries: z.array(
    z.looseObject({
      event_id: z.string(),
      event_type: z.string(),
      state: z.string(),
      attempts: z.array(
        z.looseObject({ status: z.number().nullable(), fault_id: z.string().nullable() }),
      ),
    }),
  ),
})

const setUp = async (label: string) => {
  const api_key = `seam_test_webhooks_${label}`
  const control = controlOf(emulator, api_key)
  const seam = sdkOf(emulator, api_key)
  const webhook = await seam.webhooks.create({
    url: `${emulator.endpoint}/_emulator/inbox/receive/app`,
    event_types: ['access_code.created', 'access_code.set_on_device'],
  })
  return {
    control,
    seam,
    webhook,
    fault: (effect: Record<string, unknown>, match = {}, times = 1) =>
      control('faults/create', { on: 'webhook', match, times, effect }, anything),
    /** Makes a code, lets it be set, and answers what the inbox has. */
    play: async (by = '2m') => {
      const { access_code_id } = await seam.accessCodes.create({ device_id: FRONT_DOOR })
      await control('clock/advance', { by }, anything)
      const { messages } = await control('inbox/list', {}, inbox)
      return {
        access_code_id,
        messages,
        story: messages.map(
          (it) => `${it.event_type.replace('access_code.', '')}${it.is_verified ? '' : ' !'}`,
        ),
      }
    },
    deliveries: async () =>
      (await control('webhook_deliveries/list', {}, deliveries)).webhook_deliveries,
  }
}

describe('faults of webhooks', () => {
  it('without one, messages arrive once, in order, verified', async () => {
    const { play } = await setUp('none')
    expect((await play()).story).toEqual(['created', 'set_on_device'])
  })

  it('drop: the message never arrives, and is not tried again', async () => {
    const { fault, play, deliveries } = await setUp('drop')
    await fault({ kind: 'drop' }, { event_type: 'access_code.created' })
    expect((await play('40h')).story).toEqual(['set_on_device'])
    expect((await deliveries()).map(({ state, attempts }) => [state, attempts.length])).toEqual([
      ['dropped', 1],
      ['delivered', 1],
    ])
  })

  it('duplicate: the same message twice', async () => {
    const { fault, play } = await setUp('duplicate')
    await fault({ kind: 'duplicate' })
    const { story, messages } = await play()
    expect(story).toEqual(['created', 'created', 'set_on_device'])
    expect(messages[0]?.message_id).toBe(messages[1]?.message_id)
  })

  it('reorder: the message comes after the next one', async () => {
    const { fault, play } = await setUp('reorder')
    await fault({ kind: 'reorder' })
    expect((await play()).story).toEqual(['set_on_device', 'created'])
  })

  it('reorder: without a next one it comes in the end', async () => {
    const { fault, play } = await setUp('reorder_last')
    await fault({ kind: 'reorder', within: '10m' }, { event_type: 'access_code.set_on_device' })
    expect((await play('9m')).story).toEqual(['created'])
    expect((await play('9m')).story).toEqual([
      'created',
      'created',
      'set_on_device',
      'set_on_device',
    ])
  })

  it('delay: the message comes that much later, by the clock of the workspace', async () => {
    const { fault, play, control } = await setUp('delay')
    await fault({ kind: 'delay', by: '1h' }, { event_type: 'access_code.created' })
    expect((await play('30m')).story).toEqual(['set_on_device'])
    const { messages } = await control('inbox/wait_for', { count: 2, timeout: '2h' }, inbox)
    expect(messages.at(-1)).toMatchObject({
      event_type: 'access_code.created',
      received_at: '2025-01-01T01:00:00.000Z',
    })
  })

  it('bad_signature: a careful receiver refuses it, and the next attempt is good', async () => {
    const { fault, play, webhook, deliveries } = await setUp('signature')
    await fault({ kind: 'bad_signature' }, { event_type: 'access_code.created' })
    const { story, messages } = await play()
    // The lock answers within the five seconds that the second attempt waits.
    expect(story).toEqual(['created !', 'set_on_device', 'created'])
    const [first] = messages
    const verifier = new SeamWebhook(webhook.secret ?? '')
    const parts = z
      .object({ headers: z.record(z.string(), z.string()), body: z.unknown() })
      .parse(first)
    expect(() => verifier.verify(JSON.stringify(parts.body), parts.headers)).toThrow(/signature/)
    const [created] = await deliveries()
    expect(created?.attempts.map(({ status }) => status)).toEqual([400, 200])
    expect(created?.attempts[0]?.fault_id).not.toBeNull()
  })

  it('stale_timestamp: well signed, too old', async () => {
    const { fault, play, webhook } = await setUp('stale')
    await fault({ kind: 'stale_timestamp' }, { event_type: 'access_code.created' })
    const { messages } = await play()
    const parts = z
      .object({ headers: z.record(z.string(), z.string()), body: z.unknown() })
      .parse(messages[0])
    const verifier = new SeamWebhook(webhook.secret ?? '')
    expect(() => verifier.verify(JSON.stringify(parts.body), parts.headers)).toThrow(/too old/)
  })

  it('slow: the body takes its time', async () => {
    const { fault, seam } = await setUp('slow')
    let took = 0
    const receiver = createServer((request, response) => {
      const begun = performance.now()
      request.resume().on('end', () => {
        took = performance.now() - begun
        response.end()
      })
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const address = receiver.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await seam.webhooks.create({
      url: `http://127.0.0.1:${port}`,
      event_types: ['access_code.created'],
    })
    await fault({ kind: 'slow', by: '300ms' }, { url: `http://127.0.0.1:${port}*` })
    await seam.accessCodes.create({ device_id: FRONT_DOOR })
    await controlOf(emulator, 'seam_test_webhooks_slow')('clock/advance', { by: '1s' }, anything)
    expect(took).toBeGreaterThan(250)
    await new Promise((resolve) => receiver.close(resolve))
  })
})

describe('the inbox', () => {
  it('waits for a message by leaping to it, and says what came instead', async () => {
    const { control, seam } = await setUp('wait')
    await seam.accessCodes.create({ device_id: FRONT_DOOR })
    const { messages } = await control(
      'inbox/wait_for',
      { inbox: 'app', event_type: 'access_code.set_on_device', timeout: '1h' },
      inbox,
    )
    expect(messages).toHaveLength(1)
    await expect(
      control('inbox/wait_for', { event_type: 'access_code.deleted', timeout: '1h' }, inbox),
    ).rejects.toThrow(/408.*0 of 1 messages of type access_code.deleted.*app: access_code.created/)
  })

  it('says how to register when nothing leads to it', async () => {
    const control = controlOf(emulator, 'seam_test_webhooks_unregistered')
    await expect(control('inbox/wait_for', { timeout: '1s' }, inbox)).rejects.toThrow(
      /No webhook leads here/,
    )
  })

  it('is emptied by inbox, or as a whole', async () => {
    const { control, play } = await setUp('clear')
    await play()
    const cleared = z.object({ cleared: z.number() })
    expect(await control('inbox/clear', { inbox: 'other' }, cleared)).toMatchObject({ cleared: 0 })
    expect(await control('inbox/clear', {}, cleared)).toMatchObject({ cleared: 2 })
  })

  it('refuses what is no event of one of its workspaces', async () => {
    const response = await fetch(`${emulator.endpoint}/_emulator/inbox/receive/app`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"hello":"world"}',
    })
    expect(response.status).toBe(400)
  })
})

describe('resending', () => {
  it('sends the same message again, and answers when it has arrived', async () => {
    const { control, play, deliveries } = await setUp('resend')
    await play()
    const [first] = await deliveries()
    const answer = await control(
      'webhook_deliveries/resend',
      { event_id: first?.event_id },
      z.object({ webhook_delivery: z.looseObject({ state: z.string() }) }),
    )
    expect(answer.webhook_delivery.state).toBe('delivered')
    const { messages } = await control('inbox/list', {}, inbox)
    expect(messages).toHaveLength(3)
    expect(messages[2]?.message_id).toBe(messages[0]?.message_id)
  })

  it('takes the id of a message as well, which is of one event and one webhook', async () => {
    const { control, play } = await setUp('resend_message')
    const { messages } = await play()
    const message_id = messages[1]?.message_id
    await control('webhook_deliveries/resend', { message_id }, anything)
    const again = (await control('inbox/list', {}, inbox)).messages
    expect(again.map((it) => it.message_id)).toEqual([
      ...messages.map((it) => it.message_id),
      message_id,
    ])
    const wrong: [object, RegExp][] = [
      [{ message_id: 'msg_of_nobody' }, /404: .*message_not_found/],
      [{}, /400: .*Give event_id/],
      [{ message_id, event_id: 'both' }, /400: .*or only message_id/],
    ]
    for (const [body, words] of wrong) {
      await expect(control('webhook_deliveries/resend', body, anything)).rejects.toThrow(words)
    }
  })
})

describe('the list of deliveries', () => {
  it('is of the event types that are asked for', async () => {
    const { control, play } = await setUp('of_types')
    await play()
    const list = async (event_type: unknown) =>
      (await control('webhook_deliveries/list', { event_type }, deliveries)).webhook_deliveries.map(
        (it) => it.event_type,
      )
    const [created, set] = ['access_code.created', 'access_code.set_on_device']
    expect(await list(set)).toEqual([set])
    expect(await list([set, created])).toEqual([created, set])
    expect(await list('access_code.deleted')).toEqual([])
    await expect(list('access_code.set')).rejects.toThrow(/400: .*There is no event type/)
  })
})
