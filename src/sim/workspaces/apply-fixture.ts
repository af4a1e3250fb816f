/** Fills an empty world with what a fixture says. */
import { registry } from '../../db/tables/index.ts'
import { rememberAtCutDoors } from '../acs-cards/door-lines.ts'
import type { World } from '../kernel/world.ts'
import { fixtureParts } from './fixture-parts.ts'
import type { Fixture } from './fixture.ts'

const parts = Object.values(fixtureParts)

/** What doors of access systems know that were cut off before all this. */
const remember = (world: World, { acs_entrances }: Fixture): void => {
  if (acs_entrances.some(({ is_online }) => !is_online)) rememberAtCutDoors(world)
}

/** Builds the world; no event is recorded for what was there from the beginning. */
export const applyFixture = (world: World, fixture: Fixture): void => {
  for (const part of parts) part.applyTo(world, fixture)
  remember(world, fixture)
}

/** The same after the reset of a sandbox: what stays there is not made once more. */
export const bringBackFixture = (world: World, fixture: Fixture): void => {
  for (const part of parts) {
    if (registry[part.list].sandbox_reset !== 'stays') part.applyTo(world, fixture)
  }
  remember(world, fixture)
}
