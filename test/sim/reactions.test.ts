/** Who answers an occasion, where no other test would miss the answer. */
import { expect, test } from 'vitest'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'
import { disconnectAccount, reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'

const minute = 60_000
const hour = 60 * minute

/** A lock whose provider gives the PIN, and one whose codes are computed without the lock. */
const fixture = {
  name: 'pins-from-providers',
  loose_ids: true,
  connected_accounts: [
    { connected_account_id: 'salto-account', model: 'salto_ks' },
    { connected_account_id: 'igloohome-account', model: 'igloohome' },
  ],
  devices: [
    {
      device_id: 'salto',
      connected_account_id: 'salto-account',
      model: 'salto_ks',
      name: 'Office',
    },
    {
      device_id: 'igloohome',
      connected_account_id: 'igloohome-account',
      model: 'igloohome',
      name: 'Shed',
      location: { time_zone: 'Europe/Amsterdam' },
    },
  ],
}

const codeOf = ({ read }: FrozenWorld, access_code_id: string) =>
  read((world) => world.access_codes.get(access_code_id))

test('a code that was made while its account was away gets its PIN once the account is back', () => {
  const place = openFrozenWorld(fixture)
  const { access_code_id } = place.write((world) => {
    disconnectAccount(world, 'salto-account')
    return createAccessCode(world, { device_id: 'salto', name: 'Guest' }).access_code
  })
  place.advance(hour)
  expect(codeOf(place, access_code_id)).toMatchObject({ code: null, presence: null })
  place.write((world) => reconnectAccount(world, 'salto-account'))
  place.advance(minute)
  expect(codeOf(place, access_code_id)?.code).toMatch(/^\d+$/)
})

test('a code computed without the lock is told as set once its account is back', () => {
  const place = openFrozenWorld(fixture)
  const { access_code_id } = place.write((world) => {
    disconnectAccount(world, 'igloohome-account')
    return createAccessCode(world, {
      device_id: 'igloohome',
      name: 'Guest',
      is_offline_access_code: true,
      starts_at: world.now,
      ends_at: world.now + 48 * hour,
    }).access_code
  })
  place.advance(2 * hour)
  expect(codeOf(place, access_code_id)?.presence).toBeNull()
  place.write((world) => reconnectAccount(world, 'igloohome-account'))
  place.advance(minute)
  expect(codeOf(place, access_code_id)?.presence).toBe('set')
})
