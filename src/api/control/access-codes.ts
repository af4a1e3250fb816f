import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { explainAccessCode } from '../../sim/access-codes/explain.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { id } from '../http/fields.ts'

const nullable = once(() => z.looseObject({}).nullable())

const explain = defineEndpoint({
  path: '/_emulator/access_codes/explain',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary:
    'Why a code is in its state: declared, on the lock, attempts, what it waits for, faults.',
  effect: 'read',
  params: () => z.strictObject({ access_code_id: id() }),
  result: () => ({
    explanation: z.strictObject({
      access_code_id: z.string(),
      status: z.string(),
      summary: z.array(z.string()),
      declared: nullable(),
      on_lock: nullable(),
      last_attempt: nullable(),
      waits_for: z.strictObject({ reason: z.string(), until: z.string().nullable() }).nullable(),
      faults: z.array(z.looseObject({})),
    }),
  }),
  handler: ({ world }, { access_code_id }) => ({
    explanation: { access_code_id, ...explainAccessCode(world, access_code_id) },
  }),
})

export const accessCodeControlEndpoints = [explain]
