import { z } from 'zod'
import { defineEndpoint } from '../http/endpoint.ts'

const health = (path: `/${string}`) =>
  defineEndpoint({
    path,
    methods: ['GET', 'POST'],
    auth: [],
    summary: 'Answers once the worlds are loaded; the name that the vendor gives it.',
    effect: 'unscoped',
    params: () => z.object({}),
    result: () => ({ msg: z.string(), service_health_statuses: z.array(z.unknown()) }),
    // The server listens only once its fixtures are loaded.
    handler: () => ({ msg: 'The emulator is ready.', service_health_statuses: [] }),
  })

export const healthEndpoints = [health('/health'), health('/health/get_health')]
