import { describe, expect, it } from 'vitest'
import { parseInput } from '../../../src/api/http/validation.ts'
import { effectsOn, faultOccasions, kindOf } from '../../../src/contract/fault-occasions.ts'
import { faultInput } from '../../../src/contract/faults.ts'
import { faultSchema } from '../../../src/sim/faults/definition.ts'

const messageOf = (input: unknown): string => {
  try {
    parseInput(faultSchema(), input)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'accepted'
}

describe('the shape of a fault', () => {
  it('takes durations as people write them and keeps milliseconds', () => {
    const fault = parseInput(faultSchema(), {
      on: 'access_code.set',
      match: { device_id: ['a', 'b'] },
      times: 3,
      between: ['2025-01-01T00:00:00Z', Date.UTC(2025, 0, 2)],
      effect: { kind: 'delay', by: '40m' },
    })
    expect(fault.effect).toEqual({ kind: 'delay', by: 2_400_000 })
    expect(fault.between).toEqual([Date.UTC(2025, 0, 1), Date.UTC(2025, 0, 2)])
  })

  it('names the occasions when the given one is unknown', () => {
    expect(messageOf({ on: 'access_code.sett', effect: { kind: 'fail' } })).toMatch(
      /^There is no occasion access_code\.sett\. Did you mean access_code\.set\? Occasions: access_code\.set, access_code\.update, /,
    )
  })

  it('says where an effect acts when it does not act here', () => {
    expect(messageOf({ on: 'lock.lock', effect: { kind: 'flap' } })).toBe(
      'The effect flap acts on device.link, bridge.link, connected_account.link, acs_system.link, entrance.link, encoder.link, not on lock.lock. Effects on lock.lock: fail, delay, never_confirm, provider_unavailable for "effect.kind"',
    )
  })

  it('lists what there is for a misspelt occasion, effect, parameter or key of match', () => {
    expect(messageOf({ on: 'htp', effect: { kind: 'status' } })).toContain('Did you mean http?')
    expect(messageOf({ on: 'http', effect: { kind: 'stats' } })).toContain(
      'There is no effect stats. Did you mean status? Effects on http: status, delay, reset, truncate, malformed, hang',
    )
    expect(messageOf({ on: 'webhook', effect: { kind: 'slow', b: '1s' } })).toContain(
      "The effect slow has no 'b'. It has: by",
    )
    expect(messageOf({ on: 'webhook', effect: { kind: 'drop', by: '1s' } })).toContain(
      "The effect drop has no 'by'. It has no parameters",
    )
    const match = { device_ids: 'x' }
    expect(messageOf({ on: 'lock.lock', match, effect: { kind: 'fail' } })).toContain(
      'lock.lock has no device_ids to match. Did you mean device_id?',
    )
  })

  it('says what a missing or wrong parameter of the effect should be', () => {
    expect(messageOf({ on: 'access_code.set', effect: { kind: 'delay' } })).toContain('effect.by')
    expect(messageOf({ on: 'access_code.set', effect: { kind: 'delay', by: 'soon' } })).toContain(
      '"soon" is no duration',
    )
    expect(
      messageOf({ on: 'device.link', effect: { kind: 'flap', every: '1m', for: '2m' } }),
    ).toContain('must be shorter than `every`')
    expect(
      messageOf({ on: 'device.link', effect: { kind: 'flap', every: 999, for: 2 } }),
    ).toContain('must be a second at least')
  })

  it('refuses a key of match that the occasion does not have', () => {
    const message = messageOf({
      on: 'access_code.set',
      match: { device: 'x' },
      effect: { kind: 'fail' },
    })
    expect(message).toContain('access_code.set has no device to match')
    expect(message).toContain('match.device')
  })

  it('refuses a window that ends before it begins, and unknown fields', () => {
    const effect = { kind: 'drop' }
    expect(messageOf({ on: 'webhook', between: [2, 1], effect })).toContain('before the second')
    expect(messageOf({ on: 'webhook', time: 1, effect })).toContain("'time'")
  })

  it.each(faultOccasions)('has effects on %s, and they are those of the contract', (on) => {
    expect(effectsOn(on).length).toBeGreaterThan(0)
    const input = faultInput().options.find(({ shape }) => shape.on.safeParse(on).success)
    expect(input?.shape.effect.options.map(kindOf)).toEqual(effectsOn(on).map(kindOf))
  })
})
