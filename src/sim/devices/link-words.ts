import type { LinkBreak } from './link.ts'

/** Where the way to a device is broken, for people. */
export const linkWords: Readonly<Record<LinkBreak, string>> = {
  account_disconnected: 'its account is disconnected (account_disconnected)',
  hub_disconnected: 'its hub is offline (hub_disconnected)',
  device_disconnected: 'it is off its own network, without power, or gone (device_disconnected)',
}
