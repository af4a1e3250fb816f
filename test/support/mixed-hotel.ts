/** A hotel with everything, and what random stories do in it: cards, rights, links and climate. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { presentAt } from '../../src/sim/acs-cards/at-the-door.ts'
import { setEntranceOnline, setPrivacyMode } from '../../src/sim/acs-cards/door-lines.ts'
import { deleteCredential } from '../../src/sim/acs-credentials/carry-out.ts'
import { createCredential, updateCredential } from '../../src/sim/acs-credentials/operations.ts'
import { encodeCredential, scanCredential } from '../../src/sim/acs-encoders/operations.ts'
import { setEncoderOnline } from '../../src/sim/acs-encoders/at-the-encoder.ts'
import { setServerUp } from '../../src/sim/acs-systems/link-of-system.ts'
import { createUser, deleteUser, suspendUser } from '../../src/sim/acs-users/operations.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { playSounds } from '../../src/sim/noise-sensors/play.ts'
import { setHvacMode } from '../../src/sim/thermostats/operations.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import { pick } from './experiment.ts'
import type { Experiment } from './experiment.ts'
import { hour, minute } from './place.ts'

const file = new URL('../../fixtures/mixed-hotel.json', import.meta.url)
const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
const hotel = fixtureSchema().parse(parsed)
const workspace = { name: 'Laboratory', is_sandbox: true, workspace_id: 'laboratory' }

const [system, bridge] = [hotel.acs_systems[0]?.acs_system_id, hotel.bridges[0]?.bridge_id]
const doors = hotel.acs_entrances.flatMap(({ acs_entrance_id: id }) => id ?? [])
const encoder = hotel.acs_encoders[0]?.acs_encoder_id ?? ''
const sensors = hotel.noise_sensors.flatMap(({ device_id }) => device_id ?? [])
const thermostats = hotel.thermostats.flatMap(({ device_id }) => device_id ?? [])

const nth = fc.nat({ max: 7 })
const flag = fc.boolean()
const act = <const D extends string>(name: D, weight: number) => ({
  weight,
  arbitrary: fc.record({
    do: fc.constant(name),
    nth,
    flag,
    lasts: fc.integer({ min: 1, max: 90 }),
  }),
})

const deeds = [
  act('arrive', 4),
  act('encode', 4),
  act('present', 4),
  act('scan', 1),
  act('prolong', 2),
  act('suspend', 2),
  act('leave', 1),
  act('cancel', 1),
  act('bridge', 2),
  act('server', 1),
  act('cable', 1),
  act('line', 1),
  act('privacy', 1),
  act('radio', 1),
  act('heat', 2),
  act('noise', 2),
]

type Deed = (typeof deeds)[number]['arbitrary'] extends fc.Arbitrary<infer D> ? D : never

const credentialAt = (world: World, at: number): string =>
  pick(world.acs_credentials.all(), at)?.acs_credential_id ?? 'none'

const userAt = (world: World, at: number): string =>
  pick(world.acs_users.all(), at)?.acs_user_id ?? 'none'

const arrive = (world: World, deed: Deed): string => {
  const acs_system_id = system ?? ''
  const { acs_user_id } = createUser(world, { acs_system_id, full_name: `Guest ${deed.nth}` })
  const room = pick(doors, deed.nth) ?? ''
  return createCredential(world, {
    acs_user_id,
    access_method: 'card',
    acs_entrance_ids: [room],
    starts_at: world.now + (deed.flag ? 0 : hour),
    ends_at: world.now + (2 + deed.lasts) * hour,
    options: { override: deed.flag },
  }).acs_credential_id
}

const ofLinks = (world: World, deed: Deed): unknown => {
  switch (deed.do) {
    case 'bridge':
      return (deed.flag ? plugBridge : unplugBridge)(world, bridge ?? '')
    case 'server':
      return setServerUp(world, system ?? '', deed.flag)
    case 'cable':
      return setEncoderOnline(world, encoder, deed.flag)
    case 'line':
      return setEntranceOnline(world, pick(doors, deed.nth) ?? '', deed.flag)
    case 'privacy':
      return setPrivacyMode(world, pick(doors, deed.nth) ?? '', deed.flag)
    default:
      return setRadio(world, pick([...sensors, ...thermostats], deed.nth) ?? '', deed.flag)
  }
}

const perform = (world: World, deed: Deed): unknown => {
  const { nth: at, flag: isOn, lasts } = deed
  switch (deed.do) {
    case 'arrive':
      return arrive(world, deed)
    case 'encode':
      return encodeCredential(world, encoder, credentialAt(world, at)).action_attempt_id
    case 'scan':
      return scanCredential(world, encoder).action_attempt_id
    case 'present': {
      const card_number = pick(world.acs_cards.all(), at)?.card_number ?? 'none'
      return presentAt(world, pick(doors, lasts) ?? '', { card_number })
    }
    case 'prolong':
      return updateCredential(world, credentialAt(world, at), { ends_at: world.now + lasts * hour })
    case 'suspend':
      return suspendUser(world, userAt(world, at), isOn)
    case 'leave':
      return deleteUser(world, userAt(world, at))
    case 'cancel':
      return deleteCredential(world, credentialAt(world, at))
    case 'heat': {
      const points = { heating_set_point_celsius: 18 + at }
      return setHvacMode(world, pick(thermostats, at) ?? '', 'heat', points).action_attempt_id
    }
    case 'noise': {
      const sound = { from: world.now, until: world.now + lasts * minute, decibels: 60 + 5 * at }
      return playSounds(world, pick(sensors, at) ?? '', [sound])
    }
    default:
      return ofLinks(world, deed)
  }
}

export const mixedHotel: Experiment<Deed> = {
  fixture: { ...hotel, workspace },
  deed: fc.oneof(...deeds),
  perform,
}
