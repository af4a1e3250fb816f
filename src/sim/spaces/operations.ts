/** Spaces: places that have doors. Whoever has access to a space has it to the doors that it has now. */
import type { Geolocation, Space } from '../../db/tables/spaces.ts'
import { requireAccount } from '../connected-accounts/operations.ts'
import { requireDevice } from '../devices/rows.ts'
import { recordEvent } from '../events/record.ts'
import { invalidInput, notFound } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { devicesOfSpace, refuseTakenKey, requireSpace } from './rows.ts'

/** Values of a customer's own; null takes one away. */
type CustomerData = Readonly<Record<string, string | null | undefined>>

export interface NewSpace {
  space_id?: string | undefined
  name: string
  space_key?: string | undefined
  customer_key?: string | undefined
  customer_data?: CustomerData | undefined
  custom_metadata?: Readonly<Record<string, unknown>> | undefined
  geolocation?: Geolocation | null | undefined
  parent_space_id?: string | undefined
  device_ids?: readonly string[] | undefined
  acs_entrance_ids?: readonly string[] | undefined
  connected_account_ids?: readonly string[] | undefined
}

export interface SpaceChange {
  name?: string | undefined
  customer_key?: string | undefined
  customer_data?: CustomerData | undefined
  custom_metadata?: Readonly<Record<string, unknown>> | undefined
  geolocation?: Geolocation | null | undefined
  parent_space_id?: string | undefined
  device_ids?: readonly string[] | undefined
  acs_entrance_ids?: readonly string[] | undefined
}

const merged = (before: Space['customer_data'], change: CustomerData | undefined) => {
  if (change === undefined) return before
  const all = { ...before, ...change }
  return Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    ),
  )
}

/** What an event of a space carries. */
const told = (world: World, { space_id, space_key }: Space) => ({
  space_id,
  ...(space_key !== null && { space_key }),
  device_ids: devicesOfSpace(world, space_id).map((device) => device.device_id),
  acs_entrance_ids: [],
})

/** Until access systems are simulated there is no entrance of that name. @throws acs_entrance_not_found */
const requireEntrances = (ids: readonly string[] = []): void => {
  const [acs_entrance_id] = ids
  if (acs_entrance_id !== undefined) throw notFound('acs_entrance', { acs_entrance_id })
}

/** Lets a device be in the space, or no longer; answers whether that is news. */
const place = (world: World, space_id: string, device_id: string, isIn: boolean): boolean => {
  const { space_ids } = requireDevice(world, device_id)
  if (space_ids.includes(space_id) === isIn) return false
  const others = space_ids.filter((id) => id !== space_id)
  world.devices.update(device_id, { space_ids: isIn ? [...others, space_id] : others })
  return true
}

/** One event tells of all devices that came or went. */
const placeAll = (
  world: World,
  space: Space,
  changes: readonly (readonly [device_id: string, isIn: boolean])[],
): void => {
  let isNews = false
  for (const [device_id, isIn] of changes) {
    isNews = place(world, space.space_id, device_id, isIn) || isNews
  }
  if (!isNews) return
  recordEvent(world, 'space.device_membership_changed', told(world, space))
  react(world, 'space_changed', space.space_id)
}

/**
 * A space that has been there from the beginning.
 *
 * @throws space_already_exists, device_not_found, acs_entrance_not_found, connected_account_not_found, space_not_found
 */
export const addSpace = (world: World, input: NewSpace): Space => {
  const { space_key, device_ids = [], connected_account_ids = [], parent_space_id } = input
  if (space_key !== undefined) refuseTakenKey(world, space_key)
  if (parent_space_id !== undefined) requireSpace(world, parent_space_id)
  requireEntrances(input.acs_entrance_ids)
  for (const id of connected_account_ids) requireAccount(world, id)
  for (const id of device_ids) requireDevice(world, id)
  const space_id = input.space_id ?? world.random.uuid('space')
  world.spaces.insert({
    space_id,
    space_key: space_key ?? null,
    name: input.name,
    customer_key: input.customer_key ?? null,
    customer_data: merged(null, input.customer_data),
    custom_metadata: input.custom_metadata ?? null,
    geolocation: input.geolocation ?? null,
    parent_space_id: parent_space_id ?? null,
    connected_account_ids: [...new Set(connected_account_ids)],
    created_at: world.now,
  })
  for (const id of device_ids) place(world, space_id, id, true)
  return requireSpace(world, space_id)
}

