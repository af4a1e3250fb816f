import type { Endpoint } from '../endpoint.ts'

/** Seam's API, as far as it is built; one file per resource. */
export const endpoints: readonly Endpoint[] = []
