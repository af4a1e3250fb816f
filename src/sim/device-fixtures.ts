/**
 * Devices of every kind as a list of a fixture. A kind of device beside `locks` adds its fields and
 * what may be wrong with them here.
 */
import { z } from 'zod'
import { deviceKinds } from './device-kinds.ts'
import { deviceFixtureFields, problemsOfListed } from './devices/fixture.ts'
import { kindNameOf } from './devices/kinds.ts'
import type { DeviceKindName } from './devices/kinds.ts'
import { fixturePart } from './kernel/fixture-part.ts'
import type { Place, Problem } from './kernel/fixture-part.ts'
import { react } from './kernel/react.ts'
import type { World } from './kernel/world.ts'
import { lockFixtureFields, problemsOfLock } from './locks/fixture.ts'
import { lockProfiles } from './locks/models/index.ts'

const item = z.strictObject({ ...deviceFixtureFields, ...lockFixtureFields })

type Described = z.output<typeof item>

const problemsOfKind: Record<
  DeviceKindName,
  (device: Described, place: Place<Described>) => Problem[]
> = {
  lock: problemsOfLock,
  thermostat: problemsOfListed,
  noise_sensor: problemsOfListed,
  other: problemsOfListed,
}

/** Made from its name, so that a lock that is added to the file changes no other lock's id. */
const madeId = (world: World, { name }: Described, { index, list }: Place<Described>): string => {
  const nth = list.slice(0, index).filter((it) => it.name === name).length
  return world.random.stream(`fixture device ${name}`).uuid(nth)
}

export const devicesFixture = fixturePart({
  list: 'devices',
  description: 'Locks, and devices that are listed but not simulated.',
  item,
  unique: ['device_id'],
  also: { locks: (device) => kindNameOf(device) === 'lock' },
  references: [
    { field: 'connected_account_id', to: 'connected_accounts', noun: 'connected account' },
    { field: 'bridge_id', to: 'bridges', noun: 'bridge' },
    { field: 'model', to: () => Object.keys(lockProfiles), noun: 'lock model' },
  ],
  problems: (device, place) => problemsOfKind[kindNameOf(device)](device, place),
  apply: (world, device, place) => {
    const device_id = device.device_id ?? madeId(world, device, place)
    deviceKinds[kindNameOf(device)].create(world, { ...device, device_id })
    react(world, 'device_described', device_id)
  },
})
