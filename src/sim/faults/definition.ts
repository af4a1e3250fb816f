/** A fault as it is asked for: checked against its occasion, with errors that say what would fit. */
import { z } from 'zod'
import type { FaultDefinition, FaultEffect, FaultOn } from '../../db/tables/faults.ts'
import { BEGIN_OF_TIME, END_OF_TIME } from '../../lib/instant.ts'
import { instantProblem, readInstant } from '../../lib/parse-instant.ts'
import { kindsOn, occasionsOf } from './kinds/index.ts'

export const faultOccasions = [
  'access_code.set',
  'access_code.update',
  'access_code.remove',
  'lock.lock',
  'lock.unlock',
  'device.link',
  'bridge.link',
  'connected_account.link',
  'http',
  'webhook',
] as const satisfies FaultOn[]

const ofLock = ['device_id', 'device_type', 'model', 'connected_account_id']
const ofCode = [...ofLock, 'access_code_id', 'name', 'code', 'attempt']

/** What `match` can be compared with. Absent: a call's parameters, whose names the API knows. */
const matchKeys: Partial<Record<FaultOn, readonly string[]>> = {
  'access_code.set': ofCode,
  'access_code.update': ofCode,
  'access_code.remove': ofCode,
  'lock.lock': ofLock,
  'lock.unlock': ofLock,
  'device.link': ofLock,
  'bridge.link': ['bridge_id', 'connected_account_id'],
  'connected_account.link': ['connected_account_id', 'account_type'],
  webhook: [
    'webhook_id',
    'url',
    'event_type',
    'event_id',
    'attempt',
    'device_id',
    'access_code_id',
    'connected_account_id',
  ],
}

const instant = z.union([
  z.int().min(BEGIN_OF_TIME).max(END_OF_TIME),
  z
    .string()
    .meta({ format: 'date-time' })
    .transform((text, context) => {
      const read = readInstant(text)
      if (typeof read === 'number') return read
      context.issues.push({ code: 'custom', message: instantProblem(text, read), input: text })
      return z.NEVER
    }),
])

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

const list = (names: readonly string[]): string => names.join(', ')

type Context = z.core.ParsePayload

const refuse = (context: Context, path: PropertyKey[], message: string): void => {
  context.issues.push({ code: 'custom', path, message, input: context.value })
}

/** The effect in the form in which it is kept; undefined when it does not fit, which is then said. */
const effectOn = (
  on: FaultOn,
  given: { kind: string },
  context: Context,
): FaultEffect | undefined => {
  const fitting = kindsOn(on)
  const kind = fitting.find((it) => it.kind === given.kind)
  if (kind === undefined) {
    const elsewhere = occasionsOf(given.kind)
    const known =
      elsewhere.length > 0
        ? `The effect ${given.kind} acts on ${list(elsewhere)}, not on ${on}.`
        : `There is no effect ${given.kind}.`
    refuse(
      context,
      ['effect', 'kind'],
      `${known} Effects on ${on}: ${list(fitting.map((it) => it.kind))}`,
    )
    return undefined
  }
  const parsed = kind.effect.safeParse(given)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const [field] = issue.path
    const isMissing = field !== undefined && !Object.hasOwn(given, field)
    const path = ['effect', ...issue.path]
    refuse(context, path, isMissing ? `The effect ${kind.kind} needs it` : issue.message)
  }
  return undefined
}

const isLink = (on: FaultOn): boolean => on.endsWith('.link')

/** `{on, match?, times?, after?, between?, effect, probability?, name?}`, as it comes over the wire. */
export const faultSchema = z
  .strictObject({
    on: z.enum(faultOccasions),
    name: z.string().min(1).optional(),
    match: z.record(z.string(), z.union([scalar, z.array(scalar).min(1)])).optional(),
    times: z.int().min(1).optional(),
    after: z.int().min(0).optional(),
    between: z.tuple([instant, instant]).optional(),
    probability: z.number().min(0).max(1).optional(),
    effect: z.looseObject({ kind: z.string() }),
  })
  .transform((given, context): FaultDefinition => {
    const { on, match, between } = given
    const keys = matchKeys[on]
    for (const key of Object.keys(match ?? {})) {
      if (keys !== undefined && !keys.includes(key)) {
        refuse(context, ['match', key], `${on} has no ${key} to match. It has: ${list(keys)}`)
      }
    }
    if (between !== undefined && between[0] >= between[1]) {
      refuse(context, ['between'], 'The first instant must be before the second')
    }
    if (isLink(on) && given.after !== undefined) {
      refuse(
        context,
        ['after'],
        'A link has no occasions to let pass: give the first instant in `between`',
      )
    }
    const effect = effectOn(on, given.effect, context)
    if (effect === undefined) return z.NEVER
    return { ...given, effect }
  })
