/** What is asked of users of access systems at every change is asked by key, in memory. */
import { expect, test } from 'vitest'
import { createCredential } from '../../../src/sim/acs-credentials/operations.ts'
import { refuseUserOfGrant } from '../../../src/sim/acs-credentials/terms.ts'
import { createUser, deleteUser, suspendUser } from '../../../src/sim/acs-users/operations.ts'
import { requireAcsUser } from '../../../src/sim/acs-users/rows.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'

const site = (model: string) =>
  openFrozenWorld({
    name: 'site',
    loose_ids: true,
    acs_systems: [
      { model, name: 'Site', acs_system_id: 'site' },
      { model, name: 'Another site', acs_system_id: 'another' },
    ],
    acs_entrances: [{ acs_system_id: 'site', display_name: 'Door', acs_entrance_id: 'door' }],
  })

type Site = ReturnType<typeof site>

const eventsOf = ({ read }: Site): string[] =>
  read((world) => world.events.all().map(({ event_type }) => event_type)).filter((type) =>
    type.startsWith('acs_'),
  )

const join = ({ write }: Site, nth: number): string =>
  write((world) => {
    const email_address = `guest${nth}@example.com`
    const { acs_user_id } = createUser(world, {
      acs_system_id: 'site',
      full_name: `Guest ${nth}`,
      email_address,
    })
    createCredential(world, { acs_user_id, access_method: 'code' })
    return acs_user_id
  })

test('people come, change and go by the hundred, and no table is asked whose a credential, an address or a PIN is', () => {
  const place = site('brivo')
  const { universe, write, advance } = place
  const people = Array.from({ length: 100 }, (_, nth) => join(place, nth))
  advance(60_000)
  for (const id of people) write((world) => suspendUser(world, id, true))
  advance(60_000)
  for (const id of people) {
    write((world) => {
      refuseUserOfGrant(world, requireAcsUser(world, id))
      deleteUser(world, id)
    })
  }
  advance(60_000)
  expect(eventsOf(place).filter((type) => type === 'acs_user.deleted')).toHaveLength(100)
  const asked = universe.db
    .queryPlans()
    .filter(({ sql }) =>
      /(acs_user_id|email_address|code|parent_acs_credential_id) = /.test(
        sql.split(' where ')[1] ?? '',
      ),
    )
  expect(asked).toEqual([])
})

test('a user of whom its system has not heard goes at once, and tells it once', () => {
  const place = site('visionline')
  const id = place.write(
    (world) =>
      createUser(world, { acs_system_id: 'site', full_name: 'Guest', email_address: 'a@b.example' })
        .acs_user_id,
  )
  place.write((world) => deleteUser(world, id))
  expect(place.read((world) => world.acs_users.get(id))).toBeUndefined()
  expect(eventsOf(place)).toEqual(['acs_user.deleted'])
})

test('its credentials go before it, each told once', () => {
  const place = site('visionline')
  const id = place.write((world) => {
    const { acs_user_id } = createUser(world, { acs_system_id: 'site', full_name: 'Guest' })
    for (let nth = 0; nth < 2; nth++)
      createCredential(world, {
        acs_user_id,
        access_method: 'card',
        acs_entrance_ids: ['door'],
      })
    return acs_user_id
  })
  place.advance(60_000)
  place.write((world) => deleteUser(world, id))
  place.advance(60_000)
  expect(eventsOf(place).filter((type) => type.endsWith('deleted'))).toEqual([
    'acs_credential.deleted',
    'acs_credential.deleted',
    'acs_user.deleted',
  ])
})

test('a fixture gives nobody a credential of another access system', () => {
  expect(() =>
    openFrozenWorld({
      name: 'site',
      loose_ids: true,
      acs_systems: [
        { model: 'brivo', name: 'Site', acs_system_id: 'site' },
        { model: 'brivo', name: 'Another site', acs_system_id: 'another' },
      ],
      acs_users: [{ acs_system_id: 'site', acs_user_id: 'guest', full_name: 'Guest' }],
      acs_credentials: [
        {
          acs_credential_id: 'pin',
          acs_system_id: 'another',
          acs_user_id: 'guest',
          access_method: 'code',
          code: '1234',
        },
      ],
    }),
  ).toThrow('The user is in another access system than the credential')
})
