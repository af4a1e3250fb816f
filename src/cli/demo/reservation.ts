/**
 * The second demo: a booking is pushed, becomes access to doors, is moved and cancelled, and the
 * bridges are out at the wrong moments.
 */
import { z } from 'zod'
import { isEmulatorError } from '../../client/transport.ts'
import { instant } from '../output.ts'
import { bridge, doors, entrance, flat1, flat2, house, hub } from './house.ts'
import type { Beat, Demo, Stage } from './stage.ts'

const customer_key = 'harbour-stays'
const reservation_key = 'booking-4711'
const starts_at = '2025-06-22T15:00:00.000Z'
const ends_at = '2025-06-27T10:00:00.000Z'

const runsAnswer = z.looseObject({
  automation_runs: z.array(
    z.looseObject({ automation_result: z.looseObject({ rule: z.string(), success: z.boolean() }) }),
  ),
})
const grantsAnswer = z.looseObject({
  access_grants: z.array(
    z.looseObject({ access_grant_id: z.string(), access_method_ids: z.array(z.string()) }),
  ),
})
const methodAnswer = z.looseObject({
  access_method: z.looseObject({ code: z.string(), is_issued: z.boolean() }),
})

/** Pushes the booking as it is now; Seam only ever says ok. */
const push = async (
  { emulator, say }: Stage,
  reservation: object,
  beat: Pick<Beat, 'text' | 'mood'>,
): Promise<void> => {
  await emulator.call('/customers/push_data', {
    customer_key,
    guests: [{ guest_key: 'ada', name: 'Ada Guest', email_address: 'ada@example.com' }],
    reservations: [{ reservation_key, guest_key: 'ada', starts_at, ends_at, ...reservation }],
  })
  await say({ kind: 'api', ...beat, source: '/customers/push_data: ok true' })
}

const lastRun = async ({ emulator, say }: Stage): Promise<void> => {
  const answer = await emulator.call('/seam/customer/v1/automation_runs/list')
  const last = runsAnswer.parse(answer).automation_runs.at(-1)?.automation_result
  await say({
    kind: 'api',
    text: `Its automation ${last?.success === true ? 'worked' : 'failed'}.`,
    mood: last?.success === true ? 'plain' : 'bad',
    source: `/seam/customer/v1/automation_runs/list: ${last?.rule ?? 'none'}, success ${String(last?.success)}`,
  })
}

/** The grant that came of the booking; undefined when there is none. */
const grantOf = async ({ emulator }: Stage) => {
  const answer = await emulator.call('/access_grants/list', { reservation_key })
  return grantsAnswer.parse(answer).access_grants[0]
}

const pinOf = async (stage: Stage): Promise<string> => {
  const [access_method_id] = (await grantOf(stage))?.access_method_ids ?? []
  const answer = await stage.emulator.call('/access_methods/get', { access_method_id })
  const { code, is_issued } = methodAnswer.parse(answer).access_method
  await stage.say({
    kind: 'api',
    text: is_issued
      ? `Ada's PIN ${code} is issued: now it may be sent to her.`
      : `There is a PIN, ${code}, which is not issued yet: Ada is not told.`,
    mood: is_issued ? 'good' : 'plain',
    source: `/access_methods/get: is_issued ${String(is_issued)}`,
  })
  return code
}

const explained = async ({ emulator, say }: Stage): Promise<void> => {
  const { access_grants } = await emulator.stays.explain({ stay_key: reservation_key })
  const [grant] = access_grants
  const waiting = grant?.doors.find(({ state }) => state !== 'ready')
  await say({
    kind: 'explain',
    text: grant?.summary[1] ?? '',
    mood: grant?.state === 'ready' ? 'good' : 'bad',
    source: waiting?.help ?? `/_emulator/stays/explain: ${grant?.state ?? 'none'}`,
  })
}

const plugging = async (
  { emulator, say }: Stage,
  action: 'plug' | 'unplug',
  bridge_id: string,
  text: string,
): Promise<void> => {
  const { name, online } = await emulator.bridges[action]({ bridge_id })
  await say({
    kind: 'api',
    text,
    mood: action === 'plug' ? 'good' : 'bad',
    source: `/_emulator/bridges/${action}: ${name} online ${String(online)}`,
  })
}

/** Two flats, and a booking three weeks ahead. */
const booked = async (stage: Stage): Promise<string> => {
  const { emulator, say, leap, tellWebhooks } = stage
  await emulator.call('/webhooks/create', {
    url: emulator.inbox.url('demo'),
    event_types: Object.keys(reservation.texts),
  })
  for (const [space_key, name, device_id] of [
    ['flat-1', 'Flat 1', flat1],
    ['flat-2', 'Flat 2', flat2],
  ] as const) {
    const device_ids = [entrance, device_id]
    await emulator.call('/spaces/create', { name, space_key, customer_key, device_ids })
  }
  await say({
    kind: 'api',
    text: 'Two flats become spaces, each with its own door and the entrance of the house.',
    mood: 'plain',
    source: '/spaces/create: flat-1, flat-2',
  })
  await push(
    stage,
    { space_keys: ['flat-1'] },
    {
      text: 'A booking of flat 1 is pushed. Seam says ok, whatever will come of it.',
      mood: 'plain',
    },
  )
  await tellWebhooks()
  await leap({ by: '1m' })
  await lastRun(stage)
  return pinOf(stage)
}

