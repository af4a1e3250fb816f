import { z } from 'zod'
import { apiError } from './errors.ts'
import type { ApiError } from './errors.ts'
import { isSeldomRead } from './seldom-read.ts'
import { beginningOf } from '../../lib/text.ts'

type RawIssue = z.core.$ZodRawIssue
type Issue = z.core.$ZodIssue

/** What zod 3 calls the type of a value. */
const receivedType = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number' && Number.isNaN(value)) return 'nan'
  return typeof value
}

/** zod 3's names for expected types that zod 4 names otherwise. */
const expectedNames: Readonly<Record<string, string>> = { int: 'integer', record: 'object' }

const expectation = (expected: string, input: unknown): string => {
  if (input === undefined) return 'Required'
  const received = expected === 'int' && typeof input === 'number' ? 'float' : receivedType(input)
  return `Expected ${expectedNames[expected] ?? expected}, received ${received}`
}

const choices = (values: readonly unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(' | ')

const choice = (values: readonly unknown[], issue: RawIssue): string => {
  const { input } = issue
  const [only] = values
  // zod 4 reports literals as enums of one.
  if (issue.inst instanceof z.ZodLiteral && values.length === 1) {
    return `Invalid literal value, expected ${JSON.stringify(only)}`
  }
  if (input === undefined) return 'Required'
  const expected = choices(values)
  if (typeof input !== 'string') {
    return `Expected ${expected}, received ${receivedType(input)}`
  }
  return `Invalid enum value. Expected ${expected}, received '${input}'`
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ')

/** More than zod 3 says. None of Seam's own routes refuses keys; the control API does. */
const knownKeys = ({ inst }: RawIssue): string => {
  const known = inst instanceof z.ZodObject ? Object.keys(inst.def.shape) : []
  return known.length === 0 ? '' : ` (known: ${quoted(known)})`
}

/** zod 3's names for text formats that zod 4 names otherwise. */
const formatNames: Readonly<Record<string, string>> = { guid: 'uuid', json_string: 'json' }

const format = (issue: Extract<RawIssue, { code: 'invalid_format' }>): string => {
  switch (issue.format) {
    case 'regex':
      return 'Invalid'
    case 'starts_with':
      return `Invalid input: must start with "${String(issue['prefix'])}"`
    case 'ends_with':
      return `Invalid input: must end with "${String(issue['suffix'])}"`
    case 'includes':
      return `Invalid input: must include "${String(issue['includes'])}"`
    default:
      return `Invalid ${formatNames[issue.format] ?? issue.format}`
  }
}

/** Wording of a bound: `[exact, inclusive, exclusive]`. */
const lowerBounds: Readonly<Record<string, (bound: string, how: 0 | 1 | 2) => string>> = {
  string: (n, how) =>
    `String must contain ${['exactly', 'at least', 'over'][how]} ${n} character(s)`,
  array: (n, how) =>
    `Array must contain ${['exactly', 'at least', 'more than'][how]} ${n} element(s)`,
  number: (n, how) =>
    `Number must be ${['exactly equal to', 'greater than or equal to', 'greater than'][how]} ${n}`,
}
const upperBounds: typeof lowerBounds = {
  string: (n, how) =>
    `String must contain ${['exactly', 'at most', 'under'][how]} ${n} character(s)`,
  array: (n, how) =>
    `Array must contain ${['exactly', 'at most', 'less than'][how]} ${n} element(s)`,
  number: (n, how) =>
    `Number must be ${['exactly', 'less than or equal to', 'less than'][how]} ${n}`,
}

const bound = (
  bounds: typeof lowerBounds,
  issue: Extract<RawIssue, { code: 'too_small' | 'too_big' }>,
  limit: number | bigint,
): string => {
  const how = issue.exact === true ? 0 : issue.inclusive === false ? 2 : 1
  const origin = issue.origin === 'int' || issue.origin === 'bigint' ? 'number' : issue.origin
  return bounds[origin]?.(String(limit), how) ?? 'Invalid input'
}

/**
 * The text of an issue in the words of zod 3, which the real service runs and client code in the
 * wild compares with. Given to zod 4 as the error map of each parse.
 */
export const issueText = (issue: RawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return expectation(issue.expected, issue.input)
    case 'invalid_value':
      return choice(issue.values, issue)
    case 'invalid_format':
      return format(issue)
    case 'too_small':
      return bound(lowerBounds, issue, issue.minimum)
    case 'too_big':
      return bound(upperBounds, issue, issue.maximum)
    case 'not_multiple_of':
      return `Number must be a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return `Unrecognized key(s) in object: ${quoted(issue.keys)}${knownKeys(issue)}`
    case 'invalid_union':
      return Array.isArray(issue['options'])
        ? `Invalid discriminator value. Expected ${choices(issue['options'])}`
        : 'Invalid input'
    default:
      return 'Invalid input'
  }
}

/** Seam's sentence for an issue (nextlove: with-validation). */
const sentence = ({ path, message }: Issue): string => {
  if (path.length === 0) return message
  const name = path.join('.')
  return message === 'Required' ? `${name} is required` : `${message} for "${name}"`
}

interface Formatted {
  _errors: string[]
  [key: string]: Formatted | string[]
}

const insert = (tree: Formatted, path: readonly PropertyKey[], message: string): void => {
  let node = tree
  for (const step of path) {
    const key = String(step)
    const known = Object.hasOwn(node, key) ? node[key] : undefined
    const next: Formatted = known === undefined || Array.isArray(known) ? { _errors: [] } : known
    // A parameter may be called __proto__.
    Object.defineProperty(node, key, { value: next, enumerable: true, configurable: true })
    node = next
  }
  node['_errors'].push(message)
}

interface Leaf {
  path: readonly PropertyKey[]
  message: string
}

/** As zod 3's format() does: what each alternative misses, instead of "Invalid input". */
const leavesOf = (issue: Issue, above: readonly PropertyKey[] = []): Leaf[] => {
  const path = [...above, ...issue.path]
  const branches = issue.code === 'invalid_union' ? issue.errors : []
  if (branches.length === 0) return [{ path, message: issue.message }]
  return branches.flat().flatMap((inner) => leavesOf(inner, path))
}

/** More issues than this nobody reads; the rest is counted. */
const TOLD_ISSUES = 50
/** The same for the characters of `validation_errors`, and for those of one message and one name. */
const TOLD_CHARACTERS = 4_000
const LONGEST_MESSAGE = 1_000
const LONGEST_NAME = 100
const DEEPEST = 20

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${beginningOf(text, most)}…`

const shortened = ({ path, message }: Leaf): Leaf => ({
  path: path.slice(0, DEEPEST).map((step) => cut(String(step), LONGEST_NAME)),
  message: cut(message, LONGEST_MESSAGE),
})

const sizeOf = ({ path, message }: Leaf): number =>
  path.reduce<number>((sum, step) => sum + String(step).length + '"":{"_errors":[]},'.length, 0) +
  message.length

/** zod 3's `error.format()`, where SDKs find the messages of a field; what is left out is counted. */
export const formatIssues = (issues: readonly Issue[]): Formatted => {
  const tree: Formatted = { _errors: [] }
  const leaves = issues.slice(0, TOLD_ISSUES).flatMap((issue) => leavesOf(issue))
  let room = TOLD_CHARACTERS
  let told = 0
  for (const leaf of leaves.map(shortened)) {
    room -= sizeOf(leaf)
    if (room < 0 && told > 0) break
    insert(tree, leaf.path, leaf.message)
    told++
  }
  const left = leaves.length - told + Math.max(0, issues.length - TOLD_ISSUES)
  if (left > 0) tree['_errors'].push(`${left} more are not told`)
  return tree
}

/** The 400 `invalid_input` for input that its schema refuses. */
export const invalidInput = (issues: readonly Issue[]): ApiError => {
  const sentences = issues.slice(0, TOLD_ISSUES).map(sentence)
  const message =
    sentences.length === 1
      ? String(sentences[0])
      : `${issues.length} Input Errors: ${sentences.join(', ')}`
  return apiError(400, 'invalid_input', message, { validation_errors: formatIssues(issues) })
}

const seldom = { error: issueText, jitless: true }
const often = { error: issueText }

/** Parses request input; throws `invalidInput`. Unknown keys are stripped, or refused if the schema is strict. */
export const parseInput = <T extends z.ZodType>(schema: T, input: unknown): z.output<T> => {
  const parsed = schema.safeParse(input, isSeldomRead(schema) ? seldom : often)
  if (parsed.success) return parsed.data
  throw invalidInput(parsed.error.issues)
}
