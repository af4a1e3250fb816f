/** What a door looks like, as the picture and its words need it. */
import type { Disagreement, WorldModel, Lock } from './types.ts'

export type Trouble = 'locked_out' | 'overstay' | 'differs'

export interface DoorModel {
  lock: Lock
  /** The worst of it; null where all agree. */
  trouble: Trouble | null
  /** Of that kind, the oldest first. */
  troubles: readonly Disagreement[]
}

const kindOf = ({ kind }: Disagreement): Trouble | null => {
  if (kind === 'locked_out' || kind === 'overstay') return kind
  // Over and shut out by the lock's own clock: it takes a slot, and troubles nobody.
  return kind === 'stored' ? null : 'differs'
}

const order: readonly Trouble[] = ['locked_out', 'overstay', 'differs']

export interface DoorGroup {
  /** The place, or the account of locks without one. */
  name: string
  doors: readonly DoorModel[]
}

const doorOf = (lock: Lock, its: readonly Disagreement[]): DoorModel => {
  const trouble = order.find((kind) => its.some((it) => kindOf(it) === kind)) ?? null
  const troubles = trouble === null ? [] : its.filter((it) => kindOf(it) === trouble)
  return { lock, trouble, troubles: troubles.toSorted((a, b) => a.since.localeCompare(b.since)) }
}

/** Every door, place by place in the order of their names. */
export const doorGroups = ({
  locks,
  disagreements,
  connected_accounts,
}: WorldModel): DoorGroup[] => {
  const byLock = Map.groupBy(disagreements, (it) => it.device_id)
  const accounts = new Map(
    connected_accounts.map((it) => [it.connected_account_id, it.display_name]),
  )
  const groups = Map.groupBy(
    locks.map((lock) => doorOf(lock, byLock.get(lock.device_id) ?? [])),
    ({ lock }) => lock.location_name ?? accounts.get(lock.connected_account_id) ?? '',
  )
  return [...groups]
    .map(([name, doors]) => ({ name, doors }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/** The same, only with doors in trouble. */
export const inTrouble = (groups: readonly DoorGroup[]): DoorGroup[] =>
  groups.flatMap(({ name, doors }) => {
    const bad = doors.filter(({ trouble }) => trouble !== null)
    return bad.length === 0 ? [] : [{ name, doors: bad }]
  })
