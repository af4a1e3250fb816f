/** One leap at a time per workspace, and who waits for one. */
import { idled, passed } from './real-time.ts'

export interface Queue {
  /** Does something when whatever came before it in this workspace has ended. */
  inTurn<T>(workspace_id: string, fn: () => Promise<T>): Promise<T>
  /** Does something at once, as one of those who wait. */
  attend<T>(workspace_id: string, fn: () => Promise<T>): Promise<T>
  isBusy(workspace_id: string): boolean
  /**
   * How long the first of those who wait in this workspace now, and who came no earlier than `since`
   * (ms that have passed), has waited: ms in which whoever had something to say was heard. Null when
   * nobody has come. To be asked over and over: what lies between two questions counts in part only.
   */
  waitedSince(workspace_id: string, since: number): number | null
}

/** Somebody who waits. */
interface Visitor {
  /** When it came, ms that have passed. */
  readonly at: number
  /** How long this process had been idle then, ms. */
  readonly idle: number
  /** When it was asked for last, ms that have passed. */
  asked_at: number
  /** ms since it came, of which stretches without a question count for `STRETCH` at most. */
  attended: number
}

/** Of a longer stretch nobody knows whether anybody was heard in it: a turn may have lasted as long. */
const STRETCH = 100

/**
 * With a neighbour that keeps this process busy everybody is heard between its turns, but slowly: so
 * much longer is the wait then.
 */
const BUSY_FACTOR = 2.5

/** How long it has waited, ms: in idleness, or beside a busy neighbour. */
const waited = (visitor: Visitor): number => {
  const now = passed()
  visitor.attended += Math.min(now - visitor.asked_at, STRETCH)
  visitor.asked_at = now
  return Math.max(idled() - visitor.idle, visitor.attended / BUSY_FACTOR)
}

export const createQueue = (): Queue => {
  const turns = new Map<string, Promise<unknown>>()
  const arrivals = new Map<string, Set<Visitor>>()

  const arrive = (workspace_id: string): (() => void) => {
    const here = arrivals.get(workspace_id) ?? new Set()
    const at = passed()
    const visitor: Visitor = { at, idle: idled(), asked_at: at, attended: 0 }
    arrivals.set(workspace_id, here.add(visitor))
    return () => {
      here.delete(visitor)
      if (here.size === 0 && arrivals.get(workspace_id) === here) arrivals.delete(workspace_id)
    }
  }

  return {
    inTurn: (workspace_id, fn) => {
      const leave = arrive(workspace_id)
      const turn = (turns.get(workspace_id) ?? Promise.resolve()).then(fn, fn).finally(leave)
      turns.set(workspace_id, turn)
      const forget = (): void => {
        if (turns.get(workspace_id) === turn) turns.delete(workspace_id)
      }
      turn.then(forget, forget)
      return turn
    },
    attend: (workspace_id, fn) => fn().finally(arrive(workspace_id)),
    isBusy: (workspace_id) => turns.has(workspace_id),
    waitedSince: (workspace_id, since) => {
      let longest: number | null = null
      for (const visitor of arrivals.get(workspace_id) ?? []) {
        if (visitor.at >= since) longest = Math.max(longest ?? 0, waited(visitor))
      }
      return longest
    },
  }
}
