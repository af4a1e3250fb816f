/** Whatever number a lock or a workspace is given: it is refused by name, or the world goes on with it. */
import { describe, expect, test } from 'vitest'
import { createAccessCode } from '../../../src/sim/access-codes/operations.ts'
import { settleEverything } from '../../../src/sim/access-codes/wake.ts'
import { createFault } from '../../../src/sim/faults/operations.ts'
import { isDomainError } from '../../../src/sim/kernel/errors.ts'
import { failedJobs } from '../../../src/sim/kernel/failed-jobs.ts'
import { settingsBounds } from '../../../src/contract/settings-bounds.ts'
import { createLock } from '../../../src/sim/locks/create.ts'
import { enterCode } from '../../../src/sim/locks/at-the-door.ts'
import { unlockDoor } from '../../../src/sim/locks/actions.ts'
import { lockProfiles } from '../../../src/sim/locks/models/index.ts'
import { fixtureProblems } from '../../../src/sim/workspaces/check-fixture.ts'
import { updateSettings } from '../../../src/sim/workspaces/operations.ts'
import { openFrozenWorld, start } from '../../support/frozen-world.ts'
import type { FrozenWorld } from '../../support/frozen-world.ts'

const year = 365 * 86_400_000

/** Where numbers go wrong: about zero, broken, larger than a clock, than an integer, than anything. */
const boundaries = [
  -1e300,
  -1,
  0,
  1e-300,
  0.1,
  1,
  2,
  1.5,
  60_000,
  100_000,
  2 ** 31,
  1e9,
  1e13,
  2 ** 53,
  1e300,
  Number.POSITIVE_INFINITY,
  Number.NaN,
]

/** What it did, or how it was refused. @throws what is no refusal */
const refusalOf = (fn: () => unknown): string | null => {
  try {
    fn()
    return null
  } catch (error) {
    if (isDomainError(error)) return error.message
    throw error
  }
}

type Path = readonly string[]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Where a profile has numbers. Lists are given whole. */
const numbersIn = (value: unknown, path: Path = []): Path[] => {
  if (typeof value === 'number') return [path]
  if (!isObject(value) || path[0] === 'metadata') return []
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, [...path, key]))
}

const withNumber = (value: unknown, [key, ...rest]: Path, number: number): unknown => {
  if (key === undefined) return number
  if (Array.isArray(value)) {
    return value.map((it: unknown, n) => (String(n) === key ? withNumber(it, rest, number) : it))
  }
  return isObject(value) ? { ...value, [key]: withNumber(value[key], rest, number) } : value
}

/** A year in which the lock is used: codes of every kind, wrong ones, and the bolt. */
const liveAYear = (place: FrozenWorld, device_id: string): number => {
  const { write, advance, universe, workspace_id } = place
  const day = year / 365
  const starts_at = start + 3_600_000
  for (const code of [
    { name: 'x' },
    { code: '4829' },
    { starts_at, ends_at: starts_at + 30 * day },
    { is_offline_access_code: true, starts_at, ends_at: starts_at + 5 * 3_600_000 },
  ]) {
    refusalOf(() => write((world) => createAccessCode(world, { device_id, ...code })))
  }
  refusalOf(() => write((world) => unlockDoor(world, device_id)))
  for (let n = 0; n < 12; n++) write((world) => enterCode(world, device_id, '0000'))
  advance(day)
  refusalOf(() => write((world) => unlockDoor(world, device_id)))
  advance(year - day)
  return universe.jobsRun(workspace_id)
}

describe.each(['august', 'igloohome', 'salto_ks', 'dormakaba_oracode'])('a lock %s', (model) => {
  const profile: unknown = lockProfiles[model]
  test.each(numbersIn(profile).map((path) => [path.join('.'), path] as const))(
    'with any number for %s',
    (name, path) => {
      const [field = ''] = path
      for (const number of boundaries) {
        const place = openFrozenWorld({ name: 'empty', loose_ids: true })
        const [, overrides] = Object.entries(
          isObject(profile) ? { profile: { [field]: profile[field] } } : {},
        ).flat()
        const profile_overrides = withNumber(overrides, path, number)
        if (!isObject(profile_overrides)) throw new Error('A profile is an object')
        const refusal = refusalOf(() =>
          place.write((world) =>
            createLock(world, { model, device_id: 'lock', profile_overrides }),
          ),
        )
        if (refusal !== null) {
          expect(refusal).toContain(`profile.${field}`)
          continue
        }
        expect(liveAYear(place, 'lock'), `${name}: ${number}`).toBeLessThan(2_000)
        expect(place.now()).toBe(start + year)
        expect(
          place.read((world) => failedJobs(world)),
          `${name}: ${number}`,
        ).toEqual([])
        for (const { due_at } of place.read((world) => world.jobs.all())) {
          expect(Number.isInteger(due_at), `${name}: ${number}`).toBe(true)
        }
      }
    },
  )
})

describe('a workspace', () => {
  const settings = Object.keys(settingsBounds)

  test.each(settings)('with any number for %s', (name) => {
    for (const number of boundaries) {
      const place = openFrozenWorld()
      const refusal = refusalOf(() =>
        place.write((world) => {
          updateSettings(world, { [name]: number })
          settleEverything(world)
        }),
      )
      const isRefusedInFixtures = fixtureProblems({ name: 'x', settings: { [name]: number } })
      if (refusal !== null) {
        expect(refusal).toContain(name)
        expect(isRefusedInFixtures.join()).toContain(`settings.${name}`)
        continue
      }
      expect(isRefusedInFixtures).toEqual([])
      place.write((world) => {
        createFault(world, { on: 'access_code.set', times: 100, effect: { kind: 'fail' } })
      })
      liveAYear(place, 'wifi-lock')
      expect(place.now()).toBe(start + year)
      expect(place.read((world) => failedJobs(world))).toEqual([])
    }
  })

  test('that asks for the fastest tries gets a bounded number of them', () => {
    const place = openFrozenWorld()
    const [retry_every, retry_at_most] = [
      settingsBounds.retry_every.least,
      settingsBounds.retry_at_most.least,
    ]
    place.write((world) => {
      updateSettings(world, { retry_every, retry_at_most })
      createFault(world, { on: 'access_code.set', effect: { kind: 'fail' } })
      createAccessCode(world, { device_id: 'wifi-lock', code: '4829' })
    })
    const week = 7 * 86_400_000
    place.advance(week)
    expect(place.universe.jobsRun(place.workspace_id)).toBeLessThan((2 * week) / retry_at_most)
  })
})
