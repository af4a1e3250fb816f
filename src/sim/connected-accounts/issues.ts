/** Errors and warnings of accounts, derived from their state. */
import type { Issues } from '../events/issues.ts'

export const accountIssues = (account: {
  disconnected_at: number | null
  reauthorization_requested_at: number | null
}): Issues => ({
  errors:
    account.disconnected_at === null
      ? []
      : [
          {
            error_code: 'account_disconnected',
            message:
              'The connected account is disconnected. Ask its owner to connect it again through a Connect Webview.',
            created_at: account.disconnected_at,
            is_connected_account_error: true,
            is_device_error: false,
          },
        ],
  warnings:
    account.reauthorization_requested_at === null
      ? []
      : [
          {
            warning_code: 'account_reauthorization_requested',
            message:
              'The provider asks the owner of this account to sign in again through a Connect Webview.',
            created_at: account.reauthorization_requested_at,
          },
        ],
})
