/** Spaces: places that have doors. Whoever has access to a space has it to the doors that it has now. */
import type { Geolocation, Space } from '../../db/tables/spaces.ts'
import { requireAccount } from '../connected-accounts/operations.ts'
import { recordEvent } from '../events/record.ts'
import { invalidInput } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import {
  devicesKind,
  entrancesKind,
  movesIn,
  movesTo,
  placeAll,
  placeQuietly,
  requireAll,
  spaceTold,
} from './members.ts'
import { refuseTakenKey, requireSpace } from './rows.ts'

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

/**
 * A space that has been there from the beginning.
 *
 * @throws space_already_exists, device_not_found, acs_entrance_not_found, connected_account_not_found, space_not_found
 */
export const addSpace = (world: World, input: NewSpace): Space => {
  const { space_key, connected_account_ids = [], parent_space_id } = input
  if (space_key !== undefined) refuseTakenKey(world, space_key)
  if (parent_space_id !== undefined) requireSpace(world, parent_space_id)
  requireAll(world, entrancesKind, input.acs_entrance_ids)
  for (const id of connected_account_ids) requireAccount(world, id)
  requireAll(world, devicesKind, input.device_ids)
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
  placeQuietly(world, space_id, [
    ...movesIn(devicesKind, input.device_ids),
    ...movesIn(entrancesKind, input.acs_entrance_ids),
  ])
  return requireSpace(world, space_id)
}

/** @throws as `addSpace` */
export const createSpace = (world: World, input: NewSpace): Space => {
  const space = addSpace(world, input)
  recordEvent(world, 'space.created', spaceTold(world, space))
  return space
}

/**
 * Changes a space. `device_ids` and `acs_entrance_ids` replace the whole set.
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
  requireAll(world, entrancesKind, change.acs_entrance_ids)
  requireAll(world, devicesKind, change.device_ids)
  world.spaces.update(space_id, {
    name: change.name ?? before.name,
    customer_key: change.customer_key ?? before.customer_key,
    customer_data: merged(before.customer_data, change.customer_data),
    custom_metadata: change.custom_metadata ?? before.custom_metadata,
    geolocation: change.geolocation === undefined ? before.geolocation : change.geolocation,
    parent_space_id: change.parent_space_id ?? before.parent_space_id,
  })
  const space = requireSpace(world, space_id)
  placeAll(world, space, [
    ...movesTo(world, devicesKind, space_id, change.device_ids),
    ...movesTo(world, entrancesKind, space_id, change.acs_entrance_ids),
  ])
  if (space.name !== before.name) react(world, 'space_renamed', space_id)
  return space
}

/** Puts things of a kind into a space, or takes them out. @throws space_not_found, device_not_found, acs_entrance_not_found */
const move =
  (kind: typeof devicesKind, isIn: boolean) =>
  (world: World, space_id: string, ids: readonly string[]): void => {
    const space = requireSpace(world, space_id)
    requireAll(world, kind, ids)
    placeAll(world, space, movesIn(kind, ids, isIn))
  }

export const addDevices = move(devicesKind, true)
export const removeDevices = move(devicesKind, false)
export const addEntrances = move(entrancesKind, true)
export const removeEntrances = move(entrancesKind, false)

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

/** Its devices and entrances stay, and are in it no longer. @throws space_not_found */
export const deleteSpace = (world: World, space_id: string): void => {
  const space = requireSpace(world, space_id)
  const event = spaceTold(world, space)
  placeQuietly(world, space_id, [
    ...movesIn(devicesKind, event.device_ids, false),
    ...movesIn(entrancesKind, event.acs_entrance_ids, false),
  ])
  world.spaces.delete(space_id)
  recordEvent(world, 'space.deleted', event)
  react(world, 'space_changed', space_id)
}
