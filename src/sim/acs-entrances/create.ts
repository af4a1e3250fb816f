/** Doors of access systems: synced from the system, or there from the beginning. */
import type { z } from 'zod'
import { entranceMetadata, noMetadata } from '../../contract/acs-metadata.ts'
import type { AcsEntrance, EntranceCategory } from '../../db/tables/acs-entrances.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { systemTold } from '../acs-systems/link-of-system.ts'
import { recordEvent } from '../events/record.ts'
import { invalidInput } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { entrancesOfSystem, requireEntrance } from './rows.ts'

export interface NewEntrance {
  acs_system_id: string
  acs_entrance_id?: string | undefined
  display_name: string
  category?: EntranceCategory | undefined
  is_wired?: boolean | undefined
  metadata?: Readonly<Record<string, unknown>> | undefined
}

/** What a brand calls the two categories of doors. */
const categoryWords: Readonly<Record<string, Readonly<Record<EntranceCategory, string>>>> = {
  visionline: { guest: 'guest', common: 'common' },
  assa_abloy_vostio: { guest: 'GuestDoor', common: 'CommonDoor' },
}

/** The fields by which a brand says what kind of door it is, and which of their values are doors of one guest. */
const guestWords: Readonly<Record<string, readonly [field: string, ofGuests: string]>> = {
  visionline: ['door_category', 'guest'],
  assa_abloy_vostio: ['door_type', 'GuestDoor'],
}

/** As it was given, or as the brand's own fields say; otherwise a guest's door. */
const categoryOf = (
  { model }: AcsSystem,
  { category, metadata = {} }: NewEntrance,
): EntranceCategory => {
  if (category !== undefined) return category
  const [field, ofGuests] = guestWords[model] ?? []
  const told = field === undefined ? undefined : metadata[field]
  if (told !== undefined) return told === ofGuests ? 'guest' : 'common'
  return metadata['common_area_number'] === undefined ? 'guest' : 'common'
}

/** What the brand says of the door: its fields, with the facts in place of their names. */
const metadataOf = (
  system: AcsSystem,
  { display_name, metadata }: NewEntrance,
  category: EntranceCategory,
  acs_entrance_id: string,
): Record<string, unknown> => {
  const fields = modelOfSystem(system).doors.metadata?.fields ?? {}
  const facts: Readonly<Record<string, string>> = {
    '{{name}}': display_name,
    '{{site}}': system.name,
    '{{id}}': acs_entrance_id.slice(0, 8),
    '{{category}}': categoryWords[system.model]?.[category] ?? category,
  }
  return {
    ...Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [
        field,
        typeof value === 'string' ? (facts[value] ?? value) : value,
      ]),
    ),
    ...metadata,
  }
}

/** The schema of what the system's brand says of a door. */
export const metadataSchemaOf = (system: Pick<AcsSystem, 'model'>): z.ZodType => {
  const { metadata } = modelOfSystem(system).doors
  return metadata === null ? noMetadata() : entranceMetadata()[metadata.key]
}

/** @throws invalid_input for fields that the brand does not have */
const checked = (system: AcsSystem, metadata: Record<string, unknown>) => {
  const { error } = metadataSchemaOf(system).safeParse(metadata)
  const [issue] = error?.issues ?? []
  if (issue === undefined) return metadata
  throw invalidInput('metadata', ['metadata', ...issue.path].join('.') + `: ${issue.message}`)
}

/** Puts a door there; nothing is told of it. @throws acs_system_not_found, invalid_input for metadata that the brand does not have */
export const insertEntrance = (world: World, input: NewEntrance): AcsEntrance => {
  const system = requireSystem(world, input.acs_system_id)
  const acs_entrance_id = input.acs_entrance_id ?? world.random.uuid('acs_entrance')
  const category = categoryOf(system, input)
  world.acs_entrances.insert({
    acs_entrance_id,
    acs_system_id: system.acs_system_id,
    connected_account_id: system.connected_account_id,
    display_name: input.display_name,
    category,
    is_wired: input.is_wired ?? modelOfSystem(system).doors.are_wired,
    metadata: checked(system, metadataOf(system, input, category, acs_entrance_id)),
    space_ids: [],
    offline_at: null,
    privacy_mode_at: null,
    seen_issue: 0,
    kept_rights: null,
    unreported: null,
    created_at: world.now,
  })
  return requireEntrance(world, acs_entrance_id)
}

const told = (entrance: AcsEntrance) => ({
  ...systemTold(entrance),
  acs_entrance_id: entrance.acs_entrance_id,
})

/** Tells of a door that was found. */
export const announceEntrance = (world: World, entrance: AcsEntrance): void => {
  recordEvent(world, 'acs_entrance.added', told(entrance))
}

/** The door is no longer in its system. */
export const removeEntrance = (world: World, entrance: AcsEntrance): void => {
  world.acs_entrances.delete(entrance.acs_entrance_id)
  recordEvent(world, 'acs_entrance.removed', told(entrance))
  for (const space_id of entrance.space_ids) react(world, 'space_changed', space_id)
  react(world, 'acs_entrance_gone', entrance.acs_entrance_id)
}

export const removeEntrancesOfSystem = (world: World, acs_system_id: string): void => {
  for (const entrance of entrancesOfSystem(world, acs_system_id)) removeEntrance(world, entrance)
}
