/** Small marks on a row: commands that were sent, answered or failed, and PINs that were typed. */
import type { ChronicleEntry } from '../../contract/chronicle.ts'
import type { StreamEntry } from '../../contract/stream.ts'
import type { CodeTimeline } from '../../contract/timeline.ts'

export interface Mark {
  /** ms */
  readonly at: number
  readonly look: 'sent' | 'answered' | 'failed' | 'opened' | 'refused'
  /** Of a failed command: what it was to do, and what became of it; of a typed PIN: the PIN. */
  readonly words: readonly string[]
}

const failed = ({ at, command, outcome }: ChronicleEntry): Mark => ({
  at: Date.parse(at),
  look: 'failed',
  words: [command ?? 'set', outcome ?? 'refused'],
})

const typed = ({ at, opened, code = '' }: ChronicleEntry): Mark => ({
  at: Date.parse(at),
  look: opened === true ? 'opened' : 'refused',
  words: [code],
})

/** A typed PIN belongs to the code that it is of, and one that was refused to the code with that PIN. */
const isOf = (entry: ChronicleEntry, { access_code_id, code }: CodeTimeline): boolean =>
  entry.access_code_id === access_code_id ||
  (entry.kind === 'keypad_entry' && entry.access_code_id === null && entry.code === code)

/**
 * The marks of a code, the oldest first. Commands that are kept nowhere are marked from the stream as far
 * as it was heard; those that succeeded by what the lock has held since.
 */
export const marksOf = (
  code: CodeTimeline,
  chronicle: readonly ChronicleEntry[],
  heard: readonly StreamEntry[],
): Mark[] => {
  const marks: Mark[] = code.held.map(({ from }) => ({
    at: Date.parse(from),
    look: 'answered',
    words: [],
  }))
  for (const entry of chronicle) {
    if (!isOf(entry, code)) continue
    if (entry.kind === 'keypad_entry') marks.push(typed(entry))
    else if (entry.kind === 'command_answered') marks.push(failed(entry))
  }
  for (const { kind, at, access_code_id } of heard) {
    if (kind === 'command_sent' && access_code_id === code.access_code_id)
      marks.push({ at: Date.parse(at), look: 'sent', words: [] })
  }
  return marks.toSorted((a, b) => a.at - b.at)
}
