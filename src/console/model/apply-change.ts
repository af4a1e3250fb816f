/**
 * How the page's world follows the stream. A frame tells what changed, and those pieces of `world` are
 * asked for again: nothing is worked out from events. After each frame the page's world equals a fresh
 * one (a property holds it).
 */
import type { Changed } from '../../contract/stream.ts'
import type { CodeColumns, Piece, WorldModel } from './types.ts'

const DAY = 86_400_000
const BEFORE = 7 * DAY
const AFTER = 5 * DAY

/** The time whose codes are loaded: whole days, so that it stays the same for a day. */
export const windowAt = (now: number): { from: string; to: string } => {
  const today = now - (now % DAY)
  return {
    from: new Date(today - BEFORE).toISOString(),
    to: new Date(today + AFTER).toISOString(),
  }
}

type Ids = Changed['devices']
const both = (a: Ids, b: Ids): Ids =>
  a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])]

/** Both together. */
export const joined = (a: Changed, b: Changed): Changed => ({
  devices: both(a.devices, b.devices),
  access_codes: both(a.access_codes, b.access_codes),
  bridges: both(a.bridges, b.bridges),
  connected_accounts: both(a.connected_accounts, b.connected_accounts),
  faults: a.faults || b.faults,
  webhooks: a.webhooks || b.webhooks,
  deliveries: a.deliveries + b.deliveries,
  inbox: a.inbox + b.inbox,
  requests: a.requests + b.requests,
  parts: [...new Set([...a.parts, ...b.parts])],
})

type PartName = Exclude<keyof Piece, 'stream' | 'clock' | 'from' | 'to' | 'counts'>
/** What belongs to one lock, and can be asked for lock by lock. */
const ofLocks: readonly PartName[] = ['locks', 'access_codes', 'disagreements']
/** What passes with time alone: windows open, batteries sink, faults end. */
const ofTime: readonly PartName[] = [...ofLocks, 'faults']

export interface Question {
  from: string
  to: string
  parts?: PartName[]
  device_ids?: string[]
}

/** Every part: a new one of the contract is missed here by the compiler. */
const names: Record<PartName, true> = {
  locks: true,
  bridges: true,
  other_devices: true,
  acs_systems: true,
  connected_accounts: true,
  access_codes: true,
  spaces: true,
  access_grants: true,
  faults: true,
  webhooks: true,
  disagreements: true,
}
const isPart = (name: string): name is PartName => Object.hasOwn(names, name)

/** More locks than this are asked for all at once. */
const MANY = 60

/**
 * What to ask after a change, in one or two questions; none where only counts changed would be too few,
 * so the counts come with whatever is asked.
 *
 * @param hasTimePassed whether what comes with time alone is to be asked for as well
 */
export const questionsAfter = (
  { from, to }: WorldModel,
  changed: Changed,
  hasTimePassed: boolean,
): Question[] => {
  const parts = new Set([...changed.parts.filter(isPart), ...(hasTimePassed ? ofTime : [])])
  const { devices } = changed
  const all = hasTimePassed || devices === 'all' || devices.length > MANY
  if (all) {
    for (const name of ofLocks)
      if (hasTimePassed || devices === 'all' || devices.length > 0) parts.add(name)
    return [{ from, to, parts: parts.size === 0 ? ['webhooks'] : [...parts] }]
  }
  const rest = [...parts].filter((name) => !ofLocks.includes(name))
  const questions: Question[] = []
  if (devices.length > 0)
    questions.push({ from, to, parts: [...ofLocks], device_ids: [...devices] })
  if (rest.length > 0 || devices.length === 0) {
    questions.push({ from, to, parts: rest.length === 0 ? ['webhooks'] : rest })
  }
  return questions
}

const columnsOf = (given: CodeColumns, isKept: (at: number) => boolean): CodeColumns => {
  const keep = <T>(column: T[]): T[] => column.filter((_, at) => isKept(at))
  return {
    access_code_id: keep(given.access_code_id),
    device_id: keep(given.device_id),
    name: keep(given.name),
    code: keep(given.code),
    starts_at: keep(given.starts_at),
    ends_at: keep(given.ends_at),
    status: keep(given.status),
    is_managed: keep(given.is_managed),
    slot: keep(given.slot),
  }
}

const appended = (a: CodeColumns, b: CodeColumns): CodeColumns => ({
  access_code_id: [...a.access_code_id, ...b.access_code_id],
  device_id: [...a.device_id, ...b.device_id],
  name: [...a.name, ...b.name],
  code: [...a.code, ...b.code],
  starts_at: [...a.starts_at, ...b.starts_at],
  ends_at: [...a.ends_at, ...b.ends_at],
  status: [...a.status, ...b.status],
  is_managed: [...a.is_managed, ...b.is_managed],
  slot: [...a.slot, ...b.slot],
})

interface OfDevice {
  device_id: string
}

/** The new ones in the places of the old ones. */
const replaced = <T extends OfDevice>(old: readonly T[], fresh: readonly T[]): T[] => {
  const byId = new Map(fresh.map((it) => [it.device_id, it]))
  const kept = old.map((it) => {
    const found = byId.get(it.device_id) ?? it
    byId.delete(it.device_id)
    return found
  })
  return [...kept, ...byId.values()]
}

/** Who is locked out and who stays on, over all locks. */
const headlineOf = (disagreements: WorldModel['disagreements']) => {
  const of = (kind: string): number => disagreements.filter((it) => it.kind === kind).length
  const [locked_out, overstay] = [of('locked_out'), of('overstay')]
  const other = disagreements.length - locked_out - overstay - of('stored')
  return { locked_out, overstay, other }
}

/** The pieces that belong to some locks alone. */
const appliedTo = (world: WorldModel, piece: Piece, device_ids: readonly string[]): WorldModel => {
  const theirs = new Set(device_ids)
  const isOther = ({ device_id }: OfDevice): boolean => !theirs.has(device_id)
  const { locks, access_codes, disagreements } = piece
  return {
    ...world,
    locks: locks === undefined ? world.locks : replaced(world.locks, locks),
    access_codes:
      access_codes === undefined
        ? world.access_codes
        : appended(
            columnsOf(
              world.access_codes,
              (at) => !theirs.has(world.access_codes.device_id[at] ?? ''),
            ),
            access_codes,
          ),
    disagreements:
      disagreements === undefined
        ? world.disagreements
        : [...world.disagreements.filter(isOther), ...disagreements],
  }
}

/** A world with what was asked for again put into it. */
export const applied = (world: WorldModel, question: Question, piece: Piece): WorldModel => {
  const { clock, counts, stream } = piece
  const next =
    question.device_ids === undefined
      ? { ...world, ...piece }
      : appliedTo(world, piece, question.device_ids)
  return { ...next, clock, stream, counts: { ...counts, ...headlineOf(next.disagreements) } }
}

/** Whether an answer has every part. */
export const isWhole = (piece: Piece): piece is WorldModel =>
  Object.keys(names).every((name) => Object.hasOwn(piece, name))
