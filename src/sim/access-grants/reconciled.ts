/** What the reconciler of grants looks at. */
import type { AccessMode, AccessRequest } from '../../db/tables/access-grants.ts'
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

/** An entrance of an access system that the grant names, itself or by a space. */
export interface Entrance {
  acs_entrance_id: string
  acs_system_id: string
  /** How it can be opened, as far as is known now. */
  modes: readonly AccessMode[]
}

/**
 * What a credential needs before it opens its doors: its system has yet to take it, somebody has to
 * encode or hand out a card, a phone has to be there, or the doors have yet to hear of it.
 */
export type CredentialNeed = 'system' | 'encoding' | 'assignment' | 'phone' | 'doors'

/** What became of the credential of a method. */
export interface CredentialOfMethod {
  acs_credential_id: string
  code: string | null
  /** Window and doors as they are declared for the grant. */
  has_window: boolean
  has_doors: boolean
  /** They are what opens doors by now: on the server, and on the card where that decides. */
  is_in_effect: boolean
  /** null: it opens its doors within its window. */
  needs: CredentialNeed | null
  /** For `doors`: when they will have heard of it, ms. */
  doors_know_at: number | null
  is_going: boolean
  /** The doors that it opens by the word of its server. */
  held_entrance_ids: readonly string[]
}

/** The part of a method that is a credential of an access system. */
export interface CredentialPart {
  acs_system_id: string
  entrance_ids: readonly string[]
  /** null: there is none yet, or no longer. */
  credential: CredentialOfMethod | null
  encoding_told_at: number | null
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
  /** null: its codes are on locks. */
  acs: CredentialPart | null
}

export interface ReconciledGrant {
  starts_at: number
  ends_at: number | null
  deletion_requested_at: number | null
  requested: readonly AccessRequest[]
  doors: readonly Door[]
  entrances: readonly Entrance[]
  methods: readonly ReconciledMethod[]
  settled_doors: readonly string[] | null
  settled_entrances: readonly string[] | null
  told_entrances: readonly string[]
  told_missing: readonly string[] | null
}

/** The settings that say when trouble is told of, ms. */
export interface GrantSettings {
  delay_after: number
  fail_after: number
}
