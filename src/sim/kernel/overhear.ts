/** What happens that no event tells of. Nobody keeps it; it is told to whoever listens at that time. */
import type { Overheard } from './overheard.ts'
import type { World } from './world.ts'

type Heard<T = Overheard> = T extends { at: number } ? Omit<T, 'at' | 'after'> : never

/** More than this at a time is not heard: who listens is told that there was more. */
export const MOST_OVERHEARD = 1_000

/** Tells it, if anybody listens. */
export const overhear = (world: World, heard: Heard): void => {
  const { overheard } = world
  if (overheard !== null && overheard.length < MOST_OVERHEARD) {
    overheard.push({ at: world.now, after: world.recorded.length, ...heard })
  }
}
