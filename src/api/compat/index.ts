import type { Endpoint } from '../endpoint.ts'

/** What test suites made for `@seamapi/fake-seam-connect` rely on: `/health` and `/_fake/*`. */
export const compatEndpoints: readonly Endpoint[] = []
