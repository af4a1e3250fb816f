/** Explanations as text. */
import type {
  Explanation,
  GrantExplanation,
  SpaceExplanation,
  StayExplanation,
} from '../../client/shapes.ts'
import { paint } from '../../log/paint.ts'
import { fields, inline, instant, table, writeLine } from '../output.ts'

const waiting = (waits_for: { reason: string; until: string | null } | null): string => {
  if (waits_for === null) return '–'
  return waits_for.until === null
    ? waits_for.reason
    : `${waits_for.reason}, until ${instant(waits_for.until)}`
}

const sentences = (summary: readonly string[]): void => {
  for (const sentence of summary) writeLine(sentence)
}

export const printCode = (explanation: Explanation): void => {
  const { status, summary, declared, on_lock, last_attempt, waits_for, faults } = explanation
  sentences(summary)
  writeLine()
  writeLine(
    fields([
      ['status', paint('bold', status)],
      ['declared', inline(declared)],
      ['on the lock', inline(on_lock)],
      ['last attempt', inline(last_attempt)],
      [
        'waits for',
        waits_for === null ? '–' : `${waits_for.reason}, until ${instant(waits_for.until)}`,
      ],
      ...faults.map((fault) => ['fault', inline(fault)] as const),
    ]),
  )
}

const doorTable = ({ doors }: GrantExplanation): string =>
  table(
    ['door', 'state', 'PIN', 'code', 'waits for', 'next try', 'last error'],
    doors.map((door) => [
      door.name,
      door.state === 'ready' ? paint('green', door.state) : door.state,
      door.code ?? '–',
      door.status ?? '–',
      waiting(door.waits_for),
      instant(door.next_try_at),
      door.last_error ?? '–',
    ]),
  )

const entranceTable = ({ entrances }: GrantExplanation): string =>
  table(
    ['entrance', 'mode', 'state', 'waits for', 'last error'],
    entrances.map((entrance) => [
      entrance.name,
      entrance.mode,
      entrance.state === 'ready' ? paint('green', entrance.state) : entrance.state,
      waiting(entrance.waits_for),
      entrance.last_error ?? '–',
    ]),
  )

const printDoors = (explanation: GrantExplanation): void => {
  const tables = [
    ...(explanation.doors.length === 0 ? [] : [doorTable(explanation)]),
    ...(explanation.entrances.length === 0 ? [] : [entranceTable(explanation)]),
  ]
  for (const text of tables) {
    writeLine()
    writeLine(text)
  }
}

export const printGrant = (explanation: GrantExplanation): void => {
  sentences(explanation.summary)
  printDoors(explanation)
}

export const printStay = ({ summary, runs, access_grants }: StayExplanation): void => {
  sentences(summary)
  if (runs.length > 0) {
    writeLine()
    writeLine(
      table(
        ['automation', 'at', 'result'],
        runs.map((run) => [
          run.rule,
          instant(run.created_at),
          run.success ? paint('green', 'ok') : paint('red', run.error ?? 'failed'),
        ]),
      ),
    )
  }
  for (const grant of access_grants) printDoors(grant)
}

export const printSpace = ({ summary }: SpaceExplanation): void => sentences(summary)
