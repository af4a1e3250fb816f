/** Encoders: synced from their system, or there from the beginning. */
import type { AcsEncoder } from '../../db/tables/acs-encoders.ts'
import { systemTold } from '../acs-systems/link-of-system.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { recordEvent } from '../events/record.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { requireEncoder } from './rows.ts'

export interface NewEncoder {
  acs_system_id: string
  acs_encoder_id?: string | undefined
  display_name: string
  metadata?: Readonly<Record<string, unknown>> | undefined
  auto_card?: boolean | undefined
}

/** @throws acs_system_not_found, invalid_input where the brand has no encoders */
export const insertEncoder = (world: World, input: NewEncoder): AcsEncoder => {
  const system = requireSystem(world, input.acs_system_id)
  const { has_encoders, display_name } = modelOfSystem(system)
  if (!has_encoders) throw invalidInput('acs_system_id', `${display_name} has no encoders`)
  const acs_encoder_id = input.acs_encoder_id ?? world.random.uuid('acs_encoder')
  world.acs_encoders.insert({
    acs_encoder_id,
    acs_system_id: system.acs_system_id,
    connected_account_id: system.connected_account_id,
    display_name: input.display_name,
    metadata: { ...input.metadata },
    offline_at: null,
    auto_card: input.auto_card ?? true,
    removed_at: null,
    next_encode: null,
    next_scan: null,
    queue: [],
    created_at: world.now,
  })
  return requireEncoder(world, acs_encoder_id)
}

const told = (encoder: AcsEncoder) => ({
  ...systemTold(encoder),
  acs_encoder_id: encoder.acs_encoder_id,
})

/** Tells of an encoder that was found. */
export const announceEncoder = (world: World, encoder: AcsEncoder): void => {
  recordEvent(world, 'acs_encoder.added', told(encoder))
}

/** The encoder is no longer in its system: it stays on record, with an error. */
export const removeEncoder = (world: World, encoder: AcsEncoder): void => {
  if (encoder.removed_at !== null) return
  world.acs_encoders.update(encoder.acs_encoder_id, { removed_at: world.now })
  recordEvent(world, 'acs_encoder.removed', told(encoder))
}
