/** What brings each event about, on a fresh lock. */
import { z } from 'zod'
import type { EventType } from '../../client/inputs.ts'
import { ofGrants, ofLocksInTrouble } from './more-scenarios.ts'
import { ofOthers } from './other-scenarios.ts'
import type { Scenario, Stage } from './stage.ts'

const unmanagedCodes = z.looseObject({
  access_codes: z.array(z.looseObject({ access_code_id: z.string() })),
})
const webviewAnswer = z.looseObject({
  connect_webview: z.looseObject({ connect_webview_id: z.string() }),
})
const sessionAnswer = z.looseObject({
  client_session: z.looseObject({ client_session_id: z.string() }),
})
const spaceAnswer = z.looseObject({ space: z.looseObject({ space_id: z.string() }) })

const created: Scenario = ({ code }) => code()

const updated =
  (change: (stage: Stage) => object | Promise<object>): Scenario =>
  async (stage) => {
    const access_code_id = await stage.setCode()
    await stage.client.call('/access_codes/update', { access_code_id, ...(await change(stage)) })
  }

const removed: Scenario = async ({ client, setCode }) => {
  const access_code_id = await setCode()
  await client.call('/access_codes/delete', { access_code_id })
}

const refusedSetting: Scenario = async ({ client, device_id, code }) => {
  await client.faults.create({
    on: 'access_code.set',
    match: { device_id },
    effect: { kind: 'fail' },
  })
  await code()
}

const refusedRemoval: Scenario = async ({ client, device_id, setCode }) => {
  const access_code_id = await setCode()
  await client.faults.create({
    on: 'access_code.remove',
    match: { device_id },
    effect: { kind: 'fail' },
  })
  await client.call('/access_codes/delete', { access_code_id })
}

const byHand: Scenario = ({ client, device_id }) =>
  client.manufacturerApp.createCode({ device_id, code: '482193', name: 'By hand' })

/** A code that somebody made with the lock's own app, once Seam knows it. */
const foundByHand = async (stage: Stage): Promise<string> => {
  await byHand(stage)
  await stage.until('access_code.unmanaged.created')
  const { device_id } = stage
  const answer = await stage.client.call('/access_codes/unmanaged/list', { device_id })
  return z.string().parse(unmanagedCodes.parse(answer).access_codes[0]?.access_code_id)
}

const bolt =
  (
    path: '/locks/lock_door' | '/locks/unlock_door',
    fault?: 'lock.lock' | 'lock.unlock',
  ): Scenario =>
  async ({ client, device_id }) => {
    if (fault !== undefined)
      await client.faults.create({ on: fault, match: { device_id }, effect: { kind: 'fail' } })
    // What is locked already is not locked again.
    await client.call(path === '/locks/lock_door' ? '/locks/unlock_door' : '/locks/lock_door', {
      device_id,
    })
    await client.call(path, { device_id })
  }

const lowBattery: Scenario = ({ client, device_id }) =>
  client.locks.setBattery({ device_id, level: 0.05 })

const keypad =
  (connected: boolean): Scenario =>
  async ({ client, device_id, until }) => {
    await client.locks.setKeypad({ device_id, connected: false })
    if (!connected) return
    await until('device.accessory_keypad_disconnected')
    await client.locks.setKeypad({ device_id, connected: true })
  }

const disconnected: Scenario = ({ client, device_id }) => client.locks.disconnect({ device_id })

const unmanaged: Scenario = ({ client, device_id }) =>
  client.call('/devices/update', { device_id, is_managed: false })

const webview = async ({ client }: Stage): Promise<string> => {
  const answer = await client.call('/connect_webviews/create', { accepted_providers: ['august'] })
  return webviewAnswer.parse(answer).connect_webview.connect_webview_id
}

const login: Scenario = async (stage) =>
  stage.client.connectWebviews.complete({ connect_webview_id: await webview(stage) })

const space = async ({ client }: Stage): Promise<string> =>
  spaceAnswer.parse(await client.call('/spaces/create', { name: 'Triggered' })).space.space_id

