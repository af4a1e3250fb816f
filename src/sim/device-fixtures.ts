/**
 * Locks, and devices that are not simulated, as a list of a fixture. Other kinds of devices have lists
 * of their own (`fixture.ts` in their folders).
 */
import { z } from 'zod'
import { describedDeviceId, deviceFixtureFields, problemsOfListed } from './devices/fixture.ts'
import { createListed } from './devices/listed.ts'
import { fixturePart } from './kernel/fixture-part.ts'
import type { Place, Problem } from './kernel/fixture-part.ts'
import { react } from './kernel/react.ts'
import { lockFixtureFields, problemsOfLock } from './locks/fixture.ts'
import { createDescribedLock } from './locks/kind.ts'
import { lockProfiles } from './locks/models/index.ts'

const item = () => z.strictObject({ ...deviceFixtureFields(), ...lockFixtureFields() })

type Described = z.output<ReturnType<typeof item>>

const isLock = ({ model }: Described): boolean => model !== undefined

const problemsOf = (device: Described, place: Place<Described>): Problem[] =>
  isLock(device) ? problemsOfLock(device, place) : problemsOfListed(device)

export const devicesFixture = fixturePart({
  list: 'devices',
  description: 'Locks, and devices that are listed but not simulated.',
  item,
  unique: ['device_id'],
  also: { locks: isLock },
  references: [
    { field: 'connected_account_id', to: 'connected_accounts', noun: 'connected account' },
    { field: 'bridge_id', to: 'bridges', noun: 'bridge' },
    { field: 'model', to: () => Object.keys(lockProfiles), noun: 'lock model' },
  ],
  problems: problemsOf,
  apply: (world, device, place) => {
    const device_id = describedDeviceId(world, 'device', device, place)
    const create = isLock(device) ? createDescribedLock : createListed
    create(world, { ...device, device_id })
    react(world, 'device_described', device_id)
  },
})
