/**
 * The next jobs of a world, kept at hand in the order in which they run: asking the table for them, and
 * bringing it up to date before, was a third of a leap's time.
 */
import type { Job, JobKind } from '../../db/tables/jobs.ts'

/** A job in the queue. */
interface Entry extends Job {
  /** It was neither taken nor withdrawn. */
  stands: boolean
  /** Another job about the same subject. */
  next: Entry | undefined
}

export interface JobQueue {
  /** A heap, the soonest first; those that do not stand any more are in it until they come to its top. */
  readonly heap: Entry[]
  readonly bySubject: Map<string, Entry>
  /** How many of the heap do not stand. */
  fallen: number
  /** All jobs that are due earlier are in it: infinite where it has all. */
  until: number
  /** How many were asked for when it was read. */
  readonly ahead: number
  /** The table's version that the queue is in step with. */
  version: number
}

/** Jobs at hand per world; a bound, so that memory stays flat. */
const MOST = 32_768

/** Of two at one instant the newer one comes last. */
const isSooner = (a: Entry, b: Entry): boolean =>
  a.due_at < b.due_at || (a.due_at === b.due_at && a.seq < b.seq)

const inOrder = (a: Entry, b: Entry): number => a.due_at - b.due_at || a.seq - b.seq

const push = (heap: Entry[], entry: Entry): void => {
  let at = heap.length
  while (at > 0) {
    const above = (at - 1) >> 1
    const other = heap[above]
    if (other === undefined || !isSooner(entry, other)) break
    heap[at] = other
    at = above
  }
  heap[at] = entry
}

const dropFirst = (heap: Entry[]): void => {
  const entry = heap.pop()
  const { length } = heap
  if (entry === undefined || length === 0) return
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    let other = heap[below]
    const right = heap[below + 1]
    if (right !== undefined && other !== undefined && isSooner(right, other)) {
      other = right
      below++
    }
    if (other === undefined || !isSooner(other, entry)) break
    heap[at] = other
    at = below
  }
  heap[at] = entry
}

const find = (queue: JobQueue, kind: JobKind, subject: string): Entry | undefined => {
  let entry = queue.bySubject.get(subject)
  while (entry !== undefined && entry.kind !== kind) entry = entry.next
  return entry
}

/** Whether it is one of those at hand. */
export const hasJob = (queue: JobQueue, kind: JobKind, subject: string): boolean =>
  find(queue, kind, subject) !== undefined

/** It stands no more, and is not found by its subject. */
const fell = ({ bySubject }: JobQueue, entry: Entry): void => {
  entry.stands = false
  const first = bySubject.get(entry.subject)
  if (first !== entry) {
    let before = first
    while (before !== undefined && before.next !== entry) before = before.next
    if (before !== undefined) before.next = entry.next
  } else if (entry.next === undefined) bySubject.delete(entry.subject)
  else bySubject.set(entry.subject, entry.next)
}

const add = ({ heap, bySubject }: JobQueue, { seq, due_at, kind, subject }: Job): void => {
  const entry = { seq, due_at, kind, subject, stands: true, next: bySubject.get(subject) }
  bySubject.set(subject, entry)
  push(heap, entry)
}

/** Keeps those that stand, and of them the soonest where there are too many. Sorted, they are a heap. */
const tidy = (queue: JobQueue): void => {
  const { heap } = queue
  const standing = heap.filter(({ stands }) => stands).sort(inOrder)
  const beyond = standing.splice(MOST)
  for (const entry of beyond) fell(queue, entry)
  queue.until = Math.min(queue.until, beyond[0]?.due_at ?? Number.POSITIVE_INFINITY)
  heap.length = 0
  for (const entry of standing) heap.push(entry)
  queue.fallen = 0
}

/** @param soonest in their order, as many as there are of `ahead`. */
export const createJobQueue = (
  soonest: readonly Job[],
  ahead: number,
  version: number,
): JobQueue => {
  const last = soonest.length < ahead ? undefined : soonest.at(-1)
  const until = last?.due_at ?? Number.POSITIVE_INFINITY
  const queue: JobQueue = { heap: [], bySubject: new Map(), fallen: 0, until, ahead, version }
  for (const job of soonest) add(queue, job)
  return queue
}

export const isWhole = ({ until }: JobQueue): boolean => until === Number.POSITIVE_INFINITY

/** The next of those at hand. */
export const firstOf = (queue: JobQueue): Job | null => {
  const { heap } = queue
  let first = heap[0]
  while (first?.stands === false) {
    dropFirst(heap)
    queue.fallen--
    first = heap[0]
  }
  return first ?? null
}

/** Takes the next one off. */
export const takeFirst = (queue: JobQueue): void => {
  const { heap } = queue
  const [first] = heap
  if (first === undefined) return
  dropFirst(heap)
  if (first.stands) fell(queue, first)
  else queue.fallen--
}

export const withdrawJob = (queue: JobQueue, kind: JobKind, subject: string): void => {
  const entry = find(queue, kind, subject)
  if (entry === undefined) return
  fell(queue, entry)
  queue.fallen++
  if (queue.fallen > 64 && queue.fallen > queue.heap.length / 2) tidy(queue)
}

/** Puts in a job that is newer than all others, where it belongs to those at hand. */
export const insertJob = (queue: JobQueue, job: Job): void => {
  if (job.due_at >= queue.until) return
  add(queue, job)
  if (queue.heap.length > 2 * MOST) tidy(queue)
}

/** The kinds of the jobs at hand about a subject. */
export const kindsAbout = ({ bySubject }: JobQueue, subject: string): JobKind[] => {
  const kinds: JobKind[] = []
  for (let entry = bySubject.get(subject); entry !== undefined; entry = entry.next)
    kinds.push(entry.kind)
  return kinds
}
