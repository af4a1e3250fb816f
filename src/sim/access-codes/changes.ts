import type { DeclaredForm } from '../../db/tables/access-codes.ts'
import { recordEvent } from '../events/record.ts'
import { toIsoOrNull } from '../kernel/instant.ts'
import { mutationsBetween } from './lifecycle.ts'
import type { PendingMutation, TimeFrame, UpdatingMutation } from './lifecycle.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { World } from '../kernel/world.ts'

const windowOnWire = ({ starts_at, ends_at }: TimeFrame) => ({
  starts_at: toIsoOrNull(starts_at),
  ends_at: toIsoOrNull(ends_at),
})

/** A mutation's `from` and `to` as they go over the wire. */
export const mutationSides = (mutation: UpdatingMutation) =>
  mutation.mutation_code === 'updating_time_frame'
    ? { from: windowOnWire(mutation.from), to: windowOnWire(mutation.to) }
    : { from: mutation.from, to: mutation.to }

/** The event of one kind of change that is in effect. */
const recordChange = (
  world: World,
  subject: { device_id: string; access_code_id: string },
  mutation: UpdatingMutation,
): void => {
  const told = (description: string) => ({ ...subject, description })
  switch (mutation.mutation_code) {
    case 'updating_code':
      recordEvent(world, 'access_code.code_changed', {
        ...told('The PIN code was changed through the Seam API.'),
        from: mutation.from,
        to: mutation.to,
      })
      return
    case 'updating_name':
      recordEvent(world, 'access_code.name_changed', {
        ...told('The name was changed through the Seam API.'),
        from: mutation.from,
        to: mutation.to,
      })
      return
    case 'updating_time_frame':
    default:
      recordEvent(world, 'access_code.time_frame_changed', {
        ...told('The time frame was changed through the Seam API.'),
        from: windowOnWire(mutation.from),
        to: windowOnWire(mutation.to),
      })
  }
}

const changedProperties = (mutation: UpdatingMutation) => {
  const sides = mutationSides(mutation)
  const after = new Map<string, string | null>(Object.entries(sides.to))
  return Object.entries(sides.from).flatMap(([property, from]: [string, string | null]) => {
    const to = after.get(property) ?? null
    return from === to ? [] : [{ property, from, to }]
  })
}

/** Tells what was asked for, when it was asked (`access_code.mutations_requested`). */
export const recordMutationsRequested = (
  world: World,
  code: AccessCode,
  mutations: PendingMutation[],
): void => {
  if (mutations.length === 0) return
  recordEvent(world, 'access_code.mutations_requested', {
    device_id: code.device_id,
    access_code_id: code.access_code_id,
    requested_mutations: mutations.map((mutation) => ({
      mutation_code: mutation.mutation_code,
      ...('from' in mutation ? mutationSides(mutation) : {}),
    })),
  })
}

/** Tells that changes are in effect: one event per kind of change, then `access_code.changed` with all. */
export const recordChanges = (
  world: World,
  code: AccessCode,
  from: DeclaredForm,
  to: DeclaredForm,
): void => {
  const mutations = mutationsBetween(from, to, world.now)
  const subject = { device_id: code.device_id, access_code_id: code.access_code_id }
  for (const mutation of mutations) recordChange(world, subject, mutation)
  if (mutations.length === 0) return
  recordEvent(world, 'access_code.changed', {
    ...subject,
    change_reason: 'updated through the Seam API',
    changed_properties: mutations.flatMap(changedProperties),
  })
}
