import type { Occasion, World } from './world.ts'

/**
 * Something happened to a thing: whoever has to answer does, at once and in the order of the list
 * in `sim/reactions.ts`. So a resource need not know those that are built on it.
 */
export const react = (world: World, occasion: Occasion, id: string): void => {
  for (const reaction of world.reactions[occasion]) reaction(world, id)
}
