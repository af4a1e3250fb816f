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
   * (ms that have passed), has waited: ms in which there was nothing to do. Null when nobody has come.
   */
  waitedSince(workspace_id: string, since: number): number | null
}

export const createQueue = (): Queue => {
  const turns = new Map<string, Promise<unknown>>()
  const arrivals = new Map<string, Set<{ at: number; idle: number }>>()

  const arrive = (workspace_id: string): (() => void) => {
    const here = arrivals.get(workspace_id) ?? new Set()
    const visitor = { at: passed(), idle: idled() }
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
      let first: number | null = null
      for (const { at, idle } of arrivals.get(workspace_id) ?? []) {
        if (at >= since && (first === null || idle < first)) first = idle
      }
      return first === null ? null : idled() - first
    },
  }
}
