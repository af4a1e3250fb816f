/** An experiment with grants over a hotel, an office and a lock, whose links, servers, cards and phones are meddled with. */
import * as fc from 'fast-check'
import { accessModes } from '../../src/db/tables/access-grants.ts'
import { assignCard, cardWorkOf, encodeMethod } from '../../src/sim/access-grants/cards.ts'
import {
  createAccessGrant,
  deleteAccessGrant,
  deleteMethods,
  requestAccessMethods,
  updateAccessGrant,
} from '../../src/sim/access-grants/operations.ts'
import { grantOfMethod, methodIdsOf } from '../../src/sim/access-grants/rows.ts'
import { setEntranceOnline } from '../../src/sim/acs-cards/door-lines.ts'
import { presentAt } from '../../src/sim/acs-cards/at-the-door.ts'
import { newCard } from '../../src/sim/acs-cards/rows.ts'
import { createUser, suspendUser } from '../../src/sim/acs-users/operations.ts'
import { disconnectAccount, reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { clearFaults, createFault } from '../../src/sim/faults/operations.ts'
import { openInstantKey } from '../../src/sim/instant-keys/operations.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { createSandboxPhone, deactivatePhone } from '../../src/sim/phones/operations.ts'
import { addEntrances, removeEntrances } from '../../src/sim/spaces/operations.ts'
import { deleteUserIdentity } from '../../src/sim/user-identities/operations.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import type { Experiment } from './experiment.ts'
import { hour } from './place.ts'

const account = (model: string) => ({ connected_account_id: model, model })
const system = (model: string, more: object = {}) => ({
  acs_system_id: `${model}-site`,
  model,
  connected_account_id: model,
  name: model,
  ...more,
})
const entrance = (acs_entrance_id: string, model: string, more: object = {}) => ({
  acs_entrance_id,
  acs_system_id: `${model}-site`,
  display_name: acs_entrance_id,
  ...more,
})

export const entrances = ['lobby', 'room', 'suite', 'office', 'store', 'loft'] as const
const people = ['ada', 'bea', 'cyd'] as const
const accounts = ['visionline', 'brivo', 'salto_ks'] as const

const fixture = fixtureSchema().parse({
  name: 'sites',
  loose_ids: true,
  workspace: { name: 'Sites', workspace_id: 'laboratory' },
  connected_accounts: [
    ...accounts.map(account),
    account('assa_abloy_credential_service'),
    account('schlage'),
  ],
  bridges: [{ bridge_id: 'seam-bridge', connected_account_id: 'visionline', name: 'Seam Bridge' }],
  devices: [{ device_id: 'gate', connected_account_id: 'schlage', model: 'schlage', name: 'Gate' }],
  acs_systems: [
    system('visionline', { bridge_id: 'seam-bridge' }),
    system('assa_abloy_credential_service'),
    system('brivo'),
    system('salto_ks'),
  ],
  acs_entrances: [
    entrance('lobby', 'visionline', { category: 'common' }),
    entrance('room', 'visionline'),
    entrance('suite', 'visionline'),
    entrance('office', 'brivo'),
    entrance('store', 'brivo'),
    entrance('loft', 'salto_ks'),
  ],
  acs_encoders: [
    { acs_encoder_id: 'desk', acs_system_id: 'visionline-site', display_name: 'Desk' },
  ],
  spaces: [{ space_id: 'flat', name: 'Flat', acs_entrance_ids: ['room', 'office'] }],
  user_identities: people.map((name) => ({
    user_identity_id: name,
    full_name: name,
    email_address: `${name}@example.com`,
  })),
})

const one = fc.constantFrom(...entrances)
const some = fc.uniqueArray(one, { minLength: 1, maxLength: 4 })
const mode = fc.constantFrom(...accessModes)
const hours = (max: number) => fc.integer({ min: 1, max })

const grantDeeds = [
  fc.record({
    do: fc.constant('grant' as const),
    person: fc.constantFrom(...people),
    acs_entrance_ids: some,
    isFlat: fc.boolean(),
    hasGate: fc.boolean(),
    modes: fc.array(mode, { minLength: 1, maxLength: 3 }),
    stay: fc.option(fc.constantFrom('stay-1', 'stay-2')),
    starts_in: fc.nat({ max: 60 }),
    lasts: fc.option(hours(200)),
  }),
  fc.record({
    do: fc.constant('move_times' as const),
    nth: fc.nat(),
    starts_in: fc.option(fc.nat({ max: 30 })),
    ends_in: hours(200),
  }),
  fc.record({ do: fc.constant('move_doors' as const), nth: fc.nat(), acs_entrance_ids: some }),
  fc.record({ do: fc.constant('delete' as const), nth: fc.nat() }),
  fc.record({ do: fc.constant('delete_method' as const), nth: fc.nat() }),
  fc.record({ do: fc.constant('request' as const), nth: fc.nat(), mode }),
  fc.record({ do: fc.constant('forget_person' as const), person: fc.constantFrom(...people) }),
] as const

const siteDeeds = [
  fc.record({ do: fc.constant('encode' as const), nth: fc.nat() }),
  fc.record({ do: fc.constant('phone' as const), person: fc.constantFrom(...people) }),
  fc.record({ do: fc.constant('lose_phone' as const), nth: fc.nat() }),
  fc.record({ do: fc.constant('open_link' as const), nth: fc.nat() }),
  fc.record({ do: fc.constant('space' as const), acs_entrance_id: one, isIn: fc.boolean() }),
  fc.record({ do: fc.constant('bridge' as const), on: fc.boolean() }),
  fc.record({
    do: fc.constant('account' as const),
    connected_account_id: fc.constantFrom(...accounts),
    on: fc.boolean(),
  }),
  fc.record({ do: fc.constant('line' as const), acs_entrance_id: one, on: fc.boolean() }),
  fc.record({
    do: fc.constant('fault' as const),
    on: fc.constantFrom('acs.credential' as const, 'acs.user' as const),
    kind: fc.constantFrom('fail' as const, 'never_confirm' as const),
    times: hours(3),
  }),
  fc.record({ do: fc.constant('mend' as const) }),
  fc.record({ do: fc.constant('present' as const), acs_entrance_id: one, nth: fc.nat() }),
  fc.record({ do: fc.constant('known_user' as const), person: fc.constantFrom(...people) }),
  fc.record({ do: fc.constant('suspend' as const), nth: fc.nat(), isOn: fc.boolean() }),
] as const

const grantDeed = fc.oneof(...grantDeeds)
const siteDeed = fc.oneof(...siteDeeds)
type GrantDeed = typeof grantDeed extends fc.Arbitrary<infer T> ? T : never
type SiteDeed = typeof siteDeed extends fc.Arbitrary<infer T> ? T : never
export type Deed = GrantDeed | SiteDeed

const nthOf = <T>(all: readonly T[], nth: number): T | undefined =>
  all[nth % Math.max(1, all.length)]

const nthGrant = (world: World, nth: number): string | undefined =>
  nthOf(world.access_grants.all(), nth)?.access_grant_id

const onGrants = (world: World, deed: GrantDeed): unknown => {
  if (deed.do === 'forget_person') {
    if (world.user_identities.get(deed.person) !== undefined) deleteUserIdentity(world, deed.person)
    return null
  }
  if (deed.do === 'grant') {
    const starts_at = world.now + deed.starts_in * hour
    return createAccessGrant(world, {
      user_identity_id: deed.person,
      acs_entrance_ids: deed.acs_entrance_ids,
      space_ids: deed.isFlat ? ['flat'] : [],
      device_ids: deed.hasGate ? ['gate'] : [],
      reservation_key: deed.stay ?? undefined,
      starts_at,
      ends_at: deed.lasts === null ? null : starts_at + deed.lasts * hour,
      requested_access_methods: deed.modes.map((it) => ({ mode: it })),
    }).access_grant_id
  }
  const id = nthGrant(world, deed.nth)
  if (id === undefined) return null
  switch (deed.do) {
    case 'move_times': {
      const starts_at = deed.starts_in === null ? undefined : world.now + deed.starts_in * hour
      return updateAccessGrant(world, id, {
        starts_at,
        ends_at: (starts_at ?? world.now) + deed.ends_in * hour,
      })
    }
    case 'move_doors':
      return updateAccessGrant(world, id, { acs_entrance_ids: deed.acs_entrance_ids })
    case 'delete':
      return deleteAccessGrant(world, id)
    case 'delete_method':
      return deleteMethods(
        world,
        id,
        methodIdsOf(world.access_grants.get(id) ?? { requested: [] }).slice(0, 1),
      )
    case 'request':
      return requestAccessMethods(world, id, [{ mode: deed.mode }]).requested.length
    default:
      return deed satisfies never
  }
}

/** A card for a method that waits for one: encoded at the desk, or given out. */
export const serveCard = (world: World, access_method_id: string): unknown => {
  const method = world.access_methods.get(access_method_id)
  if (method === undefined) return null
  const work = cardWorkOf(world, grantOfMethod(world, method), method)
  if (work?.is_encoding_required === true)
    return encodeMethod(world, access_method_id, 'desk').action_attempt_id
  if (work?.is_assignment_required !== true) return null
  return assignCard(world, access_method_id, newCard(world).card_number).action_attempt_id
}

/** Something that could open a door: a PIN, a card, or a key. */
const shownOf = (world: World, nth: number) => {
  const row = nthOf(world.acs_credentials.all(), nth)
  if (row === undefined) return { code: '0000' }
  if (row.access_method === 'code') return { code: row.code ?? '0000' }
  if (row.access_method === 'card') return { card_number: row.card_number ?? '0000' }
  return { acs_credential_id: row.acs_credential_id }
}

const onSites = (world: World, deed: SiteDeed): unknown => {
  switch (deed.do) {
    case 'encode': {
      const method = nthOf(
        world.access_methods.all().filter(({ mode: its }) => its === 'card'),
        deed.nth,
      )
      return method === undefined ? null : serveCard(world, method.access_method_id)
    }
    case 'phone':
      return createSandboxPhone(world, {
        user_identity_id: deed.person,
        operating_system: 'ios',
        device_model: 'Phone',
        made_with: {},
      }).device_id
    case 'lose_phone': {
      const phone = nthOf(world.phones.all(), deed.nth)
      return phone === undefined ? null : deactivatePhone(world, phone.device_id)
    }
    case 'open_link': {
      const key = nthOf(world.instant_keys.all(), deed.nth)
      return key === undefined ? null : openInstantKey(world, key, undefined)
    }
    case 'space':
      return (deed.isIn ? addEntrances : removeEntrances)(world, 'flat', [deed.acs_entrance_id])
    case 'bridge':
      return (deed.on ? plugBridge : unplugBridge)(world, 'seam-bridge')
    case 'account':
      return (deed.on ? reconnectAccount : disconnectAccount)(world, deed.connected_account_id)
    case 'line':
      return setEntranceOnline(world, deed.acs_entrance_id, deed.on)
    case 'fault':
      return createFault(world, { on: deed.on, times: deed.times, effect: { kind: deed.kind } })
        .fault_id
    case 'mend':
      return clearFaults(world).map(({ fault_id }) => fault_id)
    case 'present':
      return presentAt(world, deed.acs_entrance_id, shownOf(world, deed.nth))
    case 'known_user': {
      const email_address = `${deed.person}@example.com`
      return createUser(world, { acs_system_id: 'brivo-site', full_name: 'X', email_address })
        .acs_user_id
    }
    case 'suspend': {
      const user = nthOf(world.acs_users.all(), deed.nth)
      return user === undefined ? null : suspendUser(world, user.acs_user_id, deed.isOn)
    }
    default:
      return deed satisfies never
  }
}

const isOnGrants = (deed: Deed): deed is GrantDeed =>
  [
    'grant',
    'move_times',
    'move_doors',
    'delete',
    'delete_method',
    'request',
    'forget_person',
  ].includes(deed.do)

export const sites: Experiment<Deed> = {
  fixture,
  deed: fc.oneof({ arbitrary: grantDeed, weight: 2 }, siteDeed),
  perform: (world, deed) => (isOnGrants(deed) ? onGrants(world, deed) : onSites(world, deed)),
}
