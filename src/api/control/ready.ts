import { z } from 'zod'
import { defineEndpoint } from '../http/endpoint.ts'

/** The server listens only once its fixtures are loaded, so to be answered is to be ready. */
export const ready = defineEndpoint({
  path: '/_emulator/ready',
  methods: ['GET', 'POST'],
  auth: [],
  summary: 'Answers once the worlds are loaded.',
  effect: 'unscoped',
  // Probes may add a parameter of their own against caches.
  params: () => z.object({}),
  result: () => ({}),
  handler: () => ({}),
})
