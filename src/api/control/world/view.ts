/** What is asked of a world, and what several of its parts need: found out once for an answer. */
import type { z } from 'zod'
import type { WorldPartName, WorldParts } from '../../../contract/world.ts'
import { findDisagreements } from '../../../sim/disagreements/find.ts'
import type { Disagreement } from '../../../sim/disagreements/find.ts'
import type { TableName } from '../../../db/tables/index.ts'
import { once } from '../../../lib/once.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { lockView } from '../../../sim/locks/lock-view.ts'
import type { LockView } from '../../../sim/locks/lock-view.ts'
import { codesInView } from './codes-in-view.ts'
import type { CodesOfLock } from './codes-in-view.ts'

export interface WorldView {
  readonly world: World
  /** Instants, ms. */
  readonly from: number
  readonly to: number
  readonly locks: () => readonly LockView[]
  readonly disagreements: () => readonly Disagreement[]
  /** The codes that are shown, and how many there are, lock by lock. */
  readonly codes: () => ReadonlyMap<string, CodesOfLock>
}

/** Every part as it goes over the wire. */
export type ToldParts = { [K in WorldPartName]: NonNullable<z.input<WorldParts[K]>> }

/** How one part of a world is told. */
export interface WorldPart<K extends WorldPartName> {
  /** The tables whose rows it tells of. */
  readonly tables: readonly TableName[]
  readonly tell: (view: WorldView) => ToldParts[K]
}

export type AllParts = { readonly [K in WorldPartName]: WorldPart<K> }

export const viewOf = (
  world: World,
  { from, to, device_ids }: { from: number; to: number; device_ids: readonly string[] },
): WorldView => {
  const locks = once(() => device_ids.flatMap((id) => lockView(world, id) ?? []))
  const disagreements = once(() => findDisagreements(world, device_ids))
  return {
    world,
    from,
    to,
    locks,
    disagreements,
    codes: once(() => codesInView(world, { from, to, locks: locks(), trouble: disagreements() })),
  }
}
