import { z } from 'zod'
import { defineEndpoint } from '../http/endpoint.ts'

/** The ids and tokens of the seed, by the names under which suites look for them. */
export const defaultSeedEndpoint = (seed: Readonly<Record<string, string>>) =>
  defineEndpoint({
    path: '/_fake/default_seed',
    methods: ['GET', 'POST'],
    auth: [],
    summary: 'The ids and tokens of the seed.',
    effect: 'unscoped',
    params: () => z.object({}),
    result: () => Object.fromEntries(Object.keys(seed).map((name) => [name, z.string()])),
    handler: () => seed,
  })