const ofCodes: Partial<Record<EventType, Scenario>> = {
  'access_code.created': created,
  'access_code.set_on_device': created,
  'access_code.scheduled_on_device': async ({ code, inHours }) =>
    code({ starts_at: await inHours(2), ends_at: await inHours(26) }),
  'access_code.changed': updated(() => ({ name: 'Changed' })),
  'access_code.name_changed': updated(() => ({ name: 'Changed' })),
  'access_code.code_changed': updated(() => ({ code: '739154' })),
  'access_code.mutations_requested': updated(() => ({ code: '739154' })),
  'access_code.time_frame_changed': updated(async ({ inHours }) => ({
    starts_at: await inHours(1),
    ends_at: await inHours(26),
  })),
  'access_code.removed_from_device': removed,
  'access_code.deleted': removed,
  'access_code.delay_in_setting_on_device': refusedSetting,
  'access_code.failed_to_set_on_device': refusedSetting,
  'access_code.delay_in_removing_from_device': refusedRemoval,
  'access_code.failed_to_remove_from_device': refusedRemoval,
  'access_code.modified_external_to_seam': async ({ client, device_id, setCode }) =>
    client.manufacturerApp.updateCode({
      device_id,
      access_code_id: await setCode(),
      code: '739154',
    }),
  'access_code.deleted_external_to_seam': async ({ client, device_id, setCode }) =>
    client.manufacturerApp.deleteCode({ device_id, access_code_id: await setCode() }),
  'access_code.unmanaged.created': byHand,
  'access_code.unmanaged.removed': async (stage) =>
    stage.client.manufacturerApp.deleteCode({
      device_id: stage.device_id,
      access_code_id: await foundByHand(stage),
    }),
  'access_code.unmanaged.converted_to_managed': async (stage) =>
    stage.client.call('/access_codes/unmanaged/convert_to_managed', {
      access_code_id: await foundByHand(stage),
    }),
}

const ofDevices: Partial<Record<EventType, Scenario>> = {
  'lock.locked': bolt('/locks/lock_door'),
  'lock.unlocked': bolt('/locks/unlock_door'),
  'lock.access_denied': ({ client, device_id }) =>
    client.locks.enterCode({ device_id, code: '000000' }),
  'device.added': () => Promise.resolve(),
  'device.connected': async (stage) => {
    await disconnected(stage)
    await stage.until('device.disconnected')
    await stage.client.locks.connect({ device_id: stage.device_id })
  },
  'device.disconnected': disconnected,
  'device.low_battery': lowBattery,
  'device.battery_status_changed': lowBattery,
  'device.accessory_keypad_disconnected': keypad(false),
  'device.accessory_keypad_connected': keypad(true),
  'device.name_changed': ({ client, device_id }) =>
    client.call('/devices/update', { device_id, name: 'Changed' }),
  'device.converted_to_unmanaged': unmanaged,
  'device.unmanaged.converted_to_managed': async (stage) => {
    await unmanaged(stage)
    await stage.client.call('/devices/unmanaged/update', {
      device_id: stage.device_id,
      is_managed: true,
    })
  },
  'action_attempt.lock_door.succeeded': bolt('/locks/lock_door'),
  'action_attempt.lock_door.failed': bolt('/locks/lock_door', 'lock.lock'),
  'action_attempt.unlock_door.succeeded': bolt('/locks/unlock_door'),
  'action_attempt.unlock_door.failed': bolt('/locks/unlock_door', 'lock.unlock'),
}

const ofAccounts: Partial<Record<EventType, Scenario>> = {
  'connected_account.disconnected': ({ client, connected_account_id }) =>
    client.faults.create({
      on: 'connected_account.link',
      match: { connected_account_id },
      effect: { kind: 'down' },
    }),
  'connected_account.reauthorization_requested': ({ client, connected_account_id }) =>
    client.connectedAccounts.requestReauthorization({ connected_account_id }),
  'connect_webview.login_succeeded': login,
  'connect_webview.login_failed': async (stage) =>
    stage.client.connectWebviews.fail({ connect_webview_id: await webview(stage) }),
  'connected_account.deleted': ({ client, connected_account_id }) =>
    client.call('/connected_accounts/delete', { connected_account_id }),
  'client_session.deleted': async ({ client }) => {
    const made = sessionAnswer.parse(await client.call('/client_sessions/create'))
    await client.call('/client_sessions/delete', {
      client_session_id: made.client_session.client_session_id,
    })
  },
  'space.created': space,
  'space.deleted': async (stage) =>
    stage.client.call('/spaces/delete', { space_id: await space(stage) }),
}

/** One entry for each event type that can be triggered. */
export const scenarios: Partial<Record<EventType, Scenario>> = {
  ...ofCodes,
  ...ofDevices,
  ...ofAccounts,
  ...ofGrants,
  ...ofLocksInTrouble,
  ...ofOthers,
}

/** Why there is no scenario, by the beginning of the event's type; the longest that fits. */
const reasons: readonly (readonly [prefix: string, reason: string])[] = [
  ['access_method.card_', 'no simulated lock takes cards'],
  ['access_grant.', 'the emulator tells of all doors of a grant together'],
  [
    'connected_account.',
    'a login is new only once: create a Connect Webview, then seam-emulator call connect_webviews/complete with its id and an email',
  ],
  ['camera.', 'cameras are not simulated'],
  ['device.salto.', 'the privacy mode of Salto locks is not simulated'],
  ['device.tampered', 'no simulated lock has a tamper sensor'],
  ['device.doorbell_rang', 'no simulated device has a bell'],
]

/** Why an event cannot be triggered. */
export const whyNot = (event_type: string): string =>
  reasons.find(([prefix]) => event_type.startsWith(prefix))?.[1] ??
  'it takes more than one lock and one call: bring it about with the other commands, or see docs/fidelity.md'
