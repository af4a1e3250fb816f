/** Trying what would happen: jobs run on the real world, and all of it is taken back. */
import { createRunner } from './run-due.ts'
import type { RunContext, RunLimits, RunResult } from './run-due.ts'
import type { MovableWorld, World } from './world.ts'

/** A world in which anything may be tried. */
export interface Stage {
  readonly world: World
  /** Runs jobs due up to `until`. @throws Error where one fails: it alone cannot be taken back here. */
  run(until: number, limits?: RunLimits): RunResult
  moveTo(instant: number): void
}

interface Doors {
  readonly enter: (workspace_id: string) => MovableWorld
  readonly rehearse: <T>(world: MovableWorld, fn: () => T) => T
}

/** A failure under another name, so that the runner does not go on as if it had been undone. */
const passOn = <T>(_world: MovableWorld, fn: () => T): T => {
  try {
    return fn()
  } catch (error) {
    throw error instanceof Error && error.name === 'JobFailure'
      ? new Error('A job failed in a rehearsal', { cause: error })
      : error
  }
}

export const createRehearse = (
  context: Pick<RunContext, 'handlers' | 'wall' | 'moveTo'>,
  { enter, rehearse }: Doors,
) => {
  const run = createRunner({ ...context, commit: passOn, tellFailure: () => undefined })
  return <T>(workspace_id: string, fn: (stage: Stage) => T): T => {
    const world = enter(workspace_id)
    return rehearse(world, () =>
      fn({
        world,
        run: (until, limits) => run(world, until, limits),
        moveTo: (instant) => context.moveTo(world, instant),
      }),
    )
  }
}
