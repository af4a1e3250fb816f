/** The links that can go down: what there is of each, and how it is cut and mended. */
import { isNotNull, where } from '../../db/conditions.ts'
import { devices } from '../../db/tables/devices.ts'
import type { FaultOn } from '../../db/tables/faults.ts'
import { setEntranceOnline } from '../acs-cards/door-lines.ts'
import { setEncoderOnline } from '../acs-encoders/at-the-encoder.ts'
import { setServerUp } from '../acs-systems/link-of-system.ts'
import { disconnectAccount, reconnectAccount } from '../connected-accounts/operations.ts'
import { plugBridge, unplugBridge } from '../devices/bridges.ts'
import { setRadio } from '../devices/link-changes.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'

const simulated = where(devices, [], (c) => isNotNull(c.model))

/** What a kind of link is made of. */
export interface Link {
  /** The ids of the links, with what `match` is compared with. */
  subjects(world: World): Map<string, Readonly<Record<string, unknown>>>
  isUp(world: World, id: string): boolean
  exists(world: World, id: string): boolean
  takeDown(world: World, id: string): void
  bringBack(world: World, id: string): void
}

const deviceLink: Link = {
  subjects: (world) =>
    new Map(world.devices.all(simulated()).map((device) => [device.device_id, device])),
  isUp: (world, id) => world.devices.get(id)?.radio_offline_at === null,
  exists: () => true,
  takeDown: (world, id) => setRadio(world, id, false),
  bringBack: (world, id) => {
    // A device whose account was deleted is in its place all the same.
    if (world.devices.get(id) === undefined) react(world, 'radio_back', id)
    else setRadio(world, id, true)
  },
}

const bridgeLink: Link = {
  subjects: (world) => new Map(world.bridges.all().map((bridge) => [bridge.bridge_id, bridge])),
  isUp: (world, id) => world.bridges.get(id)?.offline_at === null,
  exists: (world, id) => world.bridges.get(id) !== undefined,
  takeDown: unplugBridge,
  bringBack: plugBridge,
}

const accountLink: Link = {
  subjects: (world) =>
    new Map(
      world.connected_accounts.all().map((account) => [account.connected_account_id, account]),
    ),
  isUp: (world, id) => world.connected_accounts.get(id)?.disconnected_at === null,
  exists: (world, id) => world.connected_accounts.get(id) !== undefined,
  takeDown: disconnectAccount,
  bringBack: reconnectAccount,
}

/** Of a system's server: what is behind a lost account or a dark bridge is another link. */
const systemLink: Link = {
  subjects: (world) => new Map(world.acs_systems.all().map((it) => [it.acs_system_id, it])),
  isUp: (world, id) => world.acs_systems.get(id)?.server_down_at === null,
  exists: (world, id) => world.acs_systems.get(id) !== undefined,
  takeDown: (world, id) => setServerUp(world, id, false),
  bringBack: (world, id) => setServerUp(world, id, true),
}

const withModel = (world: World) => {
  const models = new Map(world.acs_systems.all().map((it) => [it.acs_system_id, it.model]))
  return <Row extends { acs_system_id: string }>(row: Row) => ({
    ...row,
    model: models.get(row.acs_system_id),
  })
}

const entranceLink: Link = {
  subjects: (world) => {
    const told = withModel(world)
    const wired = world.acs_entrances.all().filter(({ is_wired }) => is_wired)
    return new Map(wired.map((row) => [row.acs_entrance_id, told(row)]))
  },
  isUp: (world, id) => world.acs_entrances.get(id)?.offline_at === null,
  exists: (world, id) => world.acs_entrances.get(id) !== undefined,
  takeDown: (world, id) => setEntranceOnline(world, id, false),
  bringBack: (world, id) => setEntranceOnline(world, id, true),
}

const encoderLink: Link = {
  subjects: (world) => {
    const told = withModel(world)
    return new Map(world.acs_encoders.all().map((row) => [row.acs_encoder_id, told(row)]))
  },
  isUp: (world, id) => world.acs_encoders.get(id)?.offline_at === null,
  exists: (world, id) => world.acs_encoders.get(id) !== undefined,
  takeDown: (world, id) => setEncoderOnline(world, id, false),
  bringBack: (world, id) => setEncoderOnline(world, id, true),
}

export const links: Partial<Record<FaultOn, Link>> = {
  'device.link': deviceLink,
  'bridge.link': bridgeLink,
  'connected_account.link': accountLink,
  'acs_system.link': systemLink,
  'entrance.link': entranceLink,
  'encoder.link': encoderLink,
}
