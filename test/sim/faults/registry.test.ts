import { describe, expect, it } from 'vitest'
import type { FaultDefinition } from '../../../src/db/tables/faults.ts'
import { clearFaults, createFault } from '../../../src/sim/faults/operations.ts'
import { allFaults, consultFaults, stateOf } from '../../../src/sim/faults/registry.ts'
import { openFrozenWorld, start } from '../../support/frozen-world.ts'

const drop = (more: Partial<FaultDefinition> = {}): FaultDefinition => ({
  on: 'webhook',
  effect: { kind: 'drop' },
  ...more,
})

describe('the registry of faults', () => {
  it('counts: lets `after` occasions pass, acts `times` times, and is exhausted', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      createFault(world, drop({ after: 1, times: 2 }))
      const acted = Array.from({ length: 5 }, () => consultFaults(world, 'webhook', {}) !== null)
      expect(acted).toEqual([false, true, true, false, false])
      const [fault] = allFaults(world)
      expect(fault).toMatchObject({ hits: 2, seen: 3, last_hit_at: start })
      expect(fault && stateOf(fault, world.now)).toBe('exhausted')
    })
  })

  it('asks faults in the order in which they were made', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      createFault(world, drop({ times: 1 }))
      createFault(world, { on: 'webhook', effect: { kind: 'bad_signature' } })
      const kinds = [1, 2, 3].map(() => consultFaults(world, 'webhook', {})?.effect.kind)
      expect(kinds).toEqual(['drop', 'bad_signature', 'bad_signature'])
    })
  })

  it('lets each fault count every occasion that it meets, also while another acts', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      createFault(world, drop({ times: 2 }))
      createFault(world, { on: 'webhook', after: 2, times: 1, effect: { kind: 'bad_signature' } })
      const kinds = [1, 2, 3, 4].map(() => consultFaults(world, 'webhook', {})?.effect.kind)
      expect(kinds).toEqual(['drop', 'drop', 'bad_signature', undefined])
      expect(allFaults(world)).toMatchObject([
        { seen: 2, hits: 2 },
        { seen: 3, hits: 1 },
      ])
    })
  })

  it('does not count a hit of a fault whose turn it is while an earlier one acts', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      createFault(world, drop({ times: 1 }))
      createFault(world, { on: 'webhook', times: 1, effect: { kind: 'bad_signature' } })
      expect(consultFaults(world, 'webhook', {})?.effect.kind).toBe('drop')
      expect(allFaults(world)).toMatchObject([
        { seen: 1, hits: 1 },
        { seen: 1, hits: 0 },
      ])
      expect(consultFaults(world, 'webhook', {})?.effect.kind).toBe('bad_signature')
    })
  })

  it('matches by equality, by any of a list, and by a beginning', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      createFault(
        world,
        drop({ match: { device_id: ['a', 'b'], event_type: 'access_code.*', attempt: 1 } }),
      )
      const ask = (subject: Record<string, unknown>) => consultFaults(world, 'webhook', subject)
      expect(ask({ device_id: 'b', event_type: 'access_code.set', attempt: 1 })).not.toBeNull()
      expect(ask({ device_id: 'c', event_type: 'access_code.set', attempt: 1 })).toBeNull()
      expect(ask({ device_id: 'b', event_type: 'device.added', attempt: 1 })).toBeNull()
      expect(ask({ device_id: 'b', event_type: 'access_code.set', attempt: 2 })).toBeNull()
      expect(ask({})).toBeNull()
    })
  })

  it('acts between its instants only, and says afterwards that it never fired', () => {
    const { write, advance } = openFrozenWorld()
    write((world) => createFault(world, drop({ between: [start + 1000, start + 2000] })))
    const look = () => write((world) => allFaults(world).map((fault) => stateOf(fault, world.now)))
    expect(look()).toEqual(['scheduled'])
    write((world) => expect(consultFaults(world, 'webhook', {})).toBeNull())
    advance(1000)
    expect(look()).toEqual(['active'])
    advance(1000)
    expect(look()).toEqual(['never_fired'])
    write((world) => expect(consultFaults(world, 'webhook', {})).toBeNull())
  })

  it('draws its luck from the seed: the same seed, the same occasions', () => {
    const luck = (seed: string) =>
      openFrozenWorld(undefined, seed).write((world) => {
        createFault(world, drop({ probability: 0.3 }))
        return Array.from({ length: 200 }, () => consultFaults(world, 'webhook', {}) !== null)
      })
    expect(luck('one')).toEqual(luck('one'))
    expect(luck('one')).not.toEqual(luck('two'))
    const hits = luck('one').filter(Boolean).length
    expect(hits).toBeGreaterThan(30)
    expect(hits).toBeLessThan(90)
  })

  it('forgets a count that was rolled back', () => {
    const { write } = openFrozenWorld()
    write((world) => createFault(world, drop({ times: 1 })))
    expect(() =>
      write((world) => {
        consultFaults(world, 'webhook', {})
        throw new Error('never mind')
      }),
    ).toThrow('never mind')
    write((world) => expect(consultFaults(world, 'webhook', {})).not.toBeNull())
  })

  it('is empty after clearing', () => {
    const { write } = openFrozenWorld()
    write((world) => {
      createFault(world, drop())
      expect(clearFaults(world)).toHaveLength(1)
      expect(allFaults(world)).toEqual([])
    })
  })
})
