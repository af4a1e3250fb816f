/** Flats of Salto Space, whose cards carry what doors have seen, and an office of Avigilon Alta, whose doors share zones. */
import * as fc from 'fast-check'
import { setEntranceOnline, setPrivacyMode } from '../../src/sim/acs-cards/door-lines.ts'
import { presentAt } from '../../src/sim/acs-cards/at-the-door.ts'
import { deleteCredential } from '../../src/sim/acs-credentials/carry-out.ts'
import { createCredential } from '../../src/sim/acs-credentials/operations.ts'
import { encodeCredential, scanCredential } from '../../src/sim/acs-encoders/operations.ts'
import {
  placeCard,
  removeCard,
  setEncoderOnline,
} from '../../src/sim/acs-encoders/at-the-encoder.ts'
import { createUser, setMembership, suspendUser } from '../../src/sim/acs-users/operations.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import { pick } from './experiment.ts'
import type { Experiment } from './experiment.ts'
import { hour, minute } from './place.ts'

const flat = (name: string) => ({
  acs_entrance_id: name,
  acs_system_id: 'flats',
  display_name: name,
  is_wired: false,
  metadata: { audit_on_keys: true },
})

const office = (name: string, zone_id: number) => ({
  acs_entrance_id: name,
  acs_system_id: 'office',
  display_name: name,
  category: 'common',
  metadata: { zone_id },
})

const fixture = fixtureSchema().parse({
  name: 'flats',
  loose_ids: true,
  workspace: { name: 'Flats', workspace_id: 'laboratory' },
  connected_accounts: [
    { connected_account_id: 'space', model: 'salto_space' },
    { connected_account_id: 'alta', model: 'avigilon_alta' },
  ],
  bridges: [{ bridge_id: 'seam-bridge', connected_account_id: 'space', name: 'Seam Bridge' }],
  acs_systems: [
    {
      acs_system_id: 'flats',
      model: 'salto_space',
      connected_account_id: 'space',
      bridge_id: 'seam-bridge',
    },
    { acs_system_id: 'office', model: 'avigilon_alta', connected_account_id: 'alta' },
  ],
  acs_entrances: [
    { acs_entrance_id: 'gate', acs_system_id: 'flats', display_name: 'Gate', category: 'common' },
    flat('flat-1'),
    flat('flat-2'),
    office('left', 7),
    office('right', 7),
    office('back', 8),
  ],
  acs_access_groups: [
    {
      acs_access_group_id: 'one',
      acs_system_id: 'flats',
      name: 'One',
      acs_entrance_ids: ['gate', 'flat-1'],
    },
    {
      acs_access_group_id: 'two',
      acs_system_id: 'flats',
      name: 'Two',
      access_schedule: { starts_in: minute, ends_in: 2 * hour },
      acs_entrance_ids: ['gate', 'flat-2'],
    },
    {
      acs_access_group_id: 'staff',
      acs_system_id: 'office',
      name: 'Staff',
      acs_entrance_ids: ['left'],
    },
  ],
  acs_encoders: [{ acs_encoder_id: 'desk', acs_system_id: 'flats', display_name: 'Desk' }],
})

const doors = ['gate', 'flat-1', 'flat-2', 'left', 'right', 'back'] as const

const act = <const D extends string>(name: D, weight: number) => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(name), nth: fc.nat({ max: 7 }), flag: fc.boolean() }),
})

const deeds = [
  act('arrive', 4),
  act('encode', 5),
  act('come', 8),
  act('scan', 2),
  act('place', 1),
  act('remove', 1),
  act('move', 2),
  act('suspend', 1),
  act('cancel', 1),
  act('bridge', 2),
  act('line', 2),
  act('cable', 1),
  act('privacy', 1),
]

type Deed = (typeof deeds)[number]['arbitrary'] extends fc.Arbitrary<infer D> ? D : never

const cards = (world: World) =>
  world.acs_credentials.all().filter((it) => it.access_method === 'card')

const arrive = (world: World, { nth, flag }: Deed): string => {
  const isOffice = flag && nth > 3
  const { acs_user_id } = createUser(world, {
    acs_system_id: isOffice ? 'office' : 'flats',
    full_name: `Resident ${nth}`,
    acs_access_group_ids: [isOffice ? 'staff' : flag ? 'one' : 'two'],
  })
  return createCredential(world, {
    acs_user_id,
    access_method: isOffice ? 'code' : 'card',
  }).acs_credential_id
}

/** Somebody comes to a door with what they have: a card, or a PIN. */
const come = (world: World, { nth, flag }: Deed): unknown => {
  const door = pick(doors, nth) ?? 'gate'
  const own = world.acs_credentials.all().filter(({ acs_system_id }) => {
    return acs_system_id === world.acs_entrances.get(door)?.acs_system_id
  })
  const credential = flag ? own[0] : own.at(-1)
  return presentAt(
    world,
    door,
    credential?.access_method === 'code'
      ? { code: credential.code ?? '0000' }
      : { card_number: credential?.card_number ?? 'none' },
  )
}

const atDesk = (world: World, { do: what, nth, flag }: Deed): unknown => {
  switch (what) {
    case 'scan':
      return scanCredential(world, 'desk', flag).action_attempt_id
    case 'place':
      return placeCard(world, 'desk', {
        card_number: flag ? pick(world.acs_cards.all(), nth)?.card_number : undefined,
      }).card_number
    case 'remove':
      return removeCard(world, 'desk')
    default:
      return setEncoderOnline(world, 'desk', flag)
  }
}

const perform = (world: World, deed: Deed): unknown => {
  const { nth, flag } = deed
  const user = pick(world.acs_users.all(), nth)
  const credential = pick(cards(world), nth)
  switch (deed.do) {
    case 'arrive':
      return arrive(world, deed)
    case 'come':
      return come(world, deed)
    case 'encode':
      return credential === undefined
        ? null
        : encodeCredential(world, 'desk', credential.acs_credential_id).action_attempt_id
    case 'move':
      return user?.acs_system_id === 'flats'
        ? setMembership(world, user.acs_user_id, nth > 3 ? 'one' : 'two', flag)
        : null
    case 'suspend':
      return user === undefined ? null : suspendUser(world, user.acs_user_id, flag)
    case 'cancel':
      return credential === undefined ? null : deleteCredential(world, credential.acs_credential_id)
    case 'bridge':
      return (flag ? plugBridge : unplugBridge)(world, 'seam-bridge')
    case 'line':
      return setEntranceOnline(world, pick(doors, nth) ?? 'gate', flag)
    case 'privacy':
      return setPrivacyMode(world, pick(doors, nth) ?? 'gate', flag)
    default:
      return atDesk(world, deed)
  }
}

export const flats: Experiment<Deed> = { fixture, deed: fc.oneof(...deeds), perform }
