/** Links that break and come back, and what the API is told of it: the same for every kind of device. */
import type { Device } from '../../db/tables/devices.ts'
import type { deviceEventIssues } from '../events/issues.ts'
import { recordEvent } from '../events/record.ts'
import { chronicle } from '../chronicle/chronicle.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { defaultFlapRules, flapState } from './link.ts'
import type { LinkBreak } from './link.ts'
import { requireDevice } from './rows.ts'

/** Unmanaged devices have events of their own. */
const eventOf = <What extends 'connected' | 'disconnected'>(device: Device, what: What) =>
  device.is_managed ? (`device.${what}` as const) : (`device.unmanaged.${what}` as const)

/** The link of a device as it is now, by what its kind knows of it. */
export interface LinkNow {
  cause: LinkBreak | null
  /** The issues of the moment, as events carry them. */
  issues: () => ReturnType<typeof deviceEventIssues>
}

/** Compares a device's link with what was last told about it, tells the difference, and lets the work that waited go on. */
export const noteLink = (world: World, device_id: string, { cause, issues }: LinkNow): void => {
  const device = requireDevice(world, device_id)
  if (device.offline_cause === cause) return
  const wasOnline = device.offline_cause === null
  world.devices.update(device_id, {
    offline_cause: cause,
    offline_since: cause === null ? null : wasOnline ? world.now : device.offline_since,
  })
  if (cause !== null) {
    if (!wasOnline) return
    const event_type = eventOf(device, 'disconnected')
    recordEvent(world, event_type, { device_id, error_code: cause, ...issues() })
    noteDisconnection(world, requireDevice(world, device_id), issues)
    return
  }
  recordEvent(world, eventOf(device, 'connected'), { device_id })
  // It has to hold for a while before it counts as stable.
  if (device.flaky_since !== null) {
    scheduleJob(world, 'device.stabilize', device_id, world.now + defaultFlapRules.stable_after)
  }
  react(world, 'link_back', device_id)
}

const noteDisconnection = (world: World, device: Device, issues: LinkNow['issues']): void => {
  const { device_id } = device
  const flap = flapState(
    [...device.disconnections, world.now],
    world.now,
    undefined,
    device.flaky_since !== null,
  )
  const becomesFlaky = flap.flaky && device.flaky_since === null
  world.devices.update(device_id, {
    disconnections: flap.relevant,
    flaky_since: flap.flaky ? (device.flaky_since ?? world.now) : null,
  })
  if (flap.stable_at !== null) scheduleJob(world, 'device.stabilize', device_id, flap.stable_at)
  if (becomesFlaky) {
    recordEvent(world, 'device.connection_became_flaky', { device_id, ...issues() })
  }
}

/** The connection has held long enough, if it has. One that is down now starts anew on its return. */
export const stabilizeLink = (world: World, device_id: string): void => {
  const device = world.devices.get(device_id)
  if (device === undefined || device.flaky_since === null || device.offline_cause !== null) return
  const flap = flapState(device.disconnections, world.now, undefined, true)
  if (flap.flaky) {
    if (flap.stable_at !== null) scheduleJob(world, 'device.stabilize', device_id, flap.stable_at)
    return
  }
  world.devices.update(device_id, { disconnections: flap.relevant, flaky_since: null })
  recordEvent(world, 'device.connection_stabilized', { device_id })
}

/** Takes the device's own radio down or up; what that means for its link its kind says. */
export const setRadio = (world: World, device_id: string, online: boolean): void => {
  const { radio_offline_at } = requireDevice(world, device_id)
  if ((radio_offline_at === null) === online) return
  world.devices.update(device_id, { radio_offline_at: online ? null : world.now })
  chronicle(world, { kind: 'link', part: 'radio', up: online, device_id, access_code_id: null })
  react(world, 'link_changed', device_id)
}
