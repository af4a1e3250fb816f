/** The radios of devices: each kind keeps its own with what only it has. */
import type { World } from '../kernel/world.ts'

/** The tables of the kinds of devices that have one. */
const kindTables = ['locks'] as const

const tableOf = (world: World, device_id: string) =>
  kindTables.find((table) => world[table].get(device_id) !== undefined)

export const hasRadio = (world: World, device_id: string): boolean =>
  tableOf(world, device_id) !== undefined

/** Whether the device has a radio that is on. */
export const isRadioOn = (world: World, device_id: string): boolean => {
  const table = tableOf(world, device_id)
  return table !== undefined && world[table].get(device_id)?.radio_offline_at === null
}

/** Puts the radio on or off, and tells nobody of it; nothing happens to a device that has none. */
export const switchRadio = (world: World, device_id: string, online: boolean): void => {
  const table = tableOf(world, device_id)
  if (table === undefined) return
  world[table].update(device_id, { radio_offline_at: online ? null : world.now })
}
