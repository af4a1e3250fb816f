/** The `can_*` flags of a lock, from what its model can do and what this one has at hand. */
import { capabilities } from './profile.ts'
import type { Capability, CapabilityNeed, LockProfile } from './profile.ts'

export interface AtHand {
  /** A keypad is built in, or an accessory one is connected. */
  keypad: boolean
  /** The bridge it is linked to; null without one. */
  bridge: { online: boolean } | null
  /** The provider's paid plan is in force; true for brands without one. */
  subscription: boolean
}

export type CapabilityFlags = Partial<Record<`can_${Capability}`, boolean>>

/**
 * true: works now; false: the model can, but something is missing; absent: the model cannot (Seam
 * docs: device and system capabilities). A lock that is merely offline keeps its flags.
 */
export function capabilityFlags(
  profile: Pick<LockProfile, 'capabilities' | 'capability_needs'>,
  at_hand: AtHand,
): CapabilityFlags {
  const flags: CapabilityFlags = {}
  for (const capability of capabilities) {
    if (!profile.capabilities[capability]) continue
    const needs = profile.capability_needs[capability] ?? []
    flags[`can_${capability}`] = needs.every((need) => meets[need](at_hand))
  }
  return flags
}

/** What this one lacks for something that its model can; null when nothing. */
export const missingFor = (
  profile: Pick<LockProfile, 'capability_needs'>,
  capability: Capability,
  at_hand: AtHand,
): CapabilityNeed | null =>
  (profile.capability_needs[capability] ?? []).find((need) => !meets[need](at_hand)) ?? null

const meets: Record<CapabilityNeed, (at_hand: AtHand) => boolean> = {
  keypad: ({ keypad }) => keypad,
  bridge: ({ bridge }) => bridge !== null,
  bridge_online: ({ bridge }) => bridge?.online === true,
  subscription: ({ subscription }) => subscription,
}
