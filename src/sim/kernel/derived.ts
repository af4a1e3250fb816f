import type { World } from './world.ts'

/** Values derived once from a world's rows; a rollback, reset or restore forgets them all. */
export interface Memo<T> {
  /** The value kept under `key`, made when there is none. */
  get(world: World, key: string, make: () => T): T
  forget(world: World, key: string): void
}

export const createMemo = <T>(): Memo<T> => {
  const kept = new WeakMap<World, { generation: number; values: Map<string, T> }>()
  const valuesOf = (world: World): Map<string, T> => {
    const known = kept.get(world)
    if (known?.generation === world.generation) return known.values
    const values = new Map<string, T>()
    kept.set(world, { generation: world.generation, values })
    return values
  }
  return {
    get: (world, key, make) => {
      const values = valuesOf(world)
      const known = values.get(key)
      if (known !== undefined) return known
      const made = make()
      values.set(key, made)
      return made
    },
    forget: (world, key) => {
      valuesOf(world).delete(key)
    },
  }
}
