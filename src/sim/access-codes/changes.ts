import type { DeclaredForm } from '../../db/tables/access-codes.ts'
import { recordEvent } from '../events/record.ts'
import { toIsoOrNull } from '../kernel/instant.ts'
import { mutationsBetween } from './lifecycle.ts'
import type { PendingMutation, UpdatingMutation } from './lifecycle.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { World } from '../kernel/world.ts'

const changedEvent = {
  updating_code: {
    event_type: 'access_code.code_changed',
    description: 'The PIN code was changed through the Seam API.',
  },
  updating_name: {
    event_type: 'access_code.name_changed',
    description: 'The name was changed through the Seam API.',
  },
  updating_time_frame: {
    event_type: 'access_code.time_frame_changed',
    description: 'The time frame was changed through the Seam API.',
  },
} as const

const onWire = (side: object): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(side).map(([key, value]: [string, string | number | null]) => [
      key,
      typeof value === 'number' ? toIsoOrNull(value) : value,
    ]),
  )

/** A mutation's `from` and `to` as they go over the wire. */
export const mutationSides = (mutation: UpdatingMutation) => ({
  from: onWire(mutation.from),
  to: onWire(mutation.to),
})

/** Tells what was asked for, when it was asked (`access_code.mutations_requested`). */
export const recordMutationsRequested = (
  world: World,
  code: AccessCode,
  mutations: PendingMutation[],
): void => {
  if (mutations.length === 0) return
  recordEvent(
    world,
    'access_code.mutations_requested',
    { device_id: code.device_id, access_code_id: code.access_code_id },
    {
      requested_mutations: mutations.map((mutation) => ({
        mutation_code: mutation.mutation_code,
        ...('from' in mutation ? mutationSides(mutation) : {}),
      })),
    },
  )
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
  for (const mutation of mutations) {
    const { event_type, description } = changedEvent[mutation.mutation_code]
    recordEvent(world, event_type, subject, { description, ...mutationSides(mutation) })
  }
  if (mutations.length === 0) return
  recordEvent(world, 'access_code.changed', subject, {
    change_reason: 'updated through the Seam API',
    changed_properties: mutations.flatMap((mutation) => {
      const { from: before, to: after } = mutationSides(mutation)
      return Object.keys(after)
        .filter((property) => before[property] !== after[property])
        .map((property) => ({
          property,
          from: before[property] ?? null,
          to: after[property] ?? null,
        }))
    }),
  })
}
