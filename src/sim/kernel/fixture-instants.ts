/** Instants of a fixture: so long before or after the first one of its world. */
import { z } from 'zod'
import { BEGIN_OF_TIME, END_OF_TIME } from '../../lib/instant.ts'
import { domainError } from './errors.ts'
import type { Problem } from './fixture-part.ts'
import { toIso } from './instant.ts'
import type { World } from './world.ts'

/** A century, ms. */
const FARTHEST = 100 * 365 * 86_400_000

/** A field such as `starts_in`. @param what that happens then, such as `it begins` */
export const fromBeginning = (what: string) =>
  z
    .int()
    .min(-FARTHEST)
    .max(FARTHEST)
    .describe(`When ${what}, in milliseconds from the world's first instant.`)
    .optional()

/**
 * The instant, ms.
 *
 * @param path the field, with the list that it stands in.
 * @throws invalid_fixture beyond the instants that can be written: a world may begin near their end
 */
export const instantIn = (world: World, path: string, distance: number): number => {
  const instant = world.now + distance
  if (instant >= BEGIN_OF_TIME && instant <= END_OF_TIME) return instant
  const message = `${path} leads beyond the years 0 to 9999 from ${toIso(world.now)}`
  throw domainError('invalid_fixture', message)
}

/** An end that is over when the world begins, or before its start. */
export const problemsOfTimes = ({
  starts_in = 0,
  ends_in,
}: {
  starts_in?: number | undefined
  ends_in?: number | undefined
}): Problem[] => {
  if (ends_in === undefined) return []
  if (ends_in <= starts_in)
    return [{ path: ['ends_in'], message: `It ends (${ends_in}) before it begins (${starts_in})` }]
  return ends_in > 0
    ? []
    : [{ path: ['ends_in'], message: 'It is over when the world begins: give more than 0' }]
}
