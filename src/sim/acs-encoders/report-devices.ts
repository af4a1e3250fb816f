/** Doors and encoders that an integrator tells of, where the system itself cannot (Hotek). */
import { announceEntrance, insertEntrance, removeEntrance } from '../acs-entrances/create.ts'
import { entrancesOfSystem } from '../acs-entrances/rows.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { announceEncoder, insertEncoder, removeEncoder } from './create.ts'
import { encodersOfSystem } from './rows.ts'

export interface ReportedEntrance {
  hotek_metadata: {
    room_number?: string | undefined
    common_area_number?: string | undefined
    common_area_name?: string | undefined
  }
  is_removed?: boolean | undefined
}

export interface ReportedEncoder {
  hotek_metadata: { encoder_number: string }
  is_removed?: boolean | undefined
}

/** @throws not_supported for any other brand */
const requireHotek = (world: World, acs_system_id: string): void => {
  const system = requireSystem(world, acs_system_id)
  if (system.model === 'hotek') return
  const { display_name, external_type } = modelOfSystem(system)
  throw domainError(
    'not_supported',
    `${display_name} (${external_type}) tells of its doors and encoders by itself.`,
    { data: { acs_system_id, external_type } },
  )
}

const reportEntrance = (world: World, acs_system_id: string, given: ReportedEntrance): void => {
  const { room_number, common_area_number, common_area_name } = given.hotek_metadata
  const key = room_number === undefined ? 'common_area_number' : 'room_number'
  const number = room_number ?? common_area_number
  if (number === undefined || (room_number !== undefined && common_area_number !== undefined))
    throw invalidInput(
      'acs_entrances',
      'Give exactly one of hotek_metadata.room_number and hotek_metadata.common_area_number',
    )
  const known = entrancesOfSystem(world, acs_system_id).find((it) => it.metadata[key] === number)
  if (given.is_removed === true) {
    if (known !== undefined) removeEntrance(world, known)
    return
  }
  const metadata = {
    [key]: number,
    ...(common_area_name !== undefined && { common_area_name }),
  }
  const display_name = common_area_name ?? (room_number === undefined ? number : `Room ${number}`)
  if (known !== undefined) {
    world.acs_entrances.update(known.acs_entrance_id, { display_name, metadata })
    return
  }
  const category = room_number === undefined ? 'common' : 'guest'
  announceEntrance(
    world,
    insertEntrance(world, { acs_system_id, display_name, category, metadata }),
  )
}

const reportEncoder = (world: World, acs_system_id: string, given: ReportedEncoder): void => {
  const { encoder_number } = given.hotek_metadata
  const known = encodersOfSystem(world, acs_system_id).find(
    (it) => it.metadata['encoder_number'] === encoder_number && it.removed_at === null,
  )
  if (given.is_removed === true) {
    if (known !== undefined) removeEncoder(world, known)
    return
  }
  if (known !== undefined) return
  const display_name = `Encoder ${encoder_number}`
  const metadata = { encoder_number }
  announceEncoder(world, insertEncoder(world, { acs_system_id, display_name, metadata }))
}

/** @throws acs_system_not_found, not_supported, invalid_input */
export const reportDevices = (
  world: World,
  acs_system_id: string,
  entrances: readonly ReportedEntrance[],
  encoders: readonly ReportedEncoder[],
): void => {
  requireHotek(world, acs_system_id)
  for (const entrance of entrances) reportEntrance(world, acs_system_id, entrance)
  for (const encoder of encoders) reportEncoder(world, acs_system_id, encoder)
}
