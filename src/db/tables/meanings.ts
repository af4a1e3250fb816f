/**
 * What the value of a column means, beside its type: what a snapshot must keep to, so that a world
 * that was taken in works as one that came about here. Whether null is allowed says the column.
 */
import { z } from 'zod'
import { receiverProblem, redirectProblem } from '../../lib/addresses.ts'
import { isRecord } from '../../lib/is-record.ts'
import { BEGIN_OF_TIME, END_OF_TIME } from '../../lib/instant.ts'
import { isValidTimeZone } from '../../lib/time-zone-name.ts'

/** Milliseconds of workspace time, within what ISO 8601 writes with a year of four digits. */
export const instant = () => z.int().min(BEGIN_OF_TIME).max(END_OF_TIME)

/** Milliseconds. */
export const lasting = () =>
  z
    .number()
    .min(0)
    .max(END_OF_TIME - BEGIN_OF_TIME)

/** How many. */
export const count = () => z.int().min(0).max(1_000_000_000)

/** A text whose halves of pairs are whole: what is kept is what was given. */
const wellFormed = (value: string): boolean => value.isWellFormed()

export const prose = (longest = 10_000) =>
  z.string().max(longest).refine(wellFormed, 'must not contain half of a character')

export const id = () => prose(500).min(1)

/** One of Seam's errors, events or states, by a name that is not checked further. */
export const word = () => z.string().regex(/^[\w.]{1,200}$/)

export const pin = () => z.string().regex(/^\d{1,32}$/, 'must be digits')

export const timeZone = () =>
  z.string().refine(isValidTimeZone, 'must be a zone of the tz database, such as Europe/Amsterdam')

export const metadata = () => z.record(prose(), z.union([prose(), z.boolean()]))

/** A JSON object of somebody else's shape. */
export const record = () => z.record(prose(), z.unknown())

export const ids = () => z.array(id())

/** As HTTP takes it. */
export const headers = () => z.record(prose(), prose(100_000))

/** Text that a check has nothing to say of. */
const checked = (problemOf: (text: string) => string | null) =>
  prose().superRefine((text, context) => {
    const problem = problemOf(text)
    if (problem !== null) context.addIssue(problem)
  })

/** The address of a webhook's receiver. */
export const receiverUrl = () => checked(receiverProblem)

/** Where a browser is sent. */
export const redirectUrl = () => checked(redirectProblem)

const isJsonObject = (value: string): boolean => {
  try {
    return isRecord(JSON.parse(value))
  } catch {
    return false
  }
}

/** A text that is a JSON object. */
export const jsonText = () =>
  z.string().max(100_000_000).refine(isJsonObject, 'must be a JSON object')
