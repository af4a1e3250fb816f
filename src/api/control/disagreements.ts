import type { z } from 'zod'
import type { disagreement } from '../../contract/disagreements.ts'
import { disagreementsRoute } from '../../contract/disagreements.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { findDisagreements } from '../../sim/disagreements/find.ts'
import type { Disagreement } from '../../sim/disagreements/find.ts'
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

export const disagreements = answerRoute(disagreementsRoute, {
  effect: 'read',
  handler: ({ world }, { device_id, kind }) => {
    if (device_id !== undefined) requireDevice(world, device_id)
    const found = findDisagreements(world, device_id === undefined ? undefined : [device_id])
    const wanted = kind === undefined ? null : [kind].flat()
    return {
      disagreements: found
        .filter((it) => wanted === null || wanted.includes(it.kind))
        .map(presentDisagreement),
    }
  },
})
