import type { z } from 'zod'
import type { disagreement } from '../../contract/disagreements.ts'
import { disagreementsRoute } from '../../contract/disagreements.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { findDisagreements } from '../../sim/disagreements/find.ts'
import type { Disagreement } from '../../sim/disagreements/find.ts'
import type { DisagreementKind } from '../../sim/disagreements/judge.ts'
import { findPastDisagreements, pastKinds } from '../../sim/disagreements/past.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import type { World } from '../../sim/kernel/world.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import { answerRoute } from './endpoint.ts'

export const presentDisagreement = ({
  since,
  waits_for,
  lasts,
  ...row
}: Disagreement): z.input<ReturnType<typeof disagreement>> => ({
  ...row,
  since: toIso(since),
  waits_for: waits_for && { ...waits_for, until: toIsoOrNull(waits_for.until) },
  minutes: lasts / 60_000,
})

/** @throws invalid_input for what is to come, and for kinds that nobody can tell of the past */
const refuseUntold = (world: World, at: number, wanted: readonly DisagreementKind[]): void => {
  if (at > world.now) {
    throw invalidInput('at', `It is ${toIso(world.now)}; what is to come nobody knows`)
  }
  const untold = wanted.filter((kind) => !pastKinds.some((it) => it === kind))
  if (untold.length > 0) {
    throw invalidInput(
      'kind',
      `Of the past only ${pastKinds.join(' and ')} can be told, from what locks held; ${untold.join(', ')} depend on what Seam had under way then, which is not kept`,
    )
  }
}

export const disagreements = answerRoute(disagreementsRoute, {
  effect: 'read',
  handler: ({ world }, { device_id, kind, at = world.now }) => {
    if (device_id !== undefined) requireDevice(world, device_id)
    const ids = device_id === undefined ? undefined : [device_id]
    const wanted = kind === undefined ? null : [kind].flat()
    if (at !== world.now) refuseUntold(world, at, wanted ?? [])
    const found =
      at === world.now ? findDisagreements(world, ids) : findPastDisagreements(world, at, ids)
    return {
      disagreements: found
        .filter((it) => wanted === null || wanted.includes(it.kind))
        .map(presentDisagreement),
    }
  },
})
