import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  defaultFlapRules,
  flapState,
  linkState,
  type LinkParts,
} from '../../../src/sim/devices/link.ts'

const fine: LinkParts = {
  account: { connected: true },
  bridge: { online: true },
  lock: { radio_online: true, battery_dead: false, removed: false },
}

describe('the link to a lock', () => {
  test.each<[string, LinkParts, ReturnType<typeof linkState>]>([
    ['is up when every part is', fine, { online: true, cause: null }],
    [
      'needs no bridge where there is none',
      { ...fine, bridge: null },
      { online: true, cause: null },
    ],
    [
      'breaks at the account before anything else',
      {
        account: { connected: false },
        bridge: { online: false },
        lock: { radio_online: false, battery_dead: true, removed: true },
      },
      { online: false, cause: 'account_disconnected' },
    ],
    [
      'breaks at the bridge before the lock',
      {
        ...fine,
        bridge: { online: false },
        lock: { radio_online: false, battery_dead: true, removed: false },
      },
      { online: false, cause: 'hub_disconnected' },
    ],
    [
      'breaks at the radio',
      { ...fine, lock: { ...fine.lock, radio_online: false } },
      { online: false, cause: 'device_disconnected' },
    ],
    [
      'breaks at an empty battery',
      { ...fine, bridge: null, lock: { ...fine.lock, battery_dead: true } },
      { online: false, cause: 'device_disconnected' },
    ],
    [
      'of a lock that left its account is down whatever the bridge does',
      { ...fine, bridge: { online: false }, lock: { ...fine.lock, removed: true } },
      { online: false, cause: 'device_disconnected' },
    ],
  ])('%s', (_, parts, expected) => {
    expect(linkState(parts)).toEqual(expected)
  })

  test('has a cause exactly when it is down', () => {
    const parts = fc.record({
      account: fc.record({ connected: fc.boolean() }),
      bridge: fc.option(fc.record({ online: fc.boolean() })),
      lock: fc.record({
        radio_online: fc.boolean(),
        battery_dead: fc.boolean(),
        removed: fc.boolean(),
      }),
    })
    fc.assert(
      fc.property(parts, (it) => {
        const { online, cause } = linkState(it)
        expect(online).toBe(cause === null)
      }),
    )
  })
})

describe('a connection', () => {
  const minute = 60_000
  const hour = 60 * minute

  test('that broke twice in an hour is not flaky', () => {
    expect(flapState([0, 59 * minute], hour)).toEqual({
      flaky: false,
      stable_at: null,
      relevant: [59 * minute],
    })
  })

  test('that broke three times within an hour is flaky until an hour after the last', () => {
    const breaks = [0, 20 * minute, 59 * minute]
    expect(flapState(breaks, 59 * minute)).toMatchObject({
      flaky: true,
      stable_at: 59 * minute + hour,
    })
    expect(flapState(breaks, 59 * minute + hour - 1).flaky).toBe(true)
    expect(flapState(breaks, 59 * minute + hour)).toMatchObject({ flaky: false, stable_at: null })
  })

  test('that broke three times over more than an hour is not flaky', () => {
    expect(flapState([0, 30 * minute, 60 * minute], 60 * minute).flaky).toBe(false)
  })

  test('that keeps breaking now and then stays flaky', () => {
    const breaks = [0, 1, 2, 50 * minute, 100 * minute]
    expect(flapState(breaks, 110 * minute)).toMatchObject({
      flaky: true,
      stable_at: 100 * minute + hour,
    })
  })

  test('that held for exactly an hour between two breaks has recovered', () => {
    expect(flapState([0, 1, 2, 2 + hour], 2 + hour).flaky).toBe(false)
    expect(flapState([0, 1, 2, 1 + hour], 1 + hour).flaky).toBe(true)
  })

  test('takes its thresholds from the caller', () => {
    const rules = { disconnections: 2, within: 10, stable_after: 5 }
    expect(flapState([0, 9], 9, rules).flaky).toBe(true)
    expect(flapState([0, 9], 14, rules).flaky).toBe(false)
  })

  test('gives the same verdict from the breaks it says are worth keeping', () => {
    const breaks = fc.array(fc.nat(6 * hour), { maxLength: 12 })
    fc.assert(
      fc.property(breaks, fc.nat(6 * hour), fc.nat(3 * hour), (all, now, later) => {
        const { relevant: kept, flaky } = flapState(all, now)
        const since = all.filter((at) => at > now)
        const whole = flapState(all, now + later)
        const part = flapState([...kept, ...since], now + later, defaultFlapRules, flaky)
        expect(part.flaky).toBe(whole.flaky)
        expect(part.stable_at).toBe(whole.stable_at)
      }),
    )
  })
})
