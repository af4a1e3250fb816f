/** A fault as it is asked for: checked against its occasion, with errors that say what would fit. */
import { beginningOf } from '../../lib/text.ts'
import { z } from 'zod'
import {
  effectsOn,
  faultOccasions,
  kindOf,
  occasionOf,
  occasionsOf,
} from '../../contract/fault-occasions.ts'
import type { FaultDefinition, FaultEffect, FaultOn } from '../../db/tables/faults.ts'
import { BEGIN_OF_TIME, END_OF_TIME } from '../../lib/instant.ts'
import { instantProblem, readInstant } from '../../lib/parse-instant.ts'
import { nearest } from '../../lib/nearest.ts'
import { once } from '../../lib/once.ts'

const instant = () =>
  z.union([
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

/** Assumed: names and what is matched are of the size of what Seam keeps. */
const text = () => z.string().max(2_000)

const scalar = () => z.union([text(), z.number(), z.boolean(), z.null()])

const list = (names: readonly string[]): string => names.join(', ')

/** What was given, short enough to be told back. */
const short = (text: string): string => (text.length > 100 ? `${beginningOf(text, 100)}…` : text)

const didYouMean = (given: string, known: readonly string[]): string => {
  const near = nearest(given, known)
  return near === undefined ? '' : ` Did you mean ${near}?`
}

const unknownFields = (effect: ReturnType<typeof effectsOn>[number], keys: readonly string[]) => {
  const known = Object.keys(effect.shape).filter((name) => name !== 'kind')
  const has = known.length === 0 ? 'It has no parameters' : `It has: ${list(known)}`
  const told = keys.map((key) => `'${short(key)}'.${didYouMean(key, known)}`)
  return `The effect ${kindOf(effect)} has no ${told.join(' ')} ${has}`
}

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
  const fitting = effectsOn(on)
  const kinds = fitting.map(kindOf)
  const kind = fitting.find((it) => kindOf(it) === given.kind)
  if (kind === undefined) {
    const elsewhere = occasionsOf(given.kind)
    const known =
      elsewhere.length > 0
        ? `The effect ${given.kind} acts on ${list(elsewhere)}, not on ${on}.`
        : `There is no effect ${short(given.kind)}.${didYouMean(given.kind, kinds)}`
    refuse(context, ['effect', 'kind'], `${known} Effects on ${on}: ${list(kinds)}`)
    return undefined
  }
  const parsed = kind.safeParse(given)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    const [field] = issue.path
    const isMissing = field !== undefined && !Object.hasOwn(given, field)
    const path = ['effect', ...issue.path]
    const problem = issue.code === 'unrecognized_keys' ? unknownFields(kind, issue.keys) : undefined
    refuse(
      context,
      path,
      isMissing
        ? `The effect ${given.kind} needs a value for ${String(field)}`
        : (problem ?? issue.message),
    )
  }
  return undefined
}

const unknownOccasion = (given: string): string =>
  `There is no occasion ${short(given)}.${didYouMean(given, faultOccasions)} Occasions: ${list(faultOccasions)}`

const isLink = (on: FaultOn): boolean => on.endsWith('.link')

/** `{on, match?, times?, after?, between?, effect, probability?, name?}`, as it comes over the wire. */
export const faultSchema = once(() =>
  z
    .strictObject({
      on: z
        .enum(faultOccasions, {
          error: ({ input }) => (typeof input === 'string' ? unknownOccasion(input) : undefined),
        })
        .describe('Where it strikes.'),
      name: text().min(1).describe('A name of your own, to know it by.').optional(),
      match: z
        .record(z.string(), z.union([scalar(), z.array(scalar()).min(1)]))
        .describe('Only where all of these are equal to, or among, what is given.')
        .optional(),
      times: z.int().min(1).describe('Acts so many times, then is over.').optional(),
      after: z.int().min(0).describe('Lets so many occasions pass first.').optional(),
      between: z
        .tuple([instant(), instant()])
        .describe('Acts only from the first instant until before the second.')
        .optional(),
      probability: z
        .number()
        .min(0)
        .max(1)
        .describe("How likely it acts; drawn from the workspace's own seed.")
        .optional(),
      effect: z
        .looseObject({ kind: text().describe('Which effect it is.') })
        .describe('What it does.'),
    })
    .transform((given, context): FaultDefinition => {
      const { on, match, between } = given
      const keys = occasionOf(on).matches
      for (const key of Object.keys(match ?? {})) {
        if (keys !== undefined && !keys.includes(key)) {
          refuse(
            context,
            ['match', key],
            `${on} has no ${short(key)} to match.${didYouMean(key, keys)} It has: ${list(keys)}`,
          )
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
    }),
)
