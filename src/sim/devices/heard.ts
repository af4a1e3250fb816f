/** When Seam hears of a device: at once, or when it asks. */
import type { Device } from '../../db/tables/devices.ts'
import type { World } from '../kernel/world.ts'

/** A device with what its model says of polls. */
interface Polled {
  device: Pick<Device, 'created_at' | 'offline_since'>
  profile: { poll_interval: number }
}

/** How far apart Seam asks, ms; 0 where all is told at once. */
const intervalOf = (world: World, { profile }: Polled): number =>
  world.settings.poll_interval ?? profile.poll_interval

/** The next poll at or after an instant. */
export const pollAt = (world: World, view: Polled, at: number): number => {
  const interval = intervalOf(world, view)
  const { created_at } = view.device
  return interval === 0 ? at : created_at + Math.ceil((at - created_at) / interval) * interval
}

/** When Seam last heard of the device: now, at the last poll, or before it went silent. */
export const heardAt = (world: World, view: Polled): number => {
  const interval = intervalOf(world, view)
  const { created_at, offline_since } = view.device
  const heard = offline_since === null ? world.now : Math.min(offline_since, world.now)
  return interval === 0
    ? heard
    : created_at + Math.floor((heard - created_at) / interval) * interval
}
