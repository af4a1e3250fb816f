import { is } from '../../db/conditions.ts'
import { acs_encoders } from '../../db/tables/acs-encoders.ts'
import type { AcsEncoder } from '../../db/tables/acs-encoders.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofSystem = is(acs_encoders.acs_system_id)

/** @throws acs_encoder_not_found */
export const requireEncoder = (world: World, acs_encoder_id: string): AcsEncoder => {
  const encoder = world.acs_encoders.get(acs_encoder_id)
  if (encoder === undefined) throw notFound('acs_encoder', { acs_encoder_id })
  return encoder
}

/** In the order in which they were added. */
export const encodersOfSystem = (world: World, acs_system_id: string): AcsEncoder[] =>
  world.acs_encoders.all(ofSystem(acs_system_id))
