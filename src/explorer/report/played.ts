/** What became of each story of a run, in a line: enough to find out whether somebody who plays it again sees the same. */
import { createHash } from 'node:crypto'
import { isRecord } from '../../lib/is-record.ts'
import type { Judged } from '../explore.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What a line of a report says of one story. */
export interface Played {
  digest: string
  reached: string[]
  /** Kinds of findings. */
  findings: string[]
}

const NONE = '-'

const listed = (names: readonly string[]): string => (names.length === 0 ? NONE : names.join(','))
const unlisted = (text: string | undefined): string[] =>
  text === undefined || text === NONE ? [] : text.split(',')

/** `3f9a… book,move locked_out`: a digest of all that was seen, what was reached, kinds of findings. */
export const playedLine = ({ story, app, reference, findings }: Judged): string => {
  const digest = sha256(JSON.stringify({ story, app, reference, findings })).slice(0, 20)
  const kinds = [...new Set(findings.map(({ kind }) => kind))].toSorted()
  return `${digest} ${listed(app.reached)} ${listed(kinds)}`
}

export const readPlayed = (line: string): Played => {
  const [digest = '', reached, findings] = line.split(' ')
  return { digest, reached: unlisted(reached), findings: unlisted(findings) }
}

/** How often each kind of step and trouble really happened. */
export const countReached = (played: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { reached } of played.map(readPlayed)) {
    for (const kind of reached) counts[kind] = (counts[kind] ?? 0) + 1
  }
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Keys in one order, whoever has read the report and written it again. */
const inOneOrder = (_key: string, value: unknown): unknown =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** A digest of everything in a report but itself. */
export const sealOf = (report: object): string =>
  sha256(JSON.stringify({ ...report, seal: undefined }, inOneOrder))
