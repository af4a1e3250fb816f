/** Errors and warnings that any device can have, derived from its state. */
import type { Device } from '../../db/tables/devices.ts'
import type { Issue } from '../events/issues.ts'

const offlineMessages: Record<string, string> = {
  hub_disconnected: 'The bridge or hub of this device is offline. Check its power and its network.',
  device_disconnected: 'The device is offline. Check its power and its connection.',
}

const deviceError = (error_code: string, message: string, created_at: number): Issue => ({
  error_code,
  message,
  created_at,
  is_device_error: true,
})

/** It is gone from its account, or cannot be reached. */
export const linkErrors = (device: Device): Issue[] => {
  const { removed_at, offline_cause, offline_since } = device
  if (removed_at !== null) {
    return [
      deviceError(
        'device_removed',
        'The device was removed from the account at its provider.',
        removed_at,
      ),
    ]
  }
  const message = offline_cause === null ? undefined : offlineMessages[offline_cause]
  if (message === undefined || offline_cause === null || offline_since === null) return []
  return [deviceError(offline_cause, message, offline_since)]
}

/** Its link comes and goes. */
export const linkWarnings = ({ flaky_since }: Device): Issue[] =>
  flaky_since === null
    ? []
    : [
        {
          warning_code: 'device_has_flaky_connection',
          message: 'The device goes offline and online again and again.',
          created_at: flaky_since,
        },
      ]
