/** What is in a space: devices and entrances, which say so themselves. */
import type { Space } from '../../db/tables/spaces.ts'
import { entrancesOfSpace, requireEntrance } from '../acs-entrances/rows.ts'
import { requireDevice } from '../devices/rows.ts'
import { recordEvent } from '../events/record.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { devicesOfSpace } from './rows.ts'

/** A kind of things that can be in a space. */
interface Kind {
  /** @throws device_not_found, acs_entrance_not_found */
  spacesOf(world: World, id: string): readonly string[]
  put(world: World, id: string, space_ids: string[]): void
  idsIn(world: World, space_id: string): string[]
}

export const devicesKind: Kind = {
  spacesOf: (world, id) => requireDevice(world, id).space_ids,
  put: (world, id, space_ids) => world.devices.update(id, { space_ids }),
  idsIn: (world, space_id) => devicesOfSpace(world, space_id).map((row) => row.device_id),
}

export const entrancesKind: Kind = {
  spacesOf: (world, id) => requireEntrance(world, id).space_ids,
  put: (world, id, space_ids) => world.acs_entrances.update(id, { space_ids }),
  idsIn: (world, space_id) => entrancesOfSpace(world, space_id).map((row) => row.acs_entrance_id),
}

/** What an event of a space carries. */
export const spaceTold = (world: World, { space_id, space_key }: Space) => ({
  space_id,
  ...(space_key !== null && { space_key }),
  device_ids: devicesKind.idsIn(world, space_id),
  acs_entrance_ids: entrancesKind.idsIn(world, space_id),
})

/** A thing that comes or goes. */
export interface Move {
  kind: Kind
  id: string
  isIn: boolean
}

/** Lets a thing be in the space, or no longer; answers whether that is news. */
const place = (world: World, space_id: string, { kind, id, isIn }: Move): boolean => {
  const space_ids = kind.spacesOf(world, id)
  if (space_ids.includes(space_id) === isIn) return false
  const others = space_ids.filter((it) => it !== space_id)
  kind.put(world, id, isIn ? [...others, space_id] : others)
  return true
}

/** @throws device_not_found, acs_entrance_not_found */
export const requireAll = (world: World, kind: Kind, ids: readonly string[] = []): void => {
  for (const id of ids) kind.spacesOf(world, id)
}

export const placeQuietly = (world: World, space_id: string, moves: readonly Move[]): boolean => {
  let isNews = false
  for (const move of moves) isNews = place(world, space_id, move) || isNews
  return isNews
}

/** One event tells of all that came or went. */
export const placeAll = (world: World, space: Space, moves: readonly Move[]): void => {
  if (!placeQuietly(world, space.space_id, moves)) return
  recordEvent(world, 'space.device_membership_changed', spaceTold(world, space))
  react(world, 'space_changed', space.space_id)
}

export const movesIn = (kind: Kind, ids: readonly string[] = [], isIn = true): Move[] =>
  ids.map((id) => ({ kind, id, isIn }))

/** The moves after which the space has these things and no others of their kind. */
export const movesTo = (
  world: World,
  kind: Kind,
  space_id: string,
  ids: readonly string[] | undefined,
): Move[] => {
  if (ids === undefined) return []
  const wanted = new Set(ids)
  const gone = kind.idsIn(world, space_id).filter((id) => !wanted.has(id))
  return [...movesIn(kind, gone, false), ...movesIn(kind, [...wanted])]
}
