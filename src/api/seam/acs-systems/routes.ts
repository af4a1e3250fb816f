import { z } from 'zod'
import { contains, is } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_systems } from '../../../db/tables/acs-systems.ts'
import { reportDevices } from '../../../sim/acs-encoders/report-devices.ts'
import { managersOf } from '../../../sim/acs-systems/create.ts'
import { requireSystem } from '../../../sim/acs-systems/rows.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import { ofCustomer } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { visibleSystems } from './visible.ts'
import { acsSystem, presentAcsSystem } from './wire.ts'

const ofAccount = is(acs_systems.connected_account_id)
const ofCustomersAccount = ofCustomer(acs_systems.connected_account_id)
const searched = contains(acs_systems.name, acs_systems.acs_system_id)

const get = defineEndpoint({
  path: '/acs/systems/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One access system.',
  effect: 'read',
  params: () => z.object({ acs_system_id: id() }),
  result: () => ({ acs_system: acsSystem() }),
  handler: ({ world }, { acs_system_id }) => ({
    acs_system: presentAcsSystem(world, requireSystem(world, acs_system_id)),
  }),
})

const list = defineEndpoint({
  path: '/acs/systems/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'Access systems in the order in which they were added.',
  effect: 'read',
  params: () =>
    z.object({
      connected_account_id: id().optional(),
      customer_key: z.string().optional(),
      search: z.string().min(1).optional(),
    }),
  result: () => ({ acs_systems: z.array(acsSystem()) }),
  handler: ({ world, auth }, { connected_account_id, customer_key, search }) => {
    const filters: Filter<'acs_systems'>[] = visibleSystems(auth)
    if (connected_account_id !== undefined) filters.push(ofAccount(connected_account_id))
    if (customer_key !== undefined) filters.push(ofCustomersAccount(customer_key))
    if (search !== undefined) filters.push(searched(search))
    return {
      acs_systems: world.acs_systems.all(filters).map((row) => presentAcsSystem(world, row)),
    }
  },
})

const listManagers = defineEndpoint({
  path: '/acs/systems/list_compatible_credential_manager_acs_systems',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The systems that can issue mobile keys for this one.',
  effect: 'read',
  params: () => z.object({ acs_system_id: id() }),
  result: () => ({ acs_systems: z.array(acsSystem()) }),
  handler: ({ world }, { acs_system_id }) => ({
    acs_systems: managersOf(world, requireSystem(world, acs_system_id)).map((row) =>
      presentAcsSystem(world, row),
    ),
  }),
})

const report = defineEndpoint({
  path: '/acs/systems/report_devices',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Tells of doors and encoders that the system itself cannot tell of (Hotek).',
  effect: 'write',
  params: () =>
    z.object({
      acs_system_id: id(),
      acs_entrances: z
        .array(
          z.object({
            hotek_metadata: z.object({
              common_area_name: z.string().optional(),
              common_area_number: z.string().optional(),
              room_number: z.string().optional(),
            }),
            is_removed: z.boolean().optional(),
          }),
        )
        .default([]),
      acs_encoders: z
        .array(
          z.object({
            hotek_metadata: z.object({ encoder_number: z.string() }),
            is_removed: z.boolean().optional(),
          }),
        )
        .default([]),
    }),
  result: () => ({}),
  handler: ({ world }, { acs_system_id, acs_entrances, acs_encoders }) => {
    reportDevices(world, acs_system_id, acs_entrances, acs_encoders)
    return {}
  },
})

export const acsSystemEndpoints = [get, list, listManagers, report]
