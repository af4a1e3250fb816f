/** Faults of webhooks, as the emulator's own inbox and the official verifier meet them. */
import { SeamWebhook } from '@seamapi/webhook'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { EventType, FaultInput } from '../../src/client/inputs.ts'
import { controlBy, FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

type WebhookFault = Extract<FaultInput, { on: 'webhook' }>

const setUp = async (label: string) => {
  const api_key = `seam_test_webhooks_${label}`
  const { clock, faults, inbox, webhookDeliveries } = emulator.as(api_key)
  const seam = sdkOf(emulator, api_key)
  const webhook = await seam.webhooks.create({
    url: `${emulator.endpoint}/_emulator/inbox/receive/app`,
    event_types: ['access_code.created', 'access_code.set_on_device'],
  })
  return {
    control: controlBy(emulator.as(api_key)),
    inbox,
    webhookDeliveries,
    seam,
    webhook,
    fault: (effect: WebhookFault['effect'], match = {}, times = 1) =>
      faults.create({ on: 'webhook', match, times, effect }),
    /** Makes a code, lets it be set, and answers what the inbox has. */
    play: async (by = '2m') => {
      const { access_code_id } = await seam.accessCodes.create({ device_id: FRONT_DOOR })
      await clock.advance(by)
      const messages = await inbox.list()
      return {
        access_code_id,
        messages,
        story: messages.map(
          (it) => `${it.event_type?.replace('access_code.', '')}${it.is_verified ? '' : ' !'}`,
        ),
      }
    },
    deliveries: () => webhookDeliveries.list(),
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
    const { fault, play, inbox } = await setUp('delay')
    await fault({ kind: 'delay', by: '1h' }, { event_type: 'access_code.created' })
    expect((await play('30m')).story).toEqual(['set_on_device'])
    const messages = await inbox.waitFor({ count: 2, timeout: '2h' })
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
    const { fault, seam, webhookDeliveries } = await setUp('slow')
    const receiver = createServer((request, response) => {
      request.resume().on('end', () => response.end())
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const address = receiver.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { webhook_id } = await seam.webhooks.create({
      url: `http://127.0.0.1:${port}`,
      event_types: ['access_code.created'],
    })
    await fault({ kind: 'slow', by: '300ms' }, { url: `http://127.0.0.1:${port}*` })
    await seam.accessCodes.create({ device_id: FRONT_DOOR })
    await emulator.as('seam_test_webhooks_slow').clock.advance('1s')
    // By the sender's watch: a machine that is busy makes it longer, never shorter.
    const [delivery] = await webhookDeliveries.list({ webhook_id })
    expect(delivery?.attempts[0]?.duration).toBeGreaterThan(250)
    await new Promise((resolve) => receiver.close(resolve))
  })
})

describe('the inbox', () => {
  it('waits for a message by leaping to it, and says what came instead', async () => {
    const { control, inbox, seam } = await setUp('wait')
    await seam.accessCodes.create({ device_id: FRONT_DOOR })
    const event_type = 'access_code.set_on_device'
    const messages = await inbox.waitFor({ inbox: 'app', event_type, timeout: '1h' })
    expect(messages).toHaveLength(1)
    await expect(
      control('inbox/wait_for', { event_type: 'access_code.deleted', timeout: '1h' }),
    ).rejects.toThrow(/408.*0 of 1 messages of type access_code.deleted.*app: access_code.created/)
  })

  it('says how to register when nothing leads to it', async () => {
    const { inbox } = emulator.as('seam_test_webhooks_unregistered')
    await expect(inbox.waitFor({ timeout: '1s' })).rejects.toThrow(/No webhook leads here/)
  })

  it('is emptied by inbox, or as a whole', async () => {
    const { inbox, play } = await setUp('clear')
    await play()
    expect(await inbox.clear({ inbox: 'other' })).toMatchObject({ cleared: 0 })
    expect(await inbox.clear()).toMatchObject({ cleared: 2 })
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
    const { webhookDeliveries, inbox, play, deliveries } = await setUp('resend')
    await play()
    const [first] = await deliveries()
    const again = await webhookDeliveries.resend({ event_id: first?.event_id ?? '' })
    expect(again.state).toBe('delivered')
    const messages = await inbox.list()
    expect(messages).toHaveLength(3)
    expect(messages[2]?.message_id).toBe(messages[0]?.message_id)
  })

  it('takes the id of a message as well, which is of one event and one webhook', async () => {
    const { control, inbox, webhookDeliveries, play } = await setUp('resend_message')
    const { messages } = await play()
    const message_id = messages[1]?.message_id ?? ''
    await webhookDeliveries.resend({ message_id })
    const again = await inbox.list()
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
      await expect(control('webhook_deliveries/resend', body)).rejects.toThrow(words)
    }
  })
})

describe('the list of deliveries', () => {
  it('is of the event types that are asked for', async () => {
    const { control, webhookDeliveries, play } = await setUp('of_types')
    await play()
    const list = async (event_type: EventType | EventType[]) =>
      (await webhookDeliveries.list({ event_type })).map((it) => it.event_type)
    const [created, set] = ['access_code.created', 'access_code.set_on_device'] as const
    expect(await list(set)).toEqual([set])
    expect(await list([set, created])).toEqual([created, set])
    expect(await list('access_code.deleted')).toEqual([])
    const wrong = { event_type: 'access_code.set' }
    await expect(control('webhook_deliveries/list', wrong)).rejects.toThrow(
      /400: .*There is no event type/,
    )
  })
})
