import type { Filter } from '../../db/conditions.ts'
import { notFound } from '../../sim/kernel/errors.ts'
import type { World } from '../../sim/kernel/world.ts'

/** A kind of thing that is waited for. */
export interface Waited {
  /** As messages call it. */
  what: string
  statuses: readonly string[]
  /** `deleted` when it is gone. */
  status: (world: World, id: string) => string
  /** The events about it. */
  events: (world: World, id: string) => Filter<'events'>
  isThere: (world: World, id: string) => boolean
  /** Refuses an id of which there is nothing, nor any event. */
  refuse: (world: World, id: string) => void
  /** Its key in the answer, and how it is shown; nothing when it is gone. */
  present: (world: World, id: string) => object
}

/** Refuses what is not there. */
export const missing = (resource: string) => (_world: World, id: string) => {
  throw notFound(resource, { [`${resource}_id`]: id })
}
