/**
 * What each event carries beside the fields that all have (Seam OpenAPI 1.977, checked by test). A
 * question mark means: may be missing. Words in capitals are groups, spelled out in event.ts.
 */
export const eventPayloads = {
  'access_code.created': 'DEVICE access_code_id',
  'access_code.changed': 'DEVICE access_code_id change_reason? changed_properties?',
  'access_code.name_changed': 'DEVICE access_code_id description from to',
  'access_code.code_changed': 'DEVICE access_code_id description from to',
  'access_code.time_frame_changed': 'DEVICE access_code_id description from to',
  'access_code.mutations_requested': 'DEVICE access_code_id requested_mutations',
  'access_code.scheduled_on_device': 'DEVICE access_code_id code',
  'access_code.set_on_device': 'DEVICE access_code_id code',
  'access_code.removed_from_device': 'DEVICE access_code_id',
  'access_code.delay_in_setting_on_device': 'DEVICE ISSUES6 access_code_id',
  'access_code.failed_to_set_on_device': 'DEVICE ISSUES6 access_code_id',
  'access_code.deleted': 'DEVICE access_code_id code',
  'access_code.delay_in_removing_from_device': 'DEVICE ISSUES6 access_code_id',
  'access_code.failed_to_remove_from_device': 'DEVICE ISSUES6 access_code_id',
  'access_code.modified_external_to_seam': 'DEVICE access_code_id',
  'access_code.deleted_external_to_seam': 'DEVICE access_code_id',
  'access_code.backup_access_code_pulled': 'DEVICE access_code_id backup_access_code_id',
  'access_code.unmanaged.converted_to_managed': 'DEVICE access_code_id',
  'access_code.unmanaged.failed_to_convert_to_managed': 'DEVICE ISSUES6 access_code_id',
  'access_code.unmanaged.created': 'DEVICE access_code_id',
  'access_code.unmanaged.removed': 'DEVICE access_code_id',
  'access_grant.created': 'access_grant_id',
  'access_grant.deleted': 'access_grant_id',
  'access_grant.access_granted_to_all_doors': 'access_grant_id',
  'access_grant.access_granted_to_door': 'access_grant_id acs_entrance_id',
  'access_grant.access_to_door_lost': 'access_grant_id acs_entrance_id',
  'access_grant.access_times_changed': 'access_grant_id access_grant_key? ends_at? starts_at?',
  'access_grant.could_not_create_requested_access_methods':
    'access_grant_id error_message missing_device_ids?',
  'access_method.issued':
    'access_grant_ids access_grant_keys? access_method_id code? is_backup_code?',
  'access_method.revoked': 'access_grant_ids access_grant_keys? access_method_id',
  'access_method.card_encoding_required': 'access_grant_ids access_grant_keys? access_method_id',
  'access_method.deleted': 'access_grant_ids access_grant_keys? access_method_id',
  'access_method.reissued':
    'access_grant_ids access_grant_keys? access_method_id code? is_backup_code?',
  'access_method.created': 'access_grant_ids access_grant_keys? access_method_id',
  'access_method.delay_in_issuing': 'access_grant_ids access_grant_keys? access_method_id',
  'access_method.failed_to_issue': 'access_grant_ids access_grant_keys? access_method_id',
  'acs_system.connected': 'acs_system_id connected_account_id?',
  'acs_system.added': 'acs_system_id connected_account_id?',
  'acs_system.disconnected':
    'ISSUES2 acs_system_errors acs_system_id acs_system_warnings connected_account_id?',
  'acs_credential.deleted': 'acs_credential_id acs_system_id connected_account_id?',
  'acs_credential.issued': 'acs_credential_id acs_system_id connected_account_id?',
  'acs_credential.reissued': 'acs_credential_id acs_system_id connected_account_id?',
  'acs_credential.invalidated': 'acs_credential_id acs_system_id connected_account_id?',
  'acs_user.created': 'acs_system_id acs_user_id connected_account_id?',
  'acs_user.deleted': 'acs_system_id acs_user_id connected_account_id?',
  'acs_encoder.added': 'acs_encoder_id acs_system_id connected_account_id?',
  'acs_encoder.removed': 'acs_encoder_id acs_system_id connected_account_id?',
  'acs_access_group.deleted': 'acs_access_group_id acs_system_id connected_account_id?',
  'acs_entrance.added': 'acs_entrance_id acs_system_id connected_account_id?',
  'acs_entrance.removed': 'acs_entrance_id acs_system_id connected_account_id?',
  'client_session.deleted': 'client_session_id',
  'connected_account.connected': 'ACCOUNT connect_webview_id? customer_key?',
  'connected_account.created': 'ACCOUNT connect_webview_id',
  'connected_account.successful_login': 'ACCOUNT connect_webview_id',
  'connected_account.disconnected': 'ACCOUNT ISSUES2',
  'connected_account.completed_first_sync': 'ACCOUNT',
  'connected_account.deleted': 'ACCOUNT connected_account_type? customer_key?',
  'connected_account.completed_first_sync_after_reconnection': 'ACCOUNT',
  'connected_account.reauthorization_requested': 'ACCOUNT ISSUES2',
  'action_attempt.lock_door.succeeded':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'action_attempt.lock_door.failed':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'action_attempt.unlock_door.succeeded':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'action_attempt.unlock_door.failed':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'action_attempt.simulate_keypad_code_entry.succeeded':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'action_attempt.simulate_keypad_code_entry.failed':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'action_attempt.simulate_manual_lock_via_keypad.succeeded':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'action_attempt.simulate_manual_lock_via_keypad.failed':
    'action_attempt_id action_type connected_account_id? device_id? status',
  'connect_webview.login_succeeded': 'ACCOUNT connect_webview_id customer_key?',
  'connect_webview.login_failed': 'connect_webview_id',
  'device.connected': 'DEVICE customer_key?',
  'device.added': 'DEVICE customer_key?',
  'device.converted_to_unmanaged': 'DEVICE customer_key?',
  'device.unmanaged.converted_to_managed': 'DEVICE customer_key?',
  'device.unmanaged.connected': 'DEVICE customer_key?',
  'device.disconnected': 'DEVICE ISSUES4 customer_key? error_code',
  'device.unmanaged.disconnected': 'DEVICE ISSUES4 customer_key? error_code',
  'device.tampered': 'DEVICE customer_key?',
  'device.low_battery': 'DEVICE battery_level customer_key?',
  'device.battery_status_changed': 'DEVICE battery_level battery_status customer_key?',
  'device.removed': 'DEVICE customer_key?',
  'device.deleted': 'DEVICE customer_key? device_name?',
  'device.third_party_integration_detected': 'DEVICE customer_key?',
  'device.third_party_integration_no_longer_detected': 'DEVICE customer_key?',
  'device.salto.privacy_mode_activated': 'DEVICE customer_key?',
  'device.salto.privacy_mode_deactivated': 'DEVICE customer_key?',
  'device.connection_became_flaky': 'DEVICE ISSUES4 customer_key?',
  'device.connection_stabilized': 'DEVICE customer_key?',
  'device.error.subscription_required': 'DEVICE ISSUES4 customer_key?',
  'device.error.subscription_required.resolved': 'DEVICE customer_key?',
  'device.accessory_keypad_connected': 'DEVICE customer_key?',
  'device.accessory_keypad_disconnected': 'DEVICE ISSUES4 customer_key?',
  'noise_sensor.noise_threshold_triggered':
    'DEVICE customer_key? minut_metadata? noise_level_decibels? noise_level_nrs? noise_threshold_id? noise_threshold_name? noiseaware_metadata?',
  'lock.locked':
    'DEVICE access_code_id? access_code_is_managed? acs_entrance_id? acs_system_id? acs_user_id? action_attempt_id? code? customer_key? is_via_bluetooth? is_via_nfc? method user_identity_id?',
  'lock.unlocked':
    'ACCOUNT access_code_id? access_code_is_managed? acs_entrance_id? acs_system_id? acs_user_id? action_attempt_id? code? customer_key? device_custom_metadata? device_id? is_via_bluetooth? is_via_nfc? method user_identity_id?',
  'lock.access_denied':
    'ACCOUNT access_code_id? acs_entrance_id? acs_system_id? acs_user_id? customer_key? device_custom_metadata? device_id? reason? user_identity_id?',
  'thermostat.climate_preset_activated':
    'DEVICE climate_preset_key customer_key? is_fallback_climate_preset thermostat_schedule_id',
  'thermostat.manually_adjusted':
    'DEVICE cooling_set_point_celsius? cooling_set_point_fahrenheit? customer_key? fan_mode_setting? heating_set_point_celsius? heating_set_point_fahrenheit? hvac_mode_setting? method',
  'thermostat.temperature_threshold_exceeded':
    'DEVICE customer_key? lower_limit_celsius lower_limit_fahrenheit temperature_celsius temperature_fahrenheit upper_limit_celsius upper_limit_fahrenheit',
  'thermostat.temperature_threshold_no_longer_exceeded':
    'DEVICE customer_key? lower_limit_celsius lower_limit_fahrenheit temperature_celsius temperature_fahrenheit upper_limit_celsius upper_limit_fahrenheit',
  'thermostat.temperature_reached_set_point':
    'DEVICE customer_key? desired_temperature_celsius? desired_temperature_fahrenheit? temperature_celsius temperature_fahrenheit',
  'thermostat.temperature_changed':
    'DEVICE customer_key? temperature_celsius temperature_fahrenheit',
  'device.name_changed': 'DEVICE customer_key? device_name',
  'camera.activated':
    'DEVICE activation_reason customer_key? image_url? motion_sub_type? video_url?',
  'device.doorbell_rang': 'DEVICE customer_key? image_url? video_url?',
  'enrollment_automation.deleted': 'enrollment_automation_id',
  'phone.deactivated': 'device_custom_metadata? device_id',
  'space.device_membership_changed': 'acs_entrance_ids device_ids space_id space_key?',
  'space.created': 'acs_entrance_ids device_ids space_id space_key?',
  'space.deleted': 'acs_entrance_ids device_ids space_id space_key?',
} as const satisfies Record<string, string>
