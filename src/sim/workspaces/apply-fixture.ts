/** Fills an empty world with what a fixture says. */
import { createAccessCode } from '../access-codes/operations.ts'
import { adoptFoundCodes } from '../access-codes/poll.ts'
import { deviceKinds } from '../device-kinds.ts'
import { kindNameOf } from '../devices/kinds.ts'
import { insertWebview } from '../connect-webviews/rows.ts'
import { domainError, isDomainError } from '../kernel/errors.ts'
import { createFault } from '../faults/operations.ts'
import { lockProfiles } from '../locks/models/index.ts'
import { insertWebhook } from '../webhooks/operations.ts'
import type { World } from '../kernel/world.ts'
import type { Fixture } from './fixture.ts'

type FixtureAccount = Fixture['connected_accounts'][number]

const createAccount = (
  world: World,
  account: FixtureAccount,
  webview: Fixture['connect_webviews'][number] | undefined,
): void => {
  const profile = account.model === undefined ? undefined : lockProfiles[account.model]
  const account_type = account.account_type ?? profile?.account.account_type
  if (account_type === undefined) {
    throw domainError(
      'invalid_fixture',
      `connected account ${account.connected_account_id}: give account_type, or the model of its locks`,
    )
  }
  world.connected_accounts.insert({
    connected_account_id: account.connected_account_id,
    account_type,
    account_type_display_name:
      account.account_type_display_name ??
      profile?.account.account_type_display_name ??
      account_type,
    display_name: account.display_name ?? account.user_identifier?.email ?? account_type,
    user_identifier: account.user_identifier ?? null,
    custom_metadata: account.custom_metadata,
    customer_key: account.customer_key ?? null,
    accepted_capabilities: ['lock'],
    automatically_manage_new_devices: true,
    connect_webview_id: webview?.connect_webview_id ?? null,
    disconnected_at: account.is_connected ? null : world.now,
    reauthorization_requested_at: null,
    created_at: world.now,
  })
}

/** Builds the world; no event is recorded for what was there from the beginning. */
export const applyFixture = (world: World, fixture: Fixture): void => {
  const { connect_webviews } = fixture
  for (const account of fixture.connected_accounts) {
    const { connected_account_id } = account
    const leadsHere = connect_webviews.find(
      (it) => it.connected_account_id === connected_account_id,
    )
    createAccount(world, account, leadsHere)
  }
  for (const webview of connect_webviews) {
    insertWebview(world, {
      connect_webview_id: webview.connect_webview_id,
      status: 'authorized',
      options: { accepted_providers: webview.accepted_providers },
      selected_provider: webview.accepted_providers[0] ?? null,
      connected_account_id: webview.connected_account_id,
      authorized_at: world.now,
    })
  }
  for (const bridge of fixture.bridges) {
    world.bridges.insert({
      bridge_id: bridge.bridge_id,
      connected_account_id: bridge.connected_account_id,
      name: bridge.name,
      offline_at: bridge.is_online ? null : world.now,
      created_at: world.now,
    })
  }
  for (const device of fixture.devices) {
    deviceKinds[kindNameOf(device)].create(world, device)
    adoptFoundCodes(world, device.device_id)
  }
  for (const { url, event_types, secret } of fixture.webhooks) {
    insertWebhook(world, url, event_types, secret)
  }
  for (const fault of fixture.faults) createFault(world, fault)
  for (const [index, code] of fixture.access_codes.entries()) {
    try {
      createAccessCode(world, {
        ...code,
        ...(code.starts_in !== undefined && { starts_at: world.now + code.starts_in }),
        ...(code.ends_in !== undefined && { ends_at: world.now + code.ends_in }),
      })
    } catch (error) {
      if (!isDomainError(error)) throw error
      const { param, message } = error
      const path = `access_codes.${index}${param === undefined ? '' : `.${param}`}`
      throw domainError('invalid_fixture', `The fixture ${fixture.name} at ${path}: ${message}`)
    }
  }
}
