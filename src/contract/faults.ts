/** Trouble, as it is asked for and as it is shown. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { effectsOf } from './fault-effects.ts'
import { faultOccasions, occasionsWith } from './fault-occasions.ts'
import type { FaultOn } from './fault-occasions.ts'
import { FRONT_DOOR, count, instant, share, textOrNull, when } from './fields.ts'
import { nextPage, paging } from './paging.ts'
import { acts, controlRoute, reads, removes } from './route.ts'

const scalar = () => z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What every fault may say, wherever it strikes. */
const common = once(() => ({
  name: z.string().min(1).describe('A name of your own, to know it by.').optional(),
  match: z
    .record(z.string(), z.union([scalar(), z.array(scalar()).min(1)]))
    .meta({
      id: 'fault_match',
      description:
        'Only where all of these are equal to, or among, what is given. Lock commands: `device_id`, `model`, `access_code_id`, `name`, `attempt` …; `http`: `path`, `method` and any parameter; `webhook`: `webhook_id`, `event_type` …',
      examples: [{ device_id: FRONT_DOOR }, { path: '/devices/list' }],
    })
    .optional(),
  times: z.int().min(1).describe('Acts so many times, then is over.').optional(),
  after: z.int().min(0).describe('Lets so many occasions pass first.').optional(),
  between: z
    .tuple([when('The first instant.'), when('The instant before which it ends.')])
    .meta({
      id: 'fault_between',
      description: 'Acts only from the first instant until before the second.',
    })
    .optional(),
  probability: share("How likely it acts; drawn from the workspace's own seed.").optional(),
}))

const on = <O extends FaultOn, E extends z.ZodType>(occasions: readonly O[], effect: () => E) =>
  z.strictObject({
    on: z.enum(occasions).describe('Where it strikes.'),
    effect: effect().describe('What it does.'),
    ...common(),
  })

/** A fault as it is asked for: which effects there are depends on where it strikes. */
export const faultInput = once(() =>
  z.discriminatedUnion('on', [
    on(occasionsWith('setting'), effectsOf.setting),
    on(occasionsWith('removing'), effectsOf.removing),
    on(occasionsWith('bolt'), effectsOf.bolt),
    on(occasionsWith('command'), effectsOf.command),
    on(occasionsWith('keeping'), effectsOf.keeping),
    on(occasionsWith('encoder'), effectsOf.encoder),
    on(occasionsWith('entrance'), effectsOf.entrance),
    on(occasionsWith('push'), effectsOf.push),
    on(occasionsWith('credential'), effectsOf.credential),
    on(occasionsWith('link'), effectsOf.link),
    on(occasionsWith('http'), effectsOf.http),
    on(occasionsWith('webhook'), effectsOf.webhook),
  ]),
)
export type FaultInput = z.input<ReturnType<typeof faultInput>>

export const faultStates = ['scheduled', 'active', 'exhausted', 'expired', 'never_fired'] as const

export const fault = once(() =>
  z
    .strictObject({
      fault_id: z.string().describe('Its id.'),
      name: textOrNull('The name that it was given.'),
      on: z.enum(faultOccasions).describe('Where it strikes.'),
      match: z.record(z.string(), z.unknown()).nullable().describe('What it is narrowed to.'),
      times: z.number().nullable().describe('How often it acts; null: always.'),
      after: z.number().nullable().describe('How many occasions pass first.'),
      between: z.array(z.string()).nullable().describe('From when until when it acts.'),
      probability: z.number().nullable().describe('How likely it acts, 0 to 1.'),
      effect: z
        .object({ kind: z.string().describe('Which effect it is.') })
        .describe('What it does, as it was asked for; durations in milliseconds.'),
      state: z
        .enum(faultStates)
        .describe(
          '`exhausted`: has acted `times` times; `never_fired`: its time is over, and it never acted.',
        ),
      hits: count('How often it acted.'),
      seen: count('How often its occasion came, `after` and luck included.'),
      last_hit_at: textOrNull('When it acted last.'),
      created_at: instant('When it was registered.'),
    })
    .meta({ id: 'fault', description: 'A fault with its counts.' }),
)
export type Fault = z.output<ReturnType<typeof fault>>

const text = (description: string) => z.string().describe(description)

const parameter = () =>
  z.strictObject({
    name: text('Its key in `effect`.'),
    type: text('`duration` is ms, or a text such as `"40m"`.'),
    is_required: z.boolean().describe('Whether it must be given.'),
    description: text('What it says.'),
    default: z.unknown().describe('What holds when it is not given; null: see there.'),
    example: z.unknown().describe('A value that it can have.'),
  })

const occasion = once(() =>
  z
    .strictObject({
      on: z.enum(faultOccasions).describe('The occasion.'),
      description: text('When it comes.'),
      match: z.array(z.string()).describe('What `match` can be compared with.'),
      effects: z
        .array(
          z.strictObject({
            kind: text('The name of the effect.'),
            description: text('What it does.'),
            parameters: z.array(parameter()).describe('What the effect is told beside its kind.'),
          }),
        )
        .describe('The effects that fit the occasion.'),
    })
    .meta({ id: 'fault_occasion', description: 'Where faults can strike.' }),
)

export const faultRoutes = {
  create: controlRoute({
    path: '/_emulator/faults/create',
    methods: acts,
    summary: 'Registers trouble: on which occasion, how often, when, and what goes wrong.',
    params: faultInput,
    result: () => ({ fault: fault() }),
    example: () => ({
      on: 'http',
      match: { path: '/devices/list' },
      times: 2,
      effect: { kind: 'status', status: 503 },
    }),
  }),
  list: controlRoute({
    path: '/_emulator/faults/list',
    methods: reads,
    summary: 'All faults with their counts, in the order in which they are asked.',
    params: () =>
      z.strictObject({
        state: z.enum(faultStates).describe('Only faults in this state.').optional(),
        name: z.string().describe('Only faults of this name.').optional(),
        ...paging('`asc` when not given.'),
        limit: z.number().int().min(1).max(10_000).describe('At most so many.').default(10_000),
      }),
    result: () => ({ faults: z.array(fault()).describe('The faults.'), ...nextPage() }),
    example: () => ({ state: 'active' }),
  }),
  delete: controlRoute({
    path: '/_emulator/faults/delete',
    methods: removes,
    summary: 'Ends a fault; links that it holds down come back. Answers it as it was.',
    params: () => z.strictObject({ fault_id: z.string().describe('The fault.') }),
    result: () => ({ fault: fault() }),
    after: () => [
      { path: '/_emulator/faults/create', body: { on: 'http', effect: { kind: 'reset' } } },
    ],
    example: () => ({ fault_id: '<fault.fault_id>' }),
  }),
  clear: controlRoute({
    path: '/_emulator/faults/clear',
    methods: removes,
    summary: 'Ends all faults. Answers them as they were, and which of them never acted.',
    params: () => z.strictObject({}),
    result: () => ({
      faults: z.array(fault()).describe('The faults that were there.'),
      never_fired: z.array(fault()).describe('Those of them that never acted.'),
    }),
    example: () => ({}),
  }),
  catalog: controlRoute({
    path: '/_emulator/faults/catalog',
    methods: reads,
    summary:
      'Every occasion of faults: what can be matched there, and every effect with its parameters.',
    params: () => z.strictObject({}),
    result: () => ({ occasions: z.array(occasion()).describe('All occasions.') }),
    example: () => ({}),
  }),
}
