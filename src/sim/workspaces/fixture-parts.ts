/**
 * The lists of a fixture: one line a resource, in the order in which they are made. A resource whose
 * list is forgotten here is a failing test (test/fixtures/parts.test.ts).
 */
import type { TableName } from '../../db/tables/index.ts'
import { accessCodesFixture } from '../access-codes/fixture.ts'
import { accessGrantsFixture } from '../access-grants/fixture.ts'
import { acsAccessGroupsFixture } from '../acs-access-groups/fixture.ts'
import { acsCardsFixture } from '../acs-cards/fixture.ts'
import { acsCredentialsFixture } from '../acs-credentials/fixture.ts'
import { acsEncodersFixture } from '../acs-encoders/fixture.ts'
import { acsEntrancesFixture } from '../acs-entrances/fixture.ts'
import { acsSystemsFixture } from '../acs-systems/fixture.ts'
import { acsModels } from '../acs-systems/models/index.ts'
import { acsUsersFixture } from '../acs-users/fixture.ts'
import { clientSessionsFixture } from '../client-sessions/fixture.ts'
import { connectWebviewsFixture } from '../connect-webviews/fixture.ts'
import { connectedAccountsFixture } from '../connected-accounts/fixture.ts'
import { customersFixture, staysFixture } from '../customers/fixture.ts'
import { devicesFixture } from '../device-fixtures.ts'
import { bridgesFixture } from '../devices/bridges-fixture.ts'
import { faultsFixture } from '../faults/fixture.ts'
import type { FixturePart } from '../kernel/fixture-part.ts'
import { lockProfiles } from '../locks/models/index.ts'
import { noiseSensorsFixture } from '../noise-sensors/fixture.ts'
import { noiseSensorProfiles } from '../noise-sensors/models/index.ts'
import { spacesFixture } from '../spaces/fixture.ts'
import { userIdentitiesFixture } from '../user-identities/fixture.ts'
import { thermostatsFixture } from '../thermostats/fixture.ts'
import { thermostatProfiles } from '../thermostats/models/index.ts'
import { webhooksFixture } from '../webhooks/fixture.ts'

const accountOfModel = Object.fromEntries(
  Object.entries({
    ...acsModels,
    ...thermostatProfiles,
    ...noiseSensorProfiles,
    ...lockProfiles,
  }).map(([model, { account }]) => [model, account]),
)

export const fixtureParts = {
  connected_accounts: connectedAccountsFixture(accountOfModel),
  connect_webviews: connectWebviewsFixture,
  bridges: bridgesFixture,
  devices: devicesFixture,
  noise_sensors: noiseSensorsFixture,
  thermostats: thermostatsFixture,
  acs_systems: acsSystemsFixture,
  acs_entrances: acsEntrancesFixture,
  acs_access_groups: acsAccessGroupsFixture,
  acs_encoders: acsEncodersFixture,
  spaces: spacesFixture,
  user_identities: userIdentitiesFixture,
  acs_users: acsUsersFixture,
  acs_credentials: acsCredentialsFixture,
  acs_cards: acsCardsFixture,
  webhooks: webhooksFixture,
  faults: faultsFixture,
  access_codes: accessCodesFixture,
  access_grants: accessGrantsFixture,
  customers: customersFixture,
  stays: staysFixture,
  client_sessions: clientSessionsFixture,
} satisfies { [List in TableName]?: Pick<FixturePart<List>, 'list'> }
