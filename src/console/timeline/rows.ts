/** The rows of the timeline: doors, and under each of them its codes. */
import type { CodeTimeline, Timeline } from '../../contract/timeline.ts'

export type DoorTimeline = Timeline['devices'][number]
export type LockedOutReason = CodeTimeline['locked_out'][number]['reason']
export type Density = NonNullable<Timeline['density']>[number]

/** What is known of one door's past. */
export interface DoorPast {
  readonly door: DoorTimeline
  readonly codes: readonly CodeTimeline[]
  /** In place of the codes, where they are too many. */
  readonly density: Density | null
  /** The instant at which it was told, ms: open ends reach at least so far. */
  readonly now: number
}

export type Row =
  | { readonly kind: 'door'; readonly device_id: string; readonly name: string }
  | { readonly kind: 'code'; readonly device_id: string; readonly code: CodeTimeline }

/** A door as rows need it. */
export interface NamedDoor {
  readonly device_id: string
  readonly name: string
}

export interface RowChoice {
  readonly folded: ReadonlySet<string>
  /** Codes about which the API and a lock disagree now. */
  readonly differing: ReadonlySet<string>
  /** Only codes that are, or were in the time that is loaded, in trouble. */
  readonly onlyTrouble: boolean
  /** Only what has this in it; lower case. */
  readonly search: string
}

export const isTroubled = (code: CodeTimeline, differing: ReadonlySet<string>): boolean =>
  code.locked_out.length > 0 || code.overstay.length > 0 || differing.has(code.access_code_id)

const matches = (search: string, texts: readonly (string | null)[]): boolean =>
  texts.some((text) => text?.toLowerCase().includes(search) === true)

const codesOf = (
  past: DoorPast | undefined,
  door: NamedDoor,
  choice: RowChoice,
): CodeTimeline[] => {
  const { differing, onlyTrouble, search } = choice
  const isDoor = search !== '' && matches(search, [door.name, door.device_id])
  return (past?.codes ?? []).filter(
    (code) =>
      (!onlyTrouble || isTroubled(code, differing)) &&
      (search === '' || isDoor || matches(search, [code.name, code.code, code.access_code_id])),
  )
}

/** Every row that is to be seen, in the order of the doors. A door without any is left out where only some are looked for. */
export const rowsOf = (
  doors: readonly NamedDoor[],
  past: ReadonlyMap<string, DoorPast>,
  choice: RowChoice,
): Row[] =>
  doors.flatMap((door) => {
    const { device_id, name } = door
    const codes = codesOf(past.get(device_id), door, choice)
    const isLookedFor =
      choice.search !== '' && matches(choice.search, [name, device_id]) && !choice.onlyTrouble
    const isNarrowed = choice.onlyTrouble || choice.search !== ''
    if (isNarrowed && codes.length === 0 && !isLookedFor) return []
    const own: Row = { kind: 'door', device_id, name }
    if (choice.folded.has(device_id)) return [own]
    return [own, ...codes.map((code): Row => ({ kind: 'code', device_id, code }))]
  })

/** Every instant at which something of these codes changes, ms. */
export function* instantsOf(codes: Iterable<CodeTimeline>): Generator<number> {
  for (const code of codes) {
    const { declared, on_lock, status, locked_out, overstay } = code
    for (const spans of [declared, on_lock, status, locked_out, overstay]) {
      for (const { from, to } of spans) {
        yield Date.parse(from)
        if (to !== null) yield Date.parse(to)
      }
    }
  }
}

const isOver = (to: string | null, at: number): boolean => to !== null && Date.parse(to) <= at
const holdsAt = (spans: readonly { from: string; to: string | null }[], at: number): boolean =>
  spans.some(({ from, to }) => Date.parse(from) <= at && !isOver(to, at))

/** The codes that were in trouble at an instant of the past, since when, and why. */
export const codesAt = (
  { codes }: DoorPast,
  kind: 'locked_out' | 'overstay',
  at: number,
): { code: CodeTimeline; since: number; reason: LockedOutReason | null }[] =>
  codes.flatMap((code) => {
    const spans: readonly { from: string; to: string; reason?: LockedOutReason }[] = code[kind]
    const span = spans.find((it) => holdsAt([it], at))
    if (span === undefined) return []
    return [{ code, since: Date.parse(span.from), reason: span.reason ?? null }]
  })

/** Whether any code opened the door at an instant of the past. */
export const openingAt = ({ codes }: DoorPast, at: number): boolean =>
  codes.some(({ on_lock }) => holdsAt(on_lock, at))

/** How a door stood at an instant of its past. */
export const doorAt = ({ door, codes }: DoorPast, at: number) => ({
  held: codes.filter(({ held }) => holdsAt(held, at)).length,
  online: door.link.find((it) => holdsAt([it], at))?.online ?? null,
  outage: door.outages.find((it) => holdsAt([it], at))?.cause ?? null,
})
