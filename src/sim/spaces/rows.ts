import { is, listHas } from '../../db/conditions.ts'
import { devices } from '../../db/tables/devices.ts'
import type { Device } from '../../db/tables/devices.ts'
import { spaces } from '../../db/tables/spaces.ts'
import type { Space } from '../../db/tables/spaces.ts'
import { domainError, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofKey = is(spaces.space_key)
const inSpace = listHas(devices.space_ids)

/** @throws space_not_found */
export const requireSpace = (world: World, space_id: string): Space => {
  const space = world.spaces.get(space_id)
  if (space === undefined) throw notFound('space', { space_id })
  return space
}

export const spaceOfKey = (world: World, space_key: string): Space | undefined =>
  world.spaces.first(ofKey(space_key))

/** One space by its id or its key. @throws space_not_found */
export const findSpace = (
  world: World,
  by: { space_id?: string | undefined; space_key?: string | undefined },
): Space => {
  const { space_id, space_key } = by
  if (space_id !== undefined) return requireSpace(world, space_id)
  const found = spaceOfKey(world, space_key ?? '')
  if (found === undefined) throw notFound('space', { space_key })
  return found
}

/** Keys are unique in a workspace (Seam docs: mapping your resources). @throws space_already_exists */
export const refuseTakenKey = (world: World, space_key: string): void => {
  const other = spaceOfKey(world, space_key)
  if (other === undefined) return
  throw domainError(
    'space_already_exists',
    `There is a space with the space_key "${space_key}" already. Update it, or choose another key.`,
    { data: { space_id: other.space_id, space_key }, param: 'space_key' },
  )
}

/** In the order in which the devices were added to the workspace. */
export const devicesOfSpace = (world: World, space_id: string): Device[] =>
  world.devices.all(inSpace(space_id))

/** The devices of several spaces, each once. */
export const devicesOfSpaces = (world: World, rows: readonly Space[]): Device[] => {
  const found = new Map<string, Device>()
  for (const { space_id } of rows) {
    for (const device of devicesOfSpace(world, space_id)) found.set(device.device_id, device)
  }
  return [...found.values()].toSorted((a, b) => a.seq - b.seq)
}
