/** What a fixture may say of a connected account. */
import { z } from 'zod'
import { fixtureId, fixtureMetadata, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { domainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

/** What a lock model says of the accounts that its locks are in. */
interface ModelAccount {
  account_type: string
  account_type_display_name: string
}

const item = () =>
  z.strictObject({
    connected_account_id: fixtureId('Its id.'),
    model: fixtureText('The lock model whose provider the account belongs to.').optional(),
    account_type: fixtureText(
      "Its `account_type` on the wire; the model's when not given.",
    ).optional(),
    account_type_display_name: fixtureText(
      "Its `account_type_display_name` on the wire; the model's when not given.",
    ).optional(),
    display_name: fixtureText(
      'Its `display_name`; the e-mail address of its owner when not given.',
    ).optional(),
    user_identifier: z
      .strictObject({
        api_url: fixtureText('The URL of the API that it is an account of.').optional(),
        email: fixtureText('The e-mail address that its owner signs in with.').optional(),
        phone: fixtureText('The telephone number that its owner signs in with.').optional(),
        username: fixtureText('The name that its owner signs in with.').optional(),
      })
      .describe('Who its owner is at the provider.')
      .optional(),
    custom_metadata: fixtureMetadata(),
    customer_key: fixtureText('The customer that it belongs to.').optional(),
    is_connected: z
      .boolean()
      .default(true)
      .describe('Whether its credentials work; its devices are offline when they do not.'),
  })

type Described = z.output<ReturnType<typeof item>>

const accountOfModel = (
  accounts: Readonly<Record<string, ModelAccount>>,
  model: string | undefined,
): ModelAccount | undefined =>
  model !== undefined && Object.hasOwn(accounts, model) ? accounts[model] : undefined

const create = (world: World, account: Described, ofModel: ModelAccount | undefined): void => {
  const account_type = account.account_type ?? ofModel?.account_type
  if (account_type === undefined) throw domainError('invalid_input', NEEDS_TYPE)
  world.connected_accounts.insert({
    connected_account_id: account.connected_account_id,
    account_type,
    account_type_display_name:
      account.account_type_display_name ?? ofModel?.account_type_display_name ?? account_type,
    display_name: account.display_name ?? account.user_identifier?.email ?? account_type,
    user_identifier: account.user_identifier ?? null,
    custom_metadata: account.custom_metadata,
    customer_key: account.customer_key ?? null,
    accepted_capabilities: ['lock'],
    automatically_manage_new_devices: true,
    connect_webview_id: null,
    disconnected_at: account.is_connected ? null : world.now,
    reauthorization_requested_at: null,
    created_at: world.now,
  })
}

const NEEDS_TYPE = 'Give account_type, or the model of the account’s locks'

/** @param accounts the accounts of every lock model, by the model's name */
export const connectedAccountsFixture = (accounts: Readonly<Record<string, ModelAccount>>) =>
  fixturePart({
    list: 'connected_accounts',
    description: 'Accounts at providers of locks and other devices.',
    item,
    unique: ['connected_account_id'],
    references: [{ field: 'model', to: () => Object.keys(accounts), noun: 'lock model' }],
    problems: ({ model, account_type }) =>
      model === undefined && account_type === undefined
        ? [{ path: ['account_type'], message: NEEDS_TYPE }]
        : [],
    apply: (world, account) => create(world, account, accountOfModel(accounts, account.model)),
  })
