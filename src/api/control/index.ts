import type { Endpoint } from '../endpoint.ts'

/** The emulator's own API under `/_emulator`; one file per resource. */
export const controlEndpoints: readonly Endpoint[] = []
