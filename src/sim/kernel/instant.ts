/** Instants, as the simulation knows them: see `lib/instant.ts`. */
import { END_OF_TIME } from '../../lib/instant.ts'

export { END_OF_TIME, toIso, toIsoOrNull } from '../../lib/instant.ts'

/** The instant so many ms later, or the last one that there is. */
export const later = (now: number, by: number): number => Math.min(now + by, END_OF_TIME)
