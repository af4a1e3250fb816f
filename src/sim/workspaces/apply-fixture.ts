/** Fills an empty world with what a fixture says. */
import { registry } from '../../db/tables/index.ts'
import type { World } from '../kernel/world.ts'
import { fixtureParts } from './fixture-parts.ts'
import type { Fixture } from './fixture.ts'

const parts = Object.values(fixtureParts)

/** Builds the world; no event is recorded for what was there from the beginning. */
export const applyFixture = (world: World, fixture: Fixture): void => {
  for (const part of parts) part.applyTo(world, fixture)
}

/** The same after the reset of a sandbox: what stays there is not made once more. */
export const bringBackFixture = (world: World, fixture: Fixture): void => {
  for (const part of parts) {
    if (registry[part.list].sandbox_reset !== 'stays') part.applyTo(world, fixture)
  }
}
