import { timelineRoute } from '../../contract/timeline.ts'
import { viewSpan } from '../../lib/view-span.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { notFound } from '../../sim/kernel/errors.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { buildTimeline } from '../../sim/timeline/build.ts'
import type { CodeTimeline, OpenSpan } from '../../sim/timeline/code-spans.ts'
import type { DoorTimeline } from '../../sim/timeline/doors.ts'
import { is } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { answerRoute } from './endpoint.ts'

const ofCode = is(events.access_code_id)

const lasting = ({ from, to }: OpenSpan) => ({ from: toIso(from), to: toIsoOrNull(to) })
const ended = ({ from, to }: { from: number; to: number }) => ({ from: toIso(from), to: toIso(to) })

const presentDoor = ({ device_id, outages, link }: DoorTimeline) => ({
  device_id,
  outages: outages.map(({ isOpen, cause, from, to }) => ({
    ...lasting({ from, to: isOpen ? null : to }),
    cause,
  })),
  link: link.map(({ isOpen, online, from, to }) => ({
    ...lasting({ from, to: isOpen ? null : to }),
    online,
  })),
})

export const presentCode = (code: CodeTimeline) => ({
  access_code_id: code.access_code_id,
  device_id: code.device_id,
  name: code.name,
  code: code.code,
  is_managed: code.is_managed,
  is_gone: code.is_gone,
  declared: code.declared.map(lasting),
  held: code.held.map((it) => ({ ...lasting(it), slot: it.slot, code: it.code })),
  on_lock: code.on_lock.map(lasting),
  status: code.status.map((it) => ({ ...lasting(it), status: it.status })),
  locked_out: code.locked_out.map((it) => ({ ...ended(it), reason: it.reason })),
  overstay: code.overstay.map(ended),
})

const requireCode = (world: World, access_code_id: string): void => {
  if (world.access_codes.get(access_code_id) !== undefined) return
  // One that is gone has left its events behind.
  if (!world.events.has(ofCode(access_code_id))) throw notFound('access_code', { access_code_id })
}

export const timeline = answerRoute(timelineRoute, {
  effect: 'read',
  handler: ({ world }, { device_id, device_ids, access_code_id, limit, ...given }) => {
    if (device_id !== undefined) requireDevice(world, device_id)
    for (const id of device_ids ?? []) requireDevice(world, id)
    if (access_code_id !== undefined) requireCode(world, access_code_id)
    const { from, to } = viewSpan(world.now, given)
    const told = buildTimeline(world, { from, to, device_id, device_ids, access_code_id, limit })
    return {
      timeline: {
        from: toIso(from),
        to: toIso(to),
        now: toIso(world.now),
        devices: told.devices.map(presentDoor),
        codes: told.codes.map(presentCode),
        truncated: told.truncated,
        density: told.density,
      },
    }
  },
})
