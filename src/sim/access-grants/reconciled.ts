/** What the reconciler of grants looks at. */
import type { AccessRequest } from '../../db/tables/access-grants.ts'
import type { AccessWindow } from '../../db/tables/access-methods.ts'

/** Why a door cannot have what was asked for. */
export type Obstacle =
  | 'unmanaged'
  | 'no_codes'
  | 'duration_exceeds_max'
  | 'times_do_not_match_slots'
  | 'ongoing_not_supported'

/** A door that the grant names, itself or by a space. */
export interface Door {
  device_id: string
  obstacle: Obstacle | null
}

/** What became of the code at a door of a method. */
export interface CodeAtDoor {
  access_code_id: string
  code: string | null
  /** Window and name as they are declared, and as Seam has told that they are in effect. */
  has_window: boolean
  has_window_in_effect: boolean
  has_name: boolean
  /** It opens the door within its window, or is certain to: on the lock, or scheduled there. */
  is_usable: boolean
  /** The lock may hold it. */
  is_on_lock: boolean
  /** A spare code that was pulled in its place, and belongs to no method yet. */
  spare: string | null
  /** The lock has a spare code that could be pulled. */
  has_spare: boolean
}

export interface MethodDoorState {
  device_id: string
  code: CodeAtDoor | null
}

/** A code that is on its way out. */
export interface LeavingCode {
  access_code_id: string
  device_id: string
  /** It is accepted by the lock until its end, whatever Seam wants. */
  is_irrevocable: boolean
}

export interface ReconciledMethod {
  access_method_id: string
  code: string | null
  /** The lock or its provider chooses the PIN. */
  is_chosen_by_lock: boolean
  is_spare: boolean
  doors: readonly MethodDoorState[]
  leaving: readonly LeavingCode[]
  created_at: number
  deletion_requested_at: number | null
  issued_at: number | null
  since: number
  in_effect: AccessWindow
  delay_told_at: number | null
  failure_told_at: number | null
}

export interface ReconciledGrant {
  starts_at: number
  ends_at: number | null
  deletion_requested_at: number | null
  requested: readonly AccessRequest[]
  doors: readonly Door[]
  methods: readonly ReconciledMethod[]
  settled_doors: readonly string[] | null
  told_missing: readonly string[] | null
}

/** The settings that say when trouble is told of, ms. */
export interface GrantSettings {
  delay_after: number
  fail_after: number
}
