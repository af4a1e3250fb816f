import { z } from 'zod'
import { faultCatalog, faultOccasions } from '../../contract/fault-occasions.ts'
import { once } from '../../lib/once.ts'
import { faultSchema } from '../../sim/faults/definition.ts'
import { clearFaults, createFault, deleteFault } from '../../sim/faults/operations.ts'
import { allFaults } from '../../sim/faults/registry.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { checkHttpMatch } from '../http/faults/http-match.ts'
import { presentFault } from './fault-wire.ts'
import { fault } from './fault-wire.ts'

const create = defineEndpoint({
  path: '/_emulator/faults/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Registers trouble: on which occasion, how often, when, and what goes wrong.',
  effect: 'write',
  params: () => faultSchema.superRefine(checkHttpMatch),
  result: () => ({ fault: fault() }),
  handler: ({ world }, definition) => ({
    fault: presentFault(createFault(world, definition), world.now),
  }),
})

const list = defineEndpoint({
  path: '/_emulator/faults/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'All faults with their counts, in the order in which they are asked.',
  effect: 'read',
  params: () =>
    z.strictObject({ state: fault().shape.state.optional(), name: z.string().optional() }),
  result: () => ({ faults: z.array(fault()) }),
  handler: ({ world }, { state, name }) => ({
    faults: allFaults(world)
      .map((row) => presentFault(row, world.now))
      .filter((it) => (state ?? it.state) === it.state && (name ?? it.name) === it.name),
  }),
})

const remove = defineEndpoint({
  path: '/_emulator/faults/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Ends a fault; links that it holds down come back. Answers it as it was.',
  effect: 'write',
  params: () => z.strictObject({ fault_id: z.string() }),
  result: () => ({ fault: fault() }),
  handler: ({ world }, { fault_id }) => ({
    fault: presentFault(deleteFault(world, fault_id), world.now),
  }),
})

const clear = defineEndpoint({
  path: '/_emulator/faults/clear',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Ends all faults. Answers them as they were, and which of them never acted.',
  effect: 'write',
  params: () => z.strictObject({}),
  result: () => ({ faults: z.array(fault()), never_fired: z.array(fault()) }),
  handler: ({ world }) => {
    const faults = clearFaults(world).map((row) => presentFault(row, world.now))
    return { faults, never_fired: faults.filter(({ hits }) => hits === 0) }
  },
})

const named = once(() => z.string())

const catalog = defineEndpoint({
  path: '/_emulator/faults/catalog',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary:
    'Every occasion of faults: what can be matched there, and every effect with its parameters.',
  effect: 'read',
  params: () => z.strictObject({}),
  result: () => ({
    occasions: z.array(
      z.strictObject({
        on: z.enum(faultOccasions).describe('The occasion.'),
        description: named().describe('When it comes.'),
        match: z.array(named()).describe('What `match` can be compared with.'),
        effects: z
          .array(
            z.strictObject({
              kind: named().describe('The name of the effect.'),
              description: named().describe('What it does.'),
              parameters: z
                .array(
                  z.strictObject({
                    name: named().describe('Its key in `effect`.'),
                    type: named().describe('`duration` is ms, or a text such as `"40m"`.'),
                    is_required: z.boolean().describe('Whether it must be given.'),
                    description: named().describe('What it says.'),
                    default: z
                      .unknown()
                      .describe('What holds when it is not given; null: see there.'),
                    example: z.unknown().describe('A value that it can have.'),
                  }),
                )
                .describe('What the effect is told beside its kind.'),
            }),
          )
          .describe('The effects that fit the occasion.'),
      }),
    ),
  }),
  handler: () => ({ occasions: faultCatalog() }),
})

export const faultEndpoints = [create, list, remove, clear, catalog]