/** @throws as `addSpace` */
export const createSpace = (world: World, input: NewSpace): Space => {
  const space = addSpace(world, input)
  recordEvent(world, 'space.created', told(world, space))
  return space
}

/**
 * Changes a space. `device_ids` replaces the whole set.
 *
 * @throws space_not_found, device_not_found, acs_entrance_not_found
 */
export const updateSpace = (world: World, space_id: string, change: SpaceChange): Space => {
  const before = requireSpace(world, space_id)
  if (change.parent_space_id !== undefined) {
    requireSpace(world, change.parent_space_id)
    if (change.parent_space_id === space_id)
      throw invalidInput('parent_space_id', 'A space cannot be its own parent')
  }
  requireEntrances(change.acs_entrance_ids)
  for (const id of change.device_ids ?? []) requireDevice(world, id)
  world.spaces.update(space_id, {
    name: change.name ?? before.name,
    customer_key: change.customer_key ?? before.customer_key,
    customer_data: merged(before.customer_data, change.customer_data),
    custom_metadata: change.custom_metadata ?? before.custom_metadata,
    geolocation: change.geolocation === undefined ? before.geolocation : change.geolocation,
    parent_space_id: change.parent_space_id ?? before.parent_space_id,
  })
  const space = requireSpace(world, space_id)
  if (change.device_ids !== undefined) {
    const wanted = new Set(change.device_ids)
    const gone = devicesOfSpace(world, space_id).filter((device) => !wanted.has(device.device_id))
    placeAll(world, space, [
      ...gone.map((device) => [device.device_id, false] as const),
      ...[...wanted].map((id) => [id, true] as const),
    ])
  }
  if (space.name !== before.name) react(world, 'space_renamed', space_id)
  return space
}

/** Puts devices into a space, or takes them out. @throws space_not_found, device_not_found */
const moveDevices =
  (isIn: boolean) =>
  (world: World, space_id: string, device_ids: readonly string[]): void => {
    const space = requireSpace(world, space_id)
    for (const id of device_ids) requireDevice(world, id)
    placeAll(
      world,
      space,
      device_ids.map((id) => [id, isIn] as const),
    )
  }

export const addDevices = moveDevices(true)
export const removeDevices = moveDevices(false)

/** @throws space_not_found, acs_entrance_not_found */
export const changeEntrances = (
  world: World,
  space_id: string,
  acs_entrance_ids: readonly string[],
): void => {
  requireSpace(world, space_id)
  requireEntrances(acs_entrance_ids)
}

/** Links an account to the space, or no longer; its devices stay where they are. @throws space_not_found, connected_account_not_found */
export const linkAccount = (
  world: World,
  space_id: string,
  connected_account_id: string,
  isLinked: boolean,
): void => {
  const { connected_account_ids } = requireSpace(world, space_id)
  requireAccount(world, connected_account_id)
  const others = connected_account_ids.filter((id) => id !== connected_account_id)
  world.spaces.update(space_id, {
    connected_account_ids: isLinked ? [...others, connected_account_id] : others,
  })
}

/** Its devices stay, and are in it no longer. @throws space_not_found */
export const deleteSpace = (world: World, space_id: string): void => {
  const space = requireSpace(world, space_id)
  const event = told(world, space)
  for (const device_id of event.device_ids) place(world, space_id, device_id, false)
  world.spaces.delete(space_id)
  recordEvent(world, 'space.deleted', event)
  react(world, 'space_changed', space_id)
}
