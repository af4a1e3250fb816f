/** What brings about the events of grants and of locks that are not in order. */
import { z } from 'zod'
import type { EventType } from '../../client/inputs.ts'
import type { Scenario, Stage } from './stage.ts'

const grantAnswer = z.looseObject({
  access_grant: z.looseObject({
    access_grant_id: z.string(),
    access_method_ids: z.array(z.string()),
  }),
})

/** Grants a guest a PIN for the lock. */
const grant = async ({ client, device_id }: Stage, more: object = {}) => {
  const answer = await client.call('/access_grants/create', {
    user_identity: { full_name: 'Triggered Guest' },
    device_ids: [device_id],
    requested_access_methods: [{ mode: 'code' }],
    ...more,
  })
  return grantAnswer.parse(answer).access_grant
}

const granted: Scenario = (stage) => grant(stage)

/** The same, once the PIN is on the lock. */
const issued = async (stage: Stage) => {
  const made = await grant(stage)
  await stage.until('access_code.set_on_device')
  return made
}

const refuse = ({ client, device_id }: Stage) =>
  client.faults.create({
    on: 'access_code.set',
    match: { device_id },
    effect: { kind: 'fail' },
  })

/** A grant whose PIN the lock refuses, until the lock's code had this event. */
const refused =
  (event_type: EventType): Scenario =>
  async (stage) => {
    await refuse(stage)
    await grant(stage)
    await stage.until(event_type)
  }

const deletedGrant: Scenario = async (stage) => {
  const { access_grant_id } = await issued(stage)
  await stage.client.call('/access_grants/delete', { access_grant_id })
  await stage.until('access_code.removed_from_device')
}

/** The guest stays longer: the lock is told, and then the PIN is the guest's again. */
const prolonged: Scenario = async (stage) => {
  const { access_grant_id } = await issued(stage)
  const ends_at = await stage.inHours(26)
  await stage.client.call('/access_grants/update', { access_grant_id, ends_at })
}

const personAnswer = z.looseObject({
  user_identity: z.looseObject({ user_identity_id: z.string() }),
})
const phoneAnswer = z.looseObject({ phone: z.looseObject({ device_id: z.string() }) })

export const ofGrants: Partial<Record<EventType, Scenario>> = {
  'access_grant.created': granted,
  'access_method.created': granted,
  'access_grant.access_granted_to_all_doors': issued,
  'access_method.issued': issued,
  'access_grant.access_times_changed': prolonged,
  'access_method.reissued': async (stage) => {
    await prolonged(stage)
    await stage.until('access_code.changed')
  },
  'phone.deactivated': async ({ client }) => {
    const person = await client.call('/user_identities/create', { full_name: 'Triggered Guest' })
    const { user_identity_id } = personAnswer.parse(person).user_identity
    const made = await client.call('/phones/simulate/create_sandbox_phone', { user_identity_id })
    const { device_id } = phoneAnswer.parse(made).phone
    await client.call('/phones/deactivate', { device_id })
  },
  // No lock of a front door takes cards.
  'access_grant.could_not_create_requested_access_methods': (stage) =>
    grant(stage, { requested_access_methods: [{ mode: 'card' }] }),
  'access_grant.deleted': deletedGrant,
  'access_method.revoked': async (stage) => {
    await grant(stage, { ends_at: await stage.inHours(1) })
    await stage.until('access_code.removed_from_device')
  },
  'access_method.deleted': async (stage) => {
    const [access_method_id] = (await issued(stage)).access_method_ids
    await stage.client.call('/access_methods/delete', { access_method_id })
    await stage.until('access_code.removed_from_device')
  },
  'access_method.delay_in_issuing': refused('access_code.delay_in_setting_on_device'),
  'access_method.failed_to_issue': refused('access_code.failed_to_set_on_device'),
}

/** The lock's own radio goes and comes, as often as it takes to be called flaky. */
const flaky = async ({ client, device_id }: Stage): Promise<void> => {
  for (let n = 0; n < 3; n++) {
    await client.locks.disconnect({ device_id })
    await client.clock.advance('2m')
    await client.locks.connect({ device_id })
    await client.clock.advance('2m')
  }
}

const unmanage = ({ client, device_id }: Stage) =>
  client.call('/devices/update', { device_id, is_managed: false })

const setThirdParty = ({ client, device_id }: Stage, is_detected: boolean) =>
  client.locks.setThirdParty({ device_id, detected: is_detected })

export const ofLocksInTrouble: Partial<Record<EventType, Scenario>> = {
  'device.connection_became_flaky': flaky,
  'device.connection_stabilized': flaky,
  'device.removed': ({ client, device_id }) =>
    client.call('/devices/simulate/remove', { device_id }),
  'device.deleted': ({ client, connected_account_id }) =>
    client.call('/connected_accounts/delete', { connected_account_id }),
  'device.unmanaged.disconnected': async (stage) => {
    await unmanage(stage)
    await stage.client.locks.disconnect({ device_id: stage.device_id })
  },
  'device.unmanaged.connected': async (stage) => {
    await unmanage(stage)
    await stage.client.locks.disconnect({ device_id: stage.device_id })
    await stage.until('device.unmanaged.disconnected')
    await stage.client.locks.connect({ device_id: stage.device_id })
  },
  'device.third_party_integration_detected': (stage) => setThirdParty(stage, true),
  'device.third_party_integration_no_longer_detected': async (stage) => {
    await setThirdParty(stage, true)
    await stage.until('device.third_party_integration_detected')
    await setThirdParty(stage, false)
  },
  'action_attempt.simulate_keypad_code_entry.succeeded': async ({ client, device_id, setCode }) => {
    await setCode({ code: '482193' })
    await client.call('/locks/simulate/keypad_code_entry', { device_id, code: '482193' })
  },
  'action_attempt.simulate_keypad_code_entry.failed': async ({ client, device_id, until }) => {
    await client.locks.setKeypad({ device_id, connected: false })
    await until('device.accessory_keypad_disconnected')
    await client.call('/locks/simulate/keypad_code_entry', { device_id, code: '999999' })
  },
  'action_attempt.simulate_manual_lock_via_keypad.failed': async ({ client, device_id, until }) => {
    await client.locks.setKeypad({ device_id, connected: false })
    await until('device.accessory_keypad_disconnected')
    await client.call('/locks/simulate/manual_lock_via_keypad', { device_id })
  },
  'action_attempt.simulate_manual_lock_via_keypad.succeeded': ({ client, device_id }) =>
    client.call('/locks/simulate/manual_lock_via_keypad', { device_id }),
  'space.device_membership_changed': async ({ client, device_id }) => {
    const answer = await client.call('/spaces/create', { name: 'Triggered' })
    const { space } = z
      .looseObject({ space: z.looseObject({ space_id: z.string() }) })
      .parse(answer)
    await client.call('/spaces/add_devices', { space_id: space.space_id, device_ids: [device_id] })
  },
}
