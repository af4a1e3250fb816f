/** The occasions of faults: which effects fit each, and what can be matched there. */
import { z } from 'zod'
import { effectsOf } from './fault-effects.ts'

const ofLock = ['device_id', 'device_type', 'model', 'connected_account_id'] as const
const ofCode = [
  ...ofLock,
  'access_code_id',
  'access_method_id',
  'access_grant_id',
  'name',
  'code',
  'attempt',
] as const

const ofThreshold = [...ofLock, 'noise_threshold_id', 'name', 'attempt'] as const
const ofAcs = ['acs_system_id', 'model', 'connected_account_id', 'kind', 'attempt'] as const

const ofSystem = ['acs_system_id', 'model', 'connected_account_id'] as const

const ofEncoder = [
  'acs_encoder_id',
  'acs_system_id',
  'connected_account_id',
  'acs_credential_id',
] as const

interface Occasion {
  /** When it comes, in one sentence. */
  readonly description: string
  readonly effects: Group
  /** What `match` can be compared with. Absent: a call's parameters, whose names its route knows. */
  readonly matches?: readonly string[]
}

const occasions = {
  'access_code.set': {
    description: 'A code is written to a lock.',
    effects: 'setting',
    matches: ofCode,
  },
  'access_code.update': {
    description: 'A code on a lock is changed.',
    effects: 'setting',
    matches: ofCode,
  },
  'access_code.remove': {
    description: 'A code is taken off a lock.',
    effects: 'removing',
    matches: ofCode,
  },
  'lock.lock': { description: 'A lock is told to lock.', effects: 'bolt', matches: ofLock },
  'lock.unlock': { description: 'A lock is told to unlock.', effects: 'bolt', matches: ofLock },
  'thermostat.command': {
    description: 'A thermostat is told what to do: by a call, or by a schedule.',
    effects: 'command',
    matches: ofLock,
  },
  'thermostat.program': {
    description: 'A thermostat is told its week.',
    effects: 'command',
    matches: ofLock,
  },
  'noise_threshold.set': {
    description: 'A noise threshold is written to a sensor.',
    effects: 'keeping',
    matches: ofThreshold,
  },
  'noise_threshold.update': {
    description: 'A noise threshold on a sensor is changed.',
    effects: 'keeping',
    matches: ofThreshold,
  },
  'noise_threshold.remove': {
    description: 'A noise threshold is taken off a sensor.',
    effects: 'keeping',
    matches: ofThreshold,
  },
  'device.link': {
    description: "A device's own connection, for a length of time.",
    effects: 'link',
    matches: ofLock,
  },
  'bridge.link': {
    description: "A bridge's connection, and with it that of every lock behind it.",
    effects: 'link',
    matches: ['bridge_id', 'connected_account_id'],
  },
  'connected_account.link': {
    description: "An account's connection to its provider, and with it every device of it.",
    effects: 'link',
    matches: ['connected_account_id', 'account_type'],
  },
  'acs_system.link': {
    description: "The way to an access system's server, behind its account and its Seam Bridge.",
    effects: 'link',
    matches: ofSystem,
  },
  'entrance.link': {
    description:
      'The line from a wired door to its controller: meanwhile it judges by what it knew.',
    effects: 'link',
    matches: ['acs_entrance_id', 'display_name', ...ofSystem],
  },
  'encoder.link': {
    description: 'The cable of an encoder.',
    effects: 'link',
    matches: ['acs_encoder_id', 'display_name', ...ofSystem],
  },
  'acs.user': {
    description: 'A user of an access system is created, changed or deleted on its server.',
    effects: 'push',
    matches: [...ofAcs, 'acs_user_id', 'full_name', 'email_address'],
  },
  'acs.credential': {
    description: 'A credential of an access system is created, changed or deleted on its server.',
    effects: 'credential',
    matches: [
      ...ofAcs,
      'acs_credential_id',
      'acs_user_id',
      'access_method',
      'access_grant_id',
      'access_method_id',
    ],
  },
  'encoder.encode': {
    description: 'An encoder is to write a card.',
    effects: 'encoder',
    matches: ofEncoder,
  },
  'encoder.scan': {
    description: 'An encoder is to read a card.',
    effects: 'encoder',
    matches: ofEncoder,
  },
  'entrance.unlock': {
    description: 'A door of an access system is told to unlock.',
    effects: 'entrance',
    matches: ['acs_entrance_id', 'acs_system_id', 'connected_account_id', 'acs_credential_id'],
  },
  'acs.group': {
    description: 'An access group is deleted on the server of its access system.',
    effects: 'push',
    matches: [...ofAcs, 'acs_access_group_id', 'name'],
  },
  http: {
    description:
      "A call to one of Seam's routes. `match` takes `path`, `method`, and the parameters of the call.",
    effects: 'http',
  },
  webhook: {
    description: 'A message is about to be sent to a webhook.',
    effects: 'webhook',
    matches: [
      'webhook_id',
      'url',
      'event_type',
      'event_id',
      'attempt',
      'device_id',
      'access_code_id',
      'access_grant_id',
      'access_method_id',
      'connected_account_id',
    ],
  },
} as const satisfies Record<string, Occasion>

