/** Why a credential waits, and why a door refuses it, in single words: each has its sentences. */

/** What a credential waits for. */
export const credentialWaits = ['link', 'answer', 'retry', 'user', 'encoding', 'nothing'] as const

/** Why a door refuses, finer than the five words of `lock.access_denied`. */
export const doorCauses = [
  'gone',
  'lost',
  'on_its_way',
  'cut_off',
  'nobodys',
  'no_door',
  'not_encoded',
  'overwritten',
  'out_of_date',
  'no_reader',
  'too_early',
  'too_late',
  'suspended',
  'overridden',
  'privacy',
  'damaged',
  'no_phone',
  'no_slot',
] as const
