/** Forgets the oldest of what a world tells of its past, so that a world may live on for ever. */
import type { HistoryTable } from '../../db/tables/index.ts'
import { END_OF_TIME } from '../kernel/instant.ts'
import { dueAt, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { historyKinds, historyTables } from './kinds.ts'
import type { HistoryKind } from './kinds.ts'
import { limitsOf } from './limits.ts'
import type { HistoryLimits } from './limits.ts'

export const FORGET_JOB = 'history.forget'
const SUBJECT = 'history'

/** Rows of each kind that one job forgets at most: some milliseconds. */
const MOST_AT_ONCE = 256
/** What is left is done so much later, ms of workspace time. */
const SOON = 1_000
/** Rows above the bound before anything is done about them, so that not each one costs a job. */
const SLACK = 128
/** The bounds are looked at after so many rows, or so many bytes. */
const LOOK_EVERY = { rows: 64, bytes: 1_000_000 }

/** How much there is of one kind, as far as it is known. */
interface Tally {
  rows: number
  bytes: number
  /** The table was asked; else this is what came since the world was opened. */
  isCounted: boolean
  /** How much the last job left: what is held back is not looked at again before more has come. */
  left: number
  /** What came since the table was asked. */
  fresh: { rows: number; bytes: number }
  /** What came since the bounds were looked at. */
  unseen: { rows: number; bytes: number }
}

const none = () => ({ rows: 0, bytes: 0 })
const newTally = (): Tally => ({
  ...none(),
  isCounted: false,
  left: 0,
  fresh: none(),
  unseen: none(),
})

const tallies = new WeakMap<World, Map<HistoryTable, Tally>>()

const tallyOf = (world: World, table: HistoryTable): Tally => {
  let ofWorld = tallies.get(world)
  if (ofWorld === undefined) {
    ofWorld = new Map()
    tallies.set(world, ofWorld)
  }
  let tally = ofWorld.get(table)
  if (tally === undefined) {
    tally = newTally()
    ofWorld.set(table, tally)
  }
  return tally
}

/** To be called when rows of history went in another way: they are counted anew. */
export const recountHistory = (world: World): void => void tallies.delete(world)

/** Nothing is counted before there is a good part of what may be kept. */
const isOver = (
  { rows, bytes, isCounted, left }: Tally,
  { rows: most, bytes: large }: HistoryLimits,
): boolean => {
  const part = isCounted ? 1 : 1 / 4
  const slack = isCounted ? SLACK : 0
  return (most !== null && rows > Math.max(most * part, left) + slack) || bytes > large * part
}

/** How often what is too old is looked for, ms: in time, but not at every turn. */
const paceOf = (lasting: number): number =>
  Math.min(Math.max(Math.ceil(lasting / 32), 60_000), 86_400_000)

const isPlanned = (world: World): boolean => dueAt(world, FORGET_JOB, SUBJECT) !== null

/** Looks again when a row of this instant has become too old; nothing is looked for meanwhile. */
const plan = (world: World, at: number): void => {
  const { lasting } = limitsOf(world)
  if (lasting === null) return
  const due_at = Math.min(Math.max(world.now + paceOf(lasting), at + lasting + 1), END_OF_TIME)
  scheduleJob(world, FORGET_JOB, SUBJECT, due_at)
}

const grow = (amount: { rows: number; bytes: number }, bytes: number): void => {
  amount.rows++
  amount.bytes += bytes
}

const look = (world: World, tally: Tally): void => {
  tally.unseen = none()
  const limits = limitsOf(world)
  if (isOver(tally, limits)) scheduleJob(world, FORGET_JOB, SUBJECT, world.now)
  else if (limits.lasting !== null && !isPlanned(world)) {
    scheduleJob(world, FORGET_JOB, SUBJECT, world.now + paceOf(limits.lasting))
  }
}

/**
 * Is told of every row of history, by whoever writes it. Part of every event: so it counts, and looks
 * at the bounds now and then. What is undone later stays counted until the table is asked.
 */
export const noteHistory = (world: World, table: HistoryTable, bytes: number): void => {
  const tally = tallyOf(world, table)
  grow(tally, bytes)
  grow(tally.fresh, bytes)
  grow(tally.unseen, bytes)
  if (tally.unseen.rows >= LOOK_EVERY.rows || tally.unseen.bytes >= LOOK_EVERY.bytes) {
    look(world, tally)
  } else if (world.settings.keep_history_for !== null && !isPlanned(world)) {
    plan(world, world.now)
  }
}

/** Asks the table how much there is, where that is not known well enough. */
const count = (world: World, kind: HistoryKind, tally: Tally, limits: HistoryLimits): void => {
  const { fresh } = tally
  // What is held back may be much more than the bounds.
  const most = Math.max(limits.rows ?? Number.POSITIVE_INFINITY, tally.rows)
  const large = Math.max(limits.bytes, tally.bytes)
  if (tally.isCounted && fresh.rows < most / 4 && fresh.bytes < large / 4) return
  Object.assign(tally, { rows: kind.count(world), bytes: kind.bytes(world), isCounted: true })
  tally.fresh = none()
}

/** Forgets what is beyond the limits of one kind; answers how many rows that were. */
const forgetKind = (world: World, kind: HistoryKind, tally: Tally, most: number): number => {
  const limits = limitsOf(world)
  const { lasting, rows, bytes } = limits
  count(world, kind, tally, limits)
  const isBeyond = (at: number): boolean =>
    (lasting !== null && at < world.now - lasting) ||
    (rows !== null && tally.rows > rows) ||
    tally.bytes > bytes
  let done = 0
  for (const past of kind.oldest(world, most)) {
    // The newest one stays in any case: by it a world knows how far its time has come.
    if (tally.rows <= 1 || !isBeyond(past.at)) break
    past.forget()
    tally.rows--
    tally.bytes -= past.bytes
    done++
  }
  tally.left = tally.rows
  return done
}

const DAY = 86_400_000

/**
 * From when on the age of the oldest row counts of which there is a newer one, ms; infinite where nothing
 * will be forgotten. What is held back is looked at again a day later.
 */
const oldestOf = (world: World, lasting: number): number =>
  Math.min(
    ...historyTables.map((table) => {
      if (tallyOf(world, table).rows <= 1) return Number.POSITIVE_INFINITY
      const [oldest] = historyKinds[table].oldest(world, MOST_AT_ONCE)
      return oldest?.at ?? world.now + Math.max(0, DAY - lasting)
    }),
  )

/** Forgets up to `most` rows of each kind, and sees to it that what is left or to come goes as well. */
export const forgetBeyond = (world: World, most: number): void => {
  let isLeft = false
  for (const table of historyTables) {
    const tally = tallyOf(world, table)
    isLeft = forgetKind(world, historyKinds[table], tally, most) === most || isLeft
  }
  const { lasting } = limitsOf(world)
  if (isLeft) scheduleJob(world, FORGET_JOB, SUBJECT, world.now + SOON)
  else if (lasting !== null) {
    const oldest = oldestOf(world, lasting)
    if (Number.isFinite(oldest)) plan(world, oldest)
  }
}

export const forgetHistory = (world: World): void => forgetBeyond(world, MOST_AT_ONCE)