/** Where a fault strikes. */
export type FaultOn = keyof typeof occasions

type Group = keyof typeof effectsOf

/** The occasions that have a group of effects. */
export type OccasionOf<G extends Group> = {
  [On in FaultOn]: (typeof occasions)[On]['effects'] extends G ? On : never
}[FaultOn]

const isOccasion = (name: string): name is FaultOn => Object.hasOwn(occasions, name)

export const faultOccasions: readonly FaultOn[] = Object.keys(occasions).filter(isOccasion)

/** The occasions that have a group of effects. */
export const occasionsWith = <G extends Group>(group: G): OccasionOf<G>[] =>
  faultOccasions.filter((on): on is OccasionOf<G> => occasions[on].effects === group)

export const occasionOf = (on: FaultOn): Occasion => occasions[on]

/** The schemas of all effects that fit an occasion, in the order in which people are told of them. */
export const effectsOn = (on: FaultOn) => effectsOf[occasions[on].effects]().options

export const kindOf = ({ shape }: ReturnType<typeof effectsOn>[number]): string => shape.kind.value

/** Where an effect of this name can act. */
export const occasionsOf = (kind: string): FaultOn[] =>
  faultOccasions.filter((on) => effectsOn(on).some((it) => kindOf(it) === kind))

/** One parameter of an effect, for people. */
export interface FaultParameter {
  name: string
  /** `duration`: milliseconds, or a text such as `"40m"`. */
  type: string
  is_required: boolean
  description: string
  /** Null: there is none, or the description says what happens. */
  default: unknown
  example: unknown
}

/** What is inside of a field that may be missing, and what holds then. */
const inside = (field: z.core.$ZodType): { field: z.core.$ZodType; otherwise: unknown } => {
  if (field instanceof z.ZodOptional) return { ...inside(field.def.innerType), otherwise: null }
  if (field instanceof z.ZodDefault) {
    return { ...inside(field.def.innerType), otherwise: field.def.defaultValue }
  }
  return { field, otherwise: undefined }
}

const meta = z.object({
  description: z.string().default(''),
  examples: z.array(z.unknown()).default([]),
})

const typeOf = (field: z.core.$ZodType): string => {
  if (field instanceof z.ZodEnum) return field.options.join(' | ')
  // Durations alone are turned into something else when they are read.
  if (field instanceof z.ZodPipe) return 'duration'
  return field instanceof z.ZodType ? field.type : 'any'
}

const parametersOf = (shape: z.core.$ZodShape): FaultParameter[] =>
  Object.entries<z.core.$ZodType>(shape)
    .filter(([name]) => name !== 'kind')
    .map(([name, given]) => {
      const { field, otherwise } = inside(given)
      const told = { ...z.globalRegistry.get(given), ...z.globalRegistry.get(field) }
      const { description, examples } = meta.parse(told)
      return {
        name,
        type: typeOf(field),
        is_required: otherwise === undefined,
        description,
        default: otherwise ?? null,
        example: examples[0] ?? null,
      }
    })

/** Everything that can go wrong, for people: from this come the reference and completion. */
export const faultCatalog = () =>
  faultOccasions.map((on) => ({
    on,
    description: occasionOf(on).description,
    match: [...(occasionOf(on).matches ?? ['path', 'method', 'any parameter of the route'])],
    effects: effectsOn(on).map((schema) => ({
      kind: kindOf(schema),
      description: schema.shape.kind.description ?? '',
      parameters: parametersOf(schema.shape),
    })),
  }))
