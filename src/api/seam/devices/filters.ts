/** The filters that all lists of devices share. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import type { Filter } from '../../../db/conditions.ts'
import type { Device } from '../../../db/tables/devices.ts'
import type { Auth } from '../../http/auth.ts'
import { ofUser, seenBy } from '../../http/list-filters.ts'
import type { WorldContext } from '../../http/endpoint.ts'
import { id, metadataFilter, pageParams, timestamp } from '../../http/fields.ts'
import { pageOf, pageStart } from '../../http/pagination.ts'
import { devicesOfCustomer } from './of-customer.ts'
import { capabilityFlagNames } from './wire-capabilities.ts'
import {
  lt,
  contains,
  inTable,
  is,
  listHas,
  none,
  oneOf,
  pairsIn,
  where,
  above,
} from '../../../db/conditions.ts'
import { connect_webviews } from '../../../db/tables/connect-webviews.ts'
import { devices } from '../../../db/tables/devices.ts'
import { spaces } from '../../../db/tables/spaces.ts'

const ofAccount = is(devices.connected_account_id)
const ofAccounts = oneOf(devices.connected_account_id)
const withIds = oneOf(devices.device_id)
const ofType = is(devices.device_type)
const ofTypes = oneOf(devices.device_type)
const createdBefore = where(devices, ['created_at'], (c, its) => lt(c.created_at, its.created_at))
const inSpace = listHas(devices.space_ids)
const inNoSpace = none(inTable(devices.space_ids, spaces.space_id)([]))
const containing = contains(devices.name, devices.nickname, devices.device_id)
const metadataHas = pairsIn(devices.custom_metadata)
const throughWebview = inTable(devices.connected_account_id, connect_webviews.connected_account_id)
const webview = is(connect_webviews.connect_webview_id)
const seen = seenBy(ofAccounts, withIds)
const users = ofUser(devices.connected_account_id)
const managed = is(devices.is_managed)
const after = above(devices.seq)

const flags = once(() => z.array(z.enum(capabilityFlagNames)).optional())

export const deviceFilters = (
  defaultLimit: number,
  types: readonly string[],
  manufacturers: readonly string[],
) => ({
  connect_webview_id: id().optional(),
  connected_account_id: id().optional(),
  connected_account_ids: z.array(id()).optional(),
  created_before: timestamp().optional(),
  custom_metadata_has: metadataFilter().optional(),
  customer_key: z.string().optional(),
  device_ids: z.array(id()).optional(),
  device_type: z.enum(types).optional(),
  device_types: z.array(z.enum(types)).optional(),
  include_if: flags(),
  exclude_if: flags(),
  manufacturer: z.enum(manufacturers).optional(),
  search: z.string().min(1).optional(),
  space_id: id().optional(),
  unstable_location_id: id().nullish(),
  user_identifier_key: z.string().optional(),
  ...pageParams(defaultLimit),
})

export interface DeviceFilterParams {
  connect_webview_id?: string | undefined
  connected_account_id?: string | undefined
  connected_account_ids?: readonly string[] | undefined
  created_before?: number | undefined
  custom_metadata_has?: Readonly<Record<string, string | boolean | null>> | undefined
  customer_key?: string | undefined
  device_ids?: readonly string[] | undefined
  device_type?: string | undefined
  device_types?: readonly string[] | undefined
  include_if?: readonly string[] | undefined
  exclude_if?: readonly string[] | undefined
  manufacturer?: string | undefined
  search?: string | undefined
  space_id?: string | undefined
  unstable_location_id?: string | null | undefined
  user_identifier_key?: string | undefined
  limit: number
  page_cursor?: string | null | undefined
}

const conditionsOf = (params: DeviceFilterParams, auth: Auth): Filter<'devices'>[] => {
  const conditions: Filter<'devices'>[] = []
  if (params.connected_account_id !== undefined)
    conditions.push(ofAccount(params.connected_account_id))
  if (params.connected_account_ids !== undefined)
    conditions.push(ofAccounts(params.connected_account_ids))
  if (params.device_ids !== undefined) conditions.push(withIds(params.device_ids))
  if (params.device_type !== undefined) conditions.push(ofType(params.device_type))
  if (params.device_types !== undefined) conditions.push(ofTypes(params.device_types))
  if (params.created_before !== undefined)
    conditions.push(createdBefore({ created_at: params.created_before }))
  if (params.space_id !== undefined) conditions.push(inSpace(params.space_id))
  // Locations were what spaces are called before.
  const { unstable_location_id: location } = params
  if (location !== undefined) conditions.push(location === null ? inNoSpace : inSpace(location))
  if (params.search !== undefined) conditions.push(containing(params.search))
  conditions.push(...metadataHas(params.custom_metadata_has))
  if (params.customer_key !== undefined) {
    conditions.push(devicesOfCustomer(params.customer_key))
  }
  if (params.connect_webview_id !== undefined) {
    conditions.push(throughWebview(webview(params.connect_webview_id)))
  }
  if (params.user_identifier_key !== undefined) conditions.push(users(params.user_identifier_key))
  conditions.push(...seen(auth))
  return conditions
}

/** Which devices a route lists, whatever it is asked for, and as what. */
interface Listed<T extends object> {
  is_managed: boolean
  present: (device: Device) => T
  /** All types when not given. */
  types?: readonly string[]
}

/**
 * One page of devices, presented. Flags and manufacturers are derived, so these two
 * filters look at the presented device.
 */
export const listDevices = <T extends object>(
  call: WorldContext,
  params: DeviceFilterParams,
  { is_managed, present, types }: Listed<T>,
) => {
  const { world, auth } = call
  const conditions = conditionsOf(params, auth)
  conditions.push(managed(is_managed))
  if (types !== undefined) conditions.push(ofTypes(types))
  const start = pageStart(call, params.page_cursor)
  if (start !== null) conditions.push(after(Number(start[0])))
  const derived =
    params.include_if !== undefined ||
    params.exclude_if !== undefined ||
    params.manufacturer !== undefined
  const rows = world.devices.all(conditions, derived ? {} : { limit: params.limit + 1 })
  let shown = rows.map((row) => ({ seq: row.seq, wire: present(row) }))
  if (derived) shown = shown.filter(({ wire }) => passes(wire, params))
  const page = pageOf(call, shown.slice(0, params.limit + 1), {
    limit: params.limit,
    positionOf: (row) => [row.seq],
    hasFakeQuirks: world.workspace.loose_ids,
  })
  return { devices: page.rows.map(({ wire }) => wire), pagination: page.pagination }
}

const passes = (wire: object, params: DeviceFilterParams): boolean => {
  const device = new Map<string, unknown>(Object.entries(wire))
  if (params.include_if?.some((flag) => device.get(flag) !== true)) return false
  if (params.exclude_if?.some((flag) => device.get(flag) === true)) return false
  if (params.manufacturer === undefined) return true
  const properties = device.get('properties')
  return (
    typeof properties === 'object' &&
    properties !== null &&
    'manufacturer' in properties &&
    properties.manufacturer === params.manufacturer
  )
}
