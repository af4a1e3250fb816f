/**
 * The events that no other table has: each is brought about by `seam-emulator trigger`, which
 * test/cli/trigger.test.ts tries for every type, or by the test that is named, or by nothing.
 */
export interface EventRow {
  name: string
  /** `trigger`, or the title of a test. */
  by?: string
  absent?: string
}

const triggered = (...names: string[]): EventRow[] => names.map((name) => ({ name, by: 'trigger' }))

const missing = (...rows: [name: string, absent: string][]): EventRow[] =>
  rows.map(([name, absent]) => ({ name, absent }))

const login = 'brings account and devices, with the events in order and the metadata of the webview'
const healed = 'heals when it is connected again'
const plan = 'a paid plan lapses and is renewed at the next poll'

export const eventTable: readonly EventRow[] = [
  ...triggered(
    'acs_system.connected',
    'acs_system.added',
    'acs_system.disconnected',
    'acs_credential.deleted',
    'acs_credential.issued',
    'acs_credential.reissued',
    'acs_credential.invalidated',
    'acs_user.created',
    'acs_user.deleted',
    'acs_encoder.added',
    'acs_encoder.removed',
    'acs_access_group.deleted',
    'acs_entrance.added',
    'acs_entrance.removed',
    'connected_account.disconnected',
    'connected_account.deleted',
    'connected_account.reauthorization_requested',
    'action_attempt.lock_door.succeeded',
    'action_attempt.lock_door.failed',
    'action_attempt.unlock_door.succeeded',
    'action_attempt.unlock_door.failed',
    'action_attempt.simulate_keypad_code_entry.succeeded',
    'action_attempt.simulate_keypad_code_entry.failed',
    'action_attempt.simulate_manual_lock_via_keypad.succeeded',
    'action_attempt.simulate_manual_lock_via_keypad.failed',
    'connect_webview.login_succeeded',
    'connect_webview.login_failed',
    'device.connected',
    'device.added',
    'device.converted_to_unmanaged',
    'device.unmanaged.converted_to_managed',
    'device.unmanaged.connected',
    'device.disconnected',
    'device.unmanaged.disconnected',
    'device.low_battery',
    'device.battery_status_changed',
    'device.removed',
    'device.deleted',
    'device.third_party_integration_detected',
    'device.third_party_integration_no_longer_detected',
    'device.connection_became_flaky',
    'device.connection_stabilized',
    'device.accessory_keypad_connected',
    'device.accessory_keypad_disconnected',
    'device.name_changed',
    'lock.locked',
    'lock.unlocked',
    'lock.access_denied',
  ),
  { name: 'connected_account.created', by: login },
  { name: 'connected_account.completed_first_sync', by: login },
  { name: 'connected_account.connected', by: healed },
  { name: 'connected_account.completed_first_sync_after_reconnection', by: healed },
  { name: 'device.error.subscription_required', by: plan },
  { name: 'device.error.subscription_required.resolved', by: plan },
  ...missing(
    ['connected_account.successful_login', 'an older name of connect_webview.login_succeeded'],
    ['device.tampered', 'no simulated lock has a tamper sensor'],
    [
      'device.salto.privacy_mode_activated',
      'whether a lock is in privacy mode is its fixture’s to say, and does not change',
    ],
    ['device.salto.privacy_mode_deactivated', 'the same'],
    ['camera.activated', 'cameras are not simulated: they have no routes of their own'],
    ['device.doorbell_rang', 'no simulated device has a bell'],
    ['enrollment_automation.deleted', 'the public document has no routes of such automations'],
  ),
]
