/** The pieces of which parameters and answers are made. Descriptions are read by people. */
import { beginningOf } from '../lib/text.ts'
import { z } from 'zod'
import { duration as anyDuration } from '../lib/duration.ts'
import { nearest } from '../lib/nearest.ts'
import { instantProblem, readInstant } from '../lib/parse-instant.ts'
import { eventTypes } from './vocabulary.ts'

/** The first lock of the default fixture: examples are about it. */
export const FRONT_DOOR = 'd0000000-0000-4000-8000-000000000001'

/**
 * The id of a resource. What is not shaped like a UUID is refused with `Invalid uuid` as the real
 * service does, save in worlds whose fixture has other ids. UUIDs are equal in capitals and in small
 * letters (RFC 9562, section 4).
 */
export const id = () => z.guid().toLowerCase()

/** The id of a lock. */
export const deviceId = () =>
  id().meta({ description: 'The lock: its `device_id`.', examples: [FRONT_DOOR] })

export const accessCodeId = () => id().describe('The access code: its `access_code_id`.')

export const bridgeId = () =>
  id().meta({
    description: 'The bridge, hub or gateway: see `bridges/list`.',
    examples: ['b0000000-0000-4000-8000-000000000001'],
  })

/**
 * An instant: ISO 8601 with any offset, or a date alone (midnight in UTC), on the wire; integer
 * milliseconds in the program.
 */
export const timestamp = () =>
  z
    .string()
    .meta({ format: 'date-time' })
    .transform((text, context) => {
      const read = readInstant(text)
      if (typeof read === 'number') return read
      context.issues.push(
        read.problem === 'shape'
          ? { code: 'invalid_format', format: 'datetime', input: text }
          : { code: 'custom', message: instantProblem(text, read), input: text },
      )
      return z.NEVER
    })

/** An instant as a parameter of the control API. */
export const when = (description: string) =>
  timestamp().meta({ description, format: 'date-time', examples: ['2025-01-20T15:00:00Z'] })

/** An instant as it is answered: ISO 8601 in UTC. */
export const instant = (description: string) =>
  z.string().meta({ description, format: 'date-time', examples: ['2025-01-20T15:00:00.000Z'] })

/** A length of time as a parameter. */
export const duration = (description: string) =>
  anyDuration().meta({
    description: `${description} Such as \`"72h"\`, \`"3d 12h"\`, \`"PT72H"\` or a number of milliseconds.`,
    examples: ['72h', '3d 12h', 'PT72H', 90_000],
  })

/** A text that may be missing, in an answer. */
export const textOrNull = (description: string) => z.string().nullable().describe(description)

/** A share from 0 to 1. */
export const share = (description: string) =>
  z
    .number()
    .min(0)
    .max(1)
    .meta({ description, examples: [0.25] })

/**
 * One of several words, in an answer. Clients know which; the server may hold it as plain text, and
 * is checked when it answers.
 */
export const word = <const T extends readonly [string, ...string[]]>(
  words: T,
  description: string,
): z.ZodType<T[number], string> => z.enum(words).describe(description)

/** How many, in an answer. */
export const count = (description: string) => z.number().describe(description)

const groupOf = (type: string): string => type.slice(0, type.indexOf('.'))

const problemOf = (type: string): string => {
  const shown = type.length > 100 ? `${beginningOf(type, 100)}…` : type
  const near = nearest(type, eventTypes)
  if (near !== undefined) return `There is no event type ${shown}. Did you mean ${near}?`
  const alike = eventTypes.filter((it) => groupOf(it) === groupOf(type))
  return alike.length > 0
    ? `There is no event type ${shown}. Known: ${alike.join(', ')}`
    : `There is no event type ${shown}. They begin with ${[...new Set(eventTypes.map(groupOf))].join(', ')}`
}

/** One of the event types of Seam's OpenAPI document; one that does not exist is refused at once, not waited for. */
export const eventType = () =>
  z
    .enum(eventTypes, {
      error: ({ input }) => (typeof input === 'string' ? problemOf(input) : undefined),
    })
    .meta({ examples: ['access_code.set_on_device'] })

const known: ReadonlySet<string> = new Set(eventTypes)

/** More unknown types than this are counted, not named. */
const NAMED = 5

/** One of them, or several. */
export const eventTypeOrTypes = () =>
  z
    .union([z.string(), z.array(z.string()).min(1)])
    .superRefine((given, context) => {
      const unknown = [...new Set([given].flat())].filter((type) => !known.has(type))
      for (const type of unknown.slice(0, NAMED)) {
        context.addIssue({ code: 'custom', message: problemOf(type) })
      }
      if (unknown.length > NAMED) {
        const message = `${unknown.length - NAMED} more are no event types either`
        context.addIssue({ code: 'custom', message })
      }
    })
    .meta({ examples: ['access_code.set_on_device'] })
