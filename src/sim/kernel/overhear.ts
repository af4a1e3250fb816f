/** What happens that no event tells of. Nobody keeps it; it is told to whoever listens at that time. */
import type { World } from './world.ts'

interface About {
  device_id: string
  access_code_id: string | null
}

interface Command extends About {
  command: 'set' | 'update' | 'remove'
  /** From 1 on. */
  attempt: number
  fault_id: string | null
}

/** Something that was overheard. Instants are ms. */
export type Overheard = {
  at: number
  /** So many events of the same turn were recorded before it. */
  after: number
} & (
  | ({ kind: 'command_sent'; answer_at: number } & Command)
  | ({
      kind: 'command_answered'
      outcome: 'done' | 'refused' | 'lost' | 'unconfirmed'
      /** Why it was not done. */
      message: string | null
    } & Command)
  | ({ kind: 'keypad_entry'; code: string; opened: boolean; reason: string | null } & About)
  | ({ kind: 'slot_lost' } & About)
)

type Heard<T = Overheard> = T extends { at: number } ? Omit<T, 'at' | 'after'> : never

/** More than this at a time is not heard: who listens is told that there was more. */
export const MOST_OVERHEARD = 1_000

/** Tells it, if anybody listens. */
export const overhear = (world: World, heard: Heard): void => {
  const { overheard } = world
  if (overheard !== null && overheard.length < MOST_OVERHEARD) {
    overheard.push({ at: world.now, after: world.recorded.length, ...heard })
  }
}
