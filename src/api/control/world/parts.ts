/**
 * How each part of a world is told: one entry for each of `contract/world.ts`. Whoever adds a resource
 * adds its part here, or says at its table why a world does not show it (`not_shown`).
 */
import type { WorldPartName } from '../../../contract/world.ts'
import { and, eq, is, oneOf, where } from '../../../db/conditions.ts'
import { access_codes } from '../../../db/tables/access-codes.ts'
import { access_methods } from '../../../db/tables/access-methods.ts'
import { acs_entrances } from '../../../db/tables/acs-entrances.ts'
import { registry, worldTables } from '../../../db/tables/index.ts'
import type { WorldTable } from '../../../db/tables/index.ts'
import type { Traits } from '../../../db/tables/traits.ts'
import { webhook_deliveries } from '../../../db/tables/webhooks.ts'
import { accountIssues } from '../../../sim/connected-accounts/issues.ts'
import { kindNameOf } from '../../../sim/devices/kinds.ts'
import { allFaults } from '../../../sim/faults/registry.ts'
import { toIso, toIsoOrNull } from '../../../sim/kernel/instant.ts'
import { presentBridge } from '../bridges.ts'
import { presentDisagreement } from '../disagreements.ts'
import { presentFault } from '../fault-wire.ts'
import { accessCodesPart, locksPart, presentIssues } from './locks.ts'
import type { AllParts, WorldPart } from './view.ts'

const ofSystem = is(acs_entrances.acs_system_id)
const ofGrant = is(access_methods.access_grant_id)
const ofMethods = oneOf(access_codes.access_method_id)
const waitingFor = where(webhook_deliveries, ['webhook_id'], (c, its) =>
  and(eq(c.webhook_id, its.webhook_id), eq(c.state, 'pending')),
)

const bridges: WorldPart<'bridges'> = {
  tables: ['bridges'],
  tell: ({ world }) => world.bridges.all().map((row) => presentBridge(world, row.bridge_id)),
}

const connected_accounts: WorldPart<'connected_accounts'> = {
  tables: ['connected_accounts'],
  tell: ({ world }) =>
    world.connected_accounts.all().map((row) => {
      const { errors, warnings } = accountIssues(row)
      return {
        connected_account_id: row.connected_account_id,
        account_type: row.account_type,
        display_name: row.display_name,
        is_connected: row.disconnected_at === null,
        errors: presentIssues(errors),
        warnings: presentIssues(warnings),
      }
    }),
}

const other_devices: WorldPart<'other_devices'> = {
  tables: ['devices', 'noise_sensors', 'thermostats'],
  tell: ({ world }) =>
    world.devices.all().flatMap((row) => {
      const kind = kindNameOf(row)
      if (kind === 'lock') return []
      const { device_id, device_type, name, connected_account_id, is_managed } = row
      return {
        device_id,
        kind,
        device_type,
        name,
        connected_account_id,
        is_managed,
        online: row.offline_cause === null,
        location_name: row.location?.location_name ?? null,
      }
    }),
}

const acs_systems: WorldPart<'acs_systems'> = {
  tables: ['acs_systems', 'acs_entrances'],
  tell: ({ world }) =>
    world.acs_systems.all().map((row) => ({
      acs_system_id: row.acs_system_id,
      name: row.name,
      model: row.model,
      connected_account_id: row.connected_account_id,
      is_connected: row.disconnected_at === null,
      entrances: world.acs_entrances
        .all(ofSystem(row.acs_system_id))
        .map(({ acs_entrance_id, display_name, offline_at }) => ({
          acs_entrance_id,
          name: display_name,
          online: offline_at === null,
        })),
    })),
}

const spaces: WorldPart<'spaces'> = {
  tables: ['spaces'],
  tell: ({ world }) => {
    const devices = world.devices.all()
    return world.spaces.all().map(({ space_id, name, parent_space_id }) => ({
      space_id,
      name,
      parent_space_id,
      device_ids: devices.filter((it) => it.space_ids.includes(space_id)).map((it) => it.device_id),
    }))
  },
}

const access_grants: WorldPart<'access_grants'> = {
  tables: ['access_grants', 'access_methods'],
  tell: ({ world }) =>
    world.access_grants.all().map((grant) => {
      const methods = world.access_methods.all(ofGrant(grant.access_grant_id))
      const codes = world.access_codes.all(ofMethods(methods.map((it) => it.access_method_id)))
      return {
        access_grant_id: grant.access_grant_id,
        name: grant.name,
        user_identity_id: grant.user_identity_id,
        starts_at: toIso(grant.starts_at),
        ends_at: toIsoOrNull(grant.ends_at),
        device_ids: grant.door_ids,
        acs_entrance_ids: grant.entrance_ids ?? [],
        access_code_ids: codes.map((it) => it.access_code_id),
        acs_credential_ids: methods.flatMap(({ acs }) => acs?.acs_credential_id ?? []),
      }
    }),
}

const faults: WorldPart<'faults'> = {
  tables: ['faults'],
  tell: ({ world }) => allFaults(world).map((row) => presentFault(row, world.now)),
}

const webhooks: WorldPart<'webhooks'> = {
  tables: ['webhooks', 'webhook_deliveries'],
  tell: ({ world }) =>
    world.webhooks.all().map(({ webhook_id, url, event_types, disabled_at }) => ({
      webhook_id,
      url,
      event_types,
      is_enabled: disabled_at === null,
      pending: world.webhook_deliveries.count(waitingFor({ webhook_id })),
    })),
}

const disagreements: WorldPart<'disagreements'> = {
  tables: ['lock_memory_slots', 'door_history', 'lock_log'],
  tell: (view) => view.disagreements().map(presentDisagreement),
}

export const worldParts: AllParts = {
  locks: locksPart,
  bridges,
  other_devices,
  acs_systems,
  connected_accounts,
  access_codes: accessCodesPart,
  spaces,
  access_grants,
  faults,
  webhooks,
  disagreements,
}

export const isPartName = (name: string): name is WorldPartName => Object.hasOwn(worldParts, name)

/** The parts that are told from a table. */
export const partsOf = (table: WorldTable): readonly string[] =>
  Object.entries(worldParts)
    .filter(([, { tables }]) => tables.includes(table))
    .map(([name]) => name)

/** The tables of which a world shows nothing. */
export const notShown: readonly WorldTable[] = worldTables.filter((name) => {
  const { not_shown }: Traits = registry[name]
  return not_shown !== undefined
})
