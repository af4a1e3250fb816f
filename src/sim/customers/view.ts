/** What a customer has, as their portal shows it. */
import { desc, either, is, oneOf, orderBy } from '../../db/conditions.ts'
import type { AccessGrant, AccessMode } from '../../db/tables/access-grants.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'
import { automation_runs } from '../../db/tables/automations.ts'
import type { AutomationRun } from '../../db/tables/automations.ts'
import type { ResourceFilter, Stay } from '../../db/tables/customers.ts'
import { devices } from '../../db/tables/devices.ts'
import type { Device } from '../../db/tables/devices.ts'
import { spaces } from '../../db/tables/spaces.ts'
import type { Space } from '../../db/tables/spaces.ts'
import type { UserIdentity } from '../../db/tables/user-identities.ts'
import { explainAccessGrant } from '../access-grants/explain/grant.ts'
import { methodsOf } from '../access-grants/rows.ts'
import { entrancesOfSpace } from '../acs-entrances/rows.ts'
import type { World } from '../kernel/world.ts'
import { devicesOfSpace, devicesOfSpaces, spaceOfKey } from '../spaces/rows.ts'
import { userIdentityOfKey } from '../user-identities/rows.ts'
import { staysOfCustomer } from './stays.ts'

const accountsOf = is(connected_accounts.customer_key)
const ownDevices = is(devices.customer_key)
const ofAccounts = oneOf(devices.connected_account_id)
const spacesOf = is(spaces.customer_key)
const runsOf = is(automation_runs.stay_id)
const latestFirst = orderBy(automation_runs, (c) => [desc(c.seq)])

type Metadata = Readonly<Record<string, unknown>> | null

/** All filters hold, each exactly; what has no metadata fits none. */
const fits = (metadata: Metadata, filters: readonly ResourceFilter[]): boolean =>
  filters.every(({ field, value }) => metadata?.[field] === value)

export interface StayView {
  stay: Stay
  person: UserIdentity | undefined
  places: Space[]
  grant: AccessGrant | undefined
  ways: { mode: AccessMode; code: string | null; is_issued: boolean }[]
  /** Locks and entrances: how each is called, and what is to be said of it. */
  doors: { name: string; phrase: string }[]
  last_run: AutomationRun | undefined
}

const doorsOf = (world: World, grant: AccessGrant): StayView['doors'] => {
  const { doors, entrances } = explainAccessGrant(world, grant)
  return [...doors, ...entrances].map(({ name, phrase }) => ({ name, phrase }))
}

const viewOf = (world: World, stay: Stay): StayView => {
  const [key = ''] = stay.person_keys
  const { access_grant_id } = stay
  const grant = access_grant_id === null ? undefined : world.access_grants.get(access_grant_id)
  return {
    stay,
    person: userIdentityOfKey(world, key),
    places: stay.space_keys.flatMap((space_key) => spaceOfKey(world, space_key) ?? []),
    grant,
    ways: (grant === undefined ? [] : methodsOf(world, grant)).map(({ mode, code, issued_at }) => ({
      mode,
      code,
      is_issued: issued_at !== null,
    })),
    doors: grant === undefined ? [] : doorsOf(world, grant),
    last_run: world.automation_runs.first(runsOf(stay.stay_id), { order: latestFirst, limit: 1 }),
  }
}

/** The devices of a customer: its own, those of its accounts, and those in its spaces. */
export const devicesOfCustomer = (world: World, customer_key: string): Device[] => {
  const accounts = world.connected_accounts.all(accountsOf(customer_key))
  const ids = accounts.map(({ connected_account_id }) => connected_account_id)
  const own = world.devices.all(either(ownDevices(customer_key), ofAccounts(ids)))
  const placed = devicesOfSpaces(world, world.spaces.all(spacesOf(customer_key)))
  const all = new Map([...own, ...placed].map((device) => [device.device_id, device]))
  return [...all.values()].filter(({ is_managed }) => is_managed).toSorted((a, b) => a.seq - b.seq)
}

export const customerView = (
  world: World,
  customer_key: string,
  filters: readonly ResourceFilter[],
) => ({
  accounts: world.connected_accounts.all(accountsOf(customer_key)),
  devices: devicesOfCustomer(world, customer_key),
  spaces: world.spaces
    .all(spacesOf(customer_key))
    .filter((space) => fits(space.custom_metadata, filters))
    .map((space) => ({
      space,
      devices: devicesOfSpace(world, space.space_id),
      entrances: entrancesOfSpace(world, space.space_id),
    })),
  stays: staysOfCustomer(world, customer_key)
    .filter((stay) => fits(stay.custom_metadata, filters))
    .map((stay) => viewOf(world, stay)),
})

export type CustomerView = ReturnType<typeof customerView>
