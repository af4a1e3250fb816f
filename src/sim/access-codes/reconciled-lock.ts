import { keypadWorks } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { ReconciledLock } from './programming-window.ts'

/** The lock as the reconciler sees it. */
export const reconciledLock = (view: LockView): ReconciledLock => ({
  scheduling: view.profile.scheduling,
  is_reachable: view.link.online,
  accepts_codes: keypadWorks(view) && view.lock.subscription_expired_at === null,
  has_room: view.lock.bank_full_since === null,
  is_known: view.account.disconnected_at === null,
  is_removed: view.device.removed_at !== null,
  provider_assigns_pin: view.profile.provider_assigns_pin,
})
