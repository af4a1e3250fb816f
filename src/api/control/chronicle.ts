import { chronicleRoute } from '../../contract/chronicle.ts'
import { asc, bears, desc, either, gt, is, lt, oneOf, orderBy, where } from '../../db/conditions.ts'
import type { Filter } from '../../db/conditions.ts'
import { chronicle as entries } from '../../db/tables/chronicle.ts'
import type { ChronicleRow } from '../../db/tables/chronicle.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'
import { cursorOf, pageOf } from './paging.ts'

const ofDevice = is(entries.device_id)
const ofBridge = bears(entries.body, 'bridge_id')
const ofCode = is(entries.access_code_id)
const ofKinds = oneOf(entries.kind)
const later = where(entries, ['seq'], (c, its) => gt(c.seq, its.seq))
const earlier = where(entries, ['seq'], (c, its) => lt(c.seq, its.seq))
const oldestFirst = orderBy(entries, (c) => [asc(c.seq)])
const newestFirst = orderBy(entries, (c) => [desc(c.seq)])

const present = ({ seq, at, kind, device_id, access_code_id, body }: ChronicleRow) => ({
  seq,
  at: toIso(at),
  kind,
  device_id,
  access_code_id,
  ...body,
})

/** About the device itself, or about the bridge that its lock goes through. */
const aboutDoor = (world: World, device_id: string): Filter<'chronicle'> => {
  requireDevice(world, device_id)
  const { bridge_id } = world.locks.get(device_id) ??
    world.thermostats.get(device_id) ?? { bridge_id: null }
  const own = ofDevice(device_id)
  return bridge_id === null ? own : either(own, ofBridge([bridge_id]))
}

export const chronicle = answerRoute(chronicleRoute, {
  effect: 'read',
  handler: ({ world }, { device_id, access_code_id, kinds, ...choice }) => {
    const { order = 'asc', limit } = choice
    const seq = cursorOf(choice)
    const filters: Filter<'chronicle'>[] = []
    if (device_id !== undefined) filters.push(aboutDoor(world, device_id))
    if (access_code_id !== undefined) filters.push(ofCode(access_code_id))
    if (kinds !== undefined) filters.push(ofKinds(kinds))
    if (seq !== null) filters.push((order === 'asc' ? later : earlier)({ seq }))
    const rows = world.chronicle.all(filters, {
      order: order === 'asc' ? oldestFirst : newestFirst,
      limit: limit + 1,
    })
    const { page, next } = pageOf(rows, limit, (row) => row.seq)
    return { chronicle: page.map(present), next }
  },
})