/** The bridge of flat 1 is out when its lock should be told, until ten minutes before the arrival. */
const arrival = async (stage: Stage, pin: string): Promise<void> => {
  const { leap, door } = stage
  await leap({ to: '2025-06-18T18:00:00.000Z' })
  await plugging(
    stage,
    'unplug',
    bridge,
    'Somebody unplugs the bridge of flat 1 to vacuum the hall.',
  )
  await leap({ by: '10m' })
  await leap({ to: '2025-06-22T14:46:00.000Z' })
  await explained(stage)
  await plugging(stage, 'plug', bridge, 'The host reads that, and plugs it in.')
  await leap({ by: '5m' })
  await pinOf(stage)
  await leap({ to: starts_at })
  await door(entrance, pin, 'the entrance')
  await door(flat1, pin, 'flat 1')
}

const moved = async (stage: Stage, pin: string): Promise<void> => {
  const { leap, door } = stage
  await leap({ to: '2025-06-23T11:00:00.000Z' })
  await push(
    stage,
    { space_keys: ['flat-2'] },
    { text: 'The shower of flat 1 leaks. The booking is pushed again, for flat 2.', mood: 'plain' },
  )
  await leap({ by: '5m' })
  await door(flat1, pin, 'flat 1')
  await door(flat2, pin, 'flat 2')
}

/** The hub is out when the booking is cancelled: the lock does not know. */
const cancelled = async (stage: Stage, pin: string): Promise<void> => {
  const { emulator, say, leap, door } = stage
  await leap({ to: '2025-06-24T18:00:00.000Z' })
  await plugging(stage, 'unplug', hub, 'A storm takes the hub of the second floor.')
  await leap({ by: '10m' })
  await emulator.call('/customers/delete_data', { reservation_keys: [reservation_key] })
  await say({
    kind: 'api',
    text: 'Ada leaves early. The booking is cancelled, by its key alone.',
    mood: 'plain',
    source: '/customers/delete_data: ok true',
  })
  await leap({ by: '3h' })
  await explained(stage)
  await door(flat2, pin, 'flat 2')
  await reported(stage)
  await plugging(stage, 'plug', hub, 'The hub is back.')
  await leap({ by: '10m' })
  await door(flat2, pin, 'flat 2')
  await door(entrance, pin, 'the entrance')
  const grant = await grantOf(stage).catch((error: unknown) => {
    if (!isEmulatorError(error)) throw error
    return undefined
  })
  await say({
    kind: 'api',
    text: grant === undefined ? 'Nothing of the booking is left.' : 'The grant is still there.',
    mood: grant === undefined ? 'good' : 'bad',
    source: `/access_grants/list: ${grant === undefined ? 0 : 1} of ${reservation_key}`,
  })
}

const reported = async ({ emulator, say }: Stage): Promise<void> => {
  const { total } = await emulator.report({ stays: [reservation_key] })
  const minutes = (value: number): string => `${Number(value.toFixed(1))} min`
  await say({
    kind: 'explain',
    text: `Until now: locked out for ${minutes(total.locked_out_minutes)}, and could get in for ${minutes(total.overstay_minutes)} after that was over.`,
    mood: total.overstay_minutes > 0 ? 'bad' : 'good',
    source: `/_emulator/report, until ${instant((await emulator.clock.get()).now)}`,
  })
}

const at = (text: string) => (message: { body: { device_id?: string | undefined } }) =>
  `${text} ${doors[message.body.device_id ?? ''] ?? 'the lock'}.`

export const reservation: Demo = {
  title: [
    "A guest's journey",
    ', from a pushed booking to a shut door, in a house of three locks.',
  ],
  lasts: 'Three and a half weeks',
  begins: '2025-06-01T09:30:00.000Z',
  fixture: house,
  texts: {
    'access_grant.created': ['The booking has become an access grant.', 'plain'],
    'access_method.created': ['It has a PIN, one for all doors.', 'plain'],
    'access_code.scheduled_on_device': [at('The PIN is in the lock of'), 'good'],
    'access_code.set_on_device': [at('The PIN is set at'), 'good'],
    'access_method.delay_in_issuing': ['The start is near, and a door is missing.', 'bad'],
    'access_method.failed_to_issue': ['The stay begins, and a door is missing.', 'bad'],
    'access_method.issued': ['Every door has the PIN.', 'good'],
    'access_grant.access_granted_to_all_doors': ['All doors are provided for.', 'good'],
    'access_method.revoked': [
      'Doors change: until they know, the PIN is not to be trusted.',
      'plain',
    ],
    'access_method.reissued': ['Every door of the new place has the same PIN.', 'good'],
    'access_code.removed_from_device': [at('The PIN is off'), 'good'],
    'access_method.deleted': ['The PIN is gone.', 'plain'],
    'access_grant.deleted': ['The grant is gone: no lock knows of it any more.', 'good'],
    'device.disconnected': [at('Seam has lost'), 'bad'],
    'device.connected': [at('Seam has found'), 'good'],
  },
  play: async (stage) => {
    const pin = await booked(stage)
    await arrival(stage, pin)
    await moved(stage, pin)
    await cancelled(stage, pin)
  },
}
