import { expect, test } from 'vitest'

import { capabilityFlags, type AtHand } from '../../../src/sim/locks/capabilities.ts'
import { lockProfiles } from '../../../src/sim/locks/models/index.ts'
import { august } from '../../../src/sim/locks/models/august.ts'
import { dormakaba_oracode } from '../../../src/sim/locks/models/dormakaba_oracode.ts'
import { igloohome } from '../../../src/sim/locks/models/igloohome.ts'
import { nuki } from '../../../src/sim/locks/models/nuki.ts'
import { schlage } from '../../../src/sim/locks/models/schlage.ts'

const everything: AtHand = { keypad: true, bridge: { online: true }, subscription: true }

test.each(Object.entries(lockProfiles))(
  '%s with everything at hand can do exactly what its model can',
  (_, profile) => {
    const able = Object.entries(profile.capabilities).filter(([, can]) => can)
    expect(capabilityFlags(profile, everything)).toEqual(
      Object.fromEntries(able.map(([capability]) => [`can_${capability}`, true])),
    )
  },
)

test('August without its keypad takes no codes and still opens remotely', () => {
  expect(capabilityFlags(august, { ...everything, keypad: false })).toEqual({
    can_remotely_lock: true,
    can_remotely_unlock: true,
    can_program_online_access_codes: false,
    can_unlock_with_code: false,
    can_configure_auto_lock: true,
  })
})

test('August behind a dark bridge still says that codes can be programmed', () => {
  expect(capabilityFlags(august, { ...everything, bridge: { online: false } })).toMatchObject({
    can_remotely_unlock: false,
    can_program_online_access_codes: true,
  })
})

test('igloohome without a bridge has offline codes only', () => {
  expect(capabilityFlags(igloohome, { ...everything, bridge: null })).toEqual({
    can_remotely_lock: false,
    can_remotely_unlock: false,
    can_program_online_access_codes: false,
    can_program_offline_access_codes: true,
    can_unlock_with_code: true,
  })
})

test('Nuki without its subscription cannot program codes, though those on it still open', () => {
  expect(capabilityFlags(nuki, { ...everything, subscription: false })).toMatchObject({
    can_program_online_access_codes: false,
    can_unlock_with_code: true,
  })
})

test('what a model cannot do has no flag at all', () => {
  expect(capabilityFlags(schlage, everything)).not.toHaveProperty(
    'can_program_offline_access_codes',
  )
  expect(Object.keys(capabilityFlags(dormakaba_oracode, everything)).toSorted()).toEqual([
    'can_program_offline_access_codes',
    'can_unlock_with_code',
  ])
})
