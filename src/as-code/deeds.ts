/** What was done to a workspace, as lines of a test that does it again. */
import { isRecord } from '../lib/is-record.ts'
import type { Action } from './action.ts'
import { jsLiteral } from './js-literal.ts'
import type { KnownAs } from './js-literal.ts'
import { createNames, textsOf } from './known.ts'
import type { Names } from './known.ts'
import { libraryCall, rawCall } from './library-line.ts'
import { plainJson } from './printable.ts'

export interface Deed extends Action {
  /** The workspace's instant when it was done, ISO; not told where nobody looked. */
  readonly at?: string
  /** What was answered; null where it was refused. */
  readonly answer: unknown
  /** Seam's type of the error where it was refused. */
  readonly refused?: string
  /** What it is, in words. */
  readonly says?: string
}

export const DOOR = '/_emulator/locks/enter_code'
const DISAGREEMENTS = '/_emulator/disagreements'
const ADVANCE = '/_emulator/clock/advance'

/** A frozen clock that leaps needs none of these. */
const OF_THE_CLOCK = new Set(['freeze', 'resume', 'stop'].map((it) => `/_emulator/clock/${it}`))

/** Whether a route only looks. */
export const isRead = (path: string): boolean =>
  /\/(?:get|list|explain|export|catalog|preview|agenda)$/.test(path) ||
  /^\/_emulator\/(?:world|timeline|stream|report)$/.test(path)

/** Whether a deed is retold at all. */
const isTold = ({ path }: Deed): boolean =>
  path === DISAGREEMENTS || !(isRead(path) || OF_THE_CLOCK.has(path))

/** Whether a call may make something whose id is another one the next time. */
const makes = (path: string): boolean => !path.startsWith('/_emulator/') || path.endsWith('/create')

/** The instant that an answer tells, where it is one about the clock. */
const nowOf = (answer: unknown): string | undefined => {
  if (!isRecord(answer)) return undefined
  const { clock, workspace } = answer
  if (isRecord(workspace)) return nowOf(workspace)
  return isRecord(clock) && typeof clock['now'] === 'string' ? clock['now'] : undefined
}

/** What came is what comes, wherever the app that was there before is not there now. */
const leapLines = (deed: Deed, knownAs: KnownAs): string[] => {
  const { to_next } = deed.body
  const now = nowOf(deed.answer)
  if (to_next === undefined || now === undefined) return [`await ${libraryCall(deed, knownAs)}`]
  const what = typeof to_next === 'string' ? to_next.replace('_', '-') : 'thing that is due'
  return [
    `// To the next ${what}.`,
    `await ${libraryCall({ path: deed.path, body: { to: now } }, knownAs)}`,
  ]
}

const disagreementLine = ({ body, answer }: Deed, knownAs: KnownAs): string => {
  const list: unknown = isRecord(answer) ? answer['disagreements'] : []
  const expected = (Array.isArray(list) ? list : [])
    .filter(isRecord)
    .map(
      ({ kind, device_id, code }) =>
        `  expect.objectContaining(${jsLiteral({ kind, device_id, code }, knownAs)}),`,
    )
  const asked = libraryCall({ path: DISAGREEMENTS, body }, knownAs)
  const value = expected.length === 0 ? '[]' : `[\n${expected.join('\n')}\n]`
  return `expect(await ${asked}).toEqual(${value})`
}

const doorLine = (deed: Deed, knownAs: KnownAs, mustOpen: boolean): string => {
  const { opened, reason } = isRecord(deed.answer) ? deed.answer : {}
  const expected = mustOpen || opened === true ? { opened: true } : { opened: false, reason }
  return `expect(await ${libraryCall(deed, knownAs)}).toMatchObject(${jsLiteral(expected, knownAs)})`
}

/** Words as a comment of one line. */
export const comment = (words: string): string =>
  `// ${plainJson(words).slice(1, -1).replaceAll('\\"', '"')}`

const isLater = (at: string | undefined, now: string | undefined): at is string =>
  at !== undefined && now !== undefined && Date.parse(at) > Date.parse(now)

export interface Telling {
  /** The instant at which the test begins, where it is known. */
  readonly from?: string
  /** The last door is what it is about: it must open, whatever it did. */
  readonly lastDoorOpens?: boolean
}

/** What a deed is told by, with what the calls before it made. */
const lineOf = (deed: Deed, n: number, names: Names, later: readonly Deed[]): string[] => {
  const { path, body, answer } = deed
  const wanted = new Set(later.flatMap((it) => textsOf(it.body)))
  for (const text of wanted) if (names.knownAs(text) !== undefined) wanted.delete(text)
  const call = libraryCall(deed, names.knownAs)
  const raw = rawCall(path, jsLiteral(body, names.knownAs))
  if (makes(path)) names.note(answer, `answer${n}`)
  const isWanted = [...wanted].some((text) => names.knownAs(text) !== undefined)
  return [isWanted ? `const answer${n} = await ${raw}` : `await ${call}`]
}

/** The deeds as statements of an async function with `emulator` and `expect`. */
export const linesOf = (
  given: readonly Deed[],
  { from, lastDoorOpens }: Telling = {},
): string[] => {
  const deeds = given.filter(isTold)
  const names = createNames()
  const lastDoor = deeds.findLastIndex(({ path }) => path === DOOR)
  const told = (deed: Deed, n: number): string[] => {
    const { path, body, refused } = deed
    const { knownAs } = names
    if (refused !== undefined) {
      return [
        `await expect(${libraryCall(deed, knownAs)}).rejects.toMatchObject(${jsLiteral({ type: refused })})`,
      ]
    }
    names.give(body)
    if (path === ADVANCE) return leapLines(deed, knownAs)
    if (path === DISAGREEMENTS) return [disagreementLine(deed, knownAs)]
    if (path === DOOR) return [doorLine(deed, knownAs, lastDoorOpens === true && n === lastDoor)]
    return lineOf(deed, n, names, deeds.slice(n + 1))
  }
  let now = from
  return deeds.flatMap((deed, n) => {
    const { at, says, answer } = deed
    const leap = isLater(at, now)
      ? [`await ${libraryCall({ path: ADVANCE, body: { to: at } })}`]
      : []
    now = nowOf(answer) ?? at ?? now
    return [...leap, ...(says === undefined ? [] : [comment(says)]), ...told(deed, n)]
  })
}
