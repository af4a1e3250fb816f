import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { metadataBlock, type MetadataFacts } from '../../../src/sim/locks/metadata.ts'
import { lockProfiles, profileOf } from '../../../src/sim/locks/models/index.ts'
import { lockProfileSchema } from '../../../src/sim/locks/profile-schema.ts'
import type { Latency } from '../../../src/sim/kernel/random.ts'
import { closed, deviceTypes, problems, properties } from '../openapi-device.ts'

const profiles = Object.values(lockProfiles)
const named = profiles.map((profile) => [profile.model, profile] as const)

const bridged: MetadataFacts = {
  lock_id: 'c7dd9f62',
  lock_number: 4711,
  lock_number_text: '4711',
  name: 'Front Door',
  serial: 'SN-1',
  online: true,
  locked_words: 'locked',
  battery_words: 'fresh',
  has_keypad: true,
  keypad_id: 'keypad-9',
  keypad_number: 9,
  keypad_battery_words: 'Full',
  keypad_battery_critical: false,
  has_bridge: true,
  bridge_id: 'bridge-1',
  bridge_number: 1,
  bridge_name: 'Bridge',
  location_id: 'house-1',
  location_number: 12,
  location_name: 'My House',
  time_zone: 'America/Los_Angeles',
  time_zone_offset: -28_800_000,
}
const bare: MetadataFacts = {
  ...bridged,
  has_keypad: false,
  keypad_id: undefined,
  keypad_number: undefined,
  keypad_battery_words: undefined,
  keypad_battery_critical: undefined,
  has_bridge: false,
  bridge_id: undefined,
  bridge_number: undefined,
  bridge_name: undefined,
  time_zone: null,
  time_zone_offset: null,
}

test.each(named)('%s has the shape that overrides are checked against', (_, profile) => {
  expect(lockProfileSchema().parse(profile)).toEqual(profile)
})

test('every file in models/ is a profile that can be made by its file name', () => {
  const files = readdirSync(join(import.meta.dirname, '../../../src/sim/locks/models'))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((file) => !['index', 'units'].includes(file))
  expect(Object.keys(lockProfiles).sort()).toEqual(files.sort())
  for (const file of files) expect(profileOf(file)?.model).toBe(file)
})

test('an unknown model, or the name of an object method, has no profile', () => {
  expect(profileOf('acme')).toBeUndefined()
  expect(profileOf('constructor')).toBeUndefined()
})

describe.each(named)('the profile of %s', (_, profile) => {
  test('has a device type that Seam knows', () => {
    expect(deviceTypes).toContain(profile.device_type)
  })

  test('lists code constraints as the OpenAPI document allows them', () => {
    expect(problems(properties.get('code_constraints'), profile.code_constraints)).toBe('No errors')
  })

  test.each([
    ['with keypad and bridge', bridged],
    ['with neither', bare],
  ])('fills its metadata block as the OpenAPI document describes it, %s', (_case, facts) => {
    const block = metadataBlock(profile, facts)
    if (block === null) return
    expect(properties.has(block.key), `${block.key} in device.properties`).toBe(true)
    expect(problems(closed(properties.get(block.key)), block.fields)).toBe('No errors')
    expect(JSON.stringify(block.fields)).not.toContain('{{')
  })

  test('has ordered latencies, and bolts that settle before the official SDKs stop waiting', () => {
    const all: Latency[] = Object.values(profile.latency)
    if (profile.pin_assignment_latency !== null) all.push(profile.pin_assignment_latency)
    for (const { min, typical, max } of all) {
      expect(min).toBeLessThanOrEqual(typical)
      expect(typical).toBeLessThanOrEqual(max)
    }
    expect(profile.latency.lock.max).toBeLessThan(5_000)
    expect(profile.latency.unlock.max).toBeLessThan(5_000)
  })

  test('does not contradict itself', () => {
    const { capabilities, offline_codes, keypad } = profile
    expect(capabilities.program_offline_access_codes).toBe(offline_codes !== null)
    if (keypad === 'none') expect(capabilities.unlock_with_code).toBe(false)
    if (keypad !== 'accessory') expect(profile.keypad_battery).toBeNull()
    if (keypad === 'accessory') {
      expect(profile.capability_needs.unlock_with_code).toContain('keypad')
      expect(profile.capability_needs.program_online_access_codes).toContain('keypad')
    }
    if (profile.bridge.kind === 'none') expect(profile.bridge.required).toBe(false)
    expect(profile.needs_subscription).toBe(
      profile.capability_needs.program_online_access_codes?.includes('subscription') ?? false,
    )
    expect(profile.provider_assigns_pin).toBe(profile.pin_assignment_latency !== null)
    const constraints = profile.code_constraints.map((rule) => rule.constraint_type)
    if (profile.provider_assigns_pin) expect(constraints).toContain('cannot_specify_pin_code')
    expect(new Set(constraints).size).toBe(constraints.length)
    for (const needed of Object.keys(profile.capability_needs)) {
      expect(Object.entries(capabilities)).toContainEqual([needed, true])
    }
    if (capabilities.program_online_access_codes) {
      expect(profile.memory_slots).toBeGreaterThan(0)
      expect(profile.code_lengths.length).toBeGreaterThan(0)
    }
    expect(profile.code_lengths).toEqual(profile.code_lengths.toSorted((a, b) => a - b))
  })

  test('names a source, or an assumption, for every group of facts', () => {
    for (const source of Object.values(profile.sources)) expect(source.length).toBeGreaterThan(3)
  })
})

test('a misspelled metadata placeholder is refused by name', () => {
  const profile = { model: 'acme', metadata: { key: 'acme_metadata', fields: { a: '{{nam}}' } } }
  expect(() => metadataBlock(profile, bridged)).toThrow('{{nam}}')
})

test('an unknown fact is null, or left out where the placeholder says so', () => {
  const fields = {
    a: '{{time_zone}}',
    b: '{{time_zone?}}',
    c: '{{bridge_id}}',
    d: '{{has_bridge?}}',
  }
  const profile = { model: 'acme', metadata: { key: 'acme_metadata', fields } }
  expect(metadataBlock(profile, bare)?.fields).toEqual({ a: null, d: false })
})

test('a placeholder inside a longer string is written out', () => {
  const profile = {
    model: 'acme',
    metadata: { key: 'acme_metadata', fields: { at: ['07:00:00[{{time_zone}}]'] } },
  }
  expect(metadataBlock(profile, bridged)?.fields).toEqual({ at: ['07:00:00[America/Los_Angeles]'] })
})
