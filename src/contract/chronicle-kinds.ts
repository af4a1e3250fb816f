/** The kinds of what leaves no other trace, and the words that tell of it. */

export const chronicleKinds = [
  'command_answered',
  'keypad_entry',
  'slot_lost',
  'link',
  'manufacturer_app',
  'factory_reset',
  'fault_hit',
] as const
export type ChronicleKind = (typeof chronicleKinds)[number]

export const commandKinds = ['set', 'update', 'remove'] as const
export const commandOutcomes = ['done', 'refused', 'lost', 'unconfirmed'] as const
export const linkParts = ['bridge', 'radio'] as const
export const slotActions = ['create_code', 'update_code', 'delete_code'] as const
