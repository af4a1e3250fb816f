/** What can be overheard: what happens that no event tells of. */

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
