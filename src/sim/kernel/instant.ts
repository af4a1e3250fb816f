/** Instants, as the simulation knows them: see `lib/instant.ts`. */
export { END_OF_TIME, toIso, toIsoOrNull } from '../../lib/instant.ts'
