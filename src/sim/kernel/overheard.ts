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

/** What is kept where it leaves no other trace (`sim/chronicle`). */
export type Chronicled =
  | ({
      kind: 'command_answered'
      outcome: 'done' | 'refused' | 'lost' | 'unconfirmed'
      /** Why it was not done. */
      message: string | null
    } & Command)
  | ({ kind: 'keypad_entry'; code: string; opened: boolean; reason: string | null } & About)
  | ({ kind: 'slot_lost' } & About)
  | {
      kind: 'link'
      part: 'bridge' | 'radio'
      up: boolean
      device_id: string | null
      access_code_id: null
      bridge_id?: string
    }
  | ({
      kind: 'manufacturer_app'
      action: 'create_code' | 'update_code' | 'delete_code'
      slot: number
      code: string
    } & About)
  | ({ kind: 'factory_reset' } & About)
  | {
      kind: 'fault_hit'
      fault_id: string
      on: string
      device_id: string | null
      access_code_id: string | null
    }

/** Something that was overheard. Instants are ms. */
export type Overheard = {
  at: number
  /** So many events of the same turn were recorded before it. */
  after: number
} & (({ kind: 'command_sent'; answer_at: number } & Command) | (Chronicled & { seq?: number }))
