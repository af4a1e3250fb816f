import { describe, expect, it } from 'vitest'
import { is } from '../../../src/db/conditions.ts'
import { events } from '../../../src/db/tables/events.ts'
import { createAccessCode } from '../../../src/sim/access-codes/operations.ts'
import { faultsInName } from '../../../src/sim/faults/magic-names.ts'
import { allFaults } from '../../../src/sim/faults/registry.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'

const minute = 60_000
const ofCode = is(events.access_code_id)
const ofType = is(events.event_type)

describe('faults in names', () => {
  it('reads them in order, each once unless told otherwise', () => {
    expect(faultsInName('Guest [emulator:fail*2,delay=40m]')).toMatchObject([
      { on: 'access_code.set', times: 2, effect: { kind: 'fail' } },
      { on: 'access_code.set', times: 1, effect: { kind: 'delay', by: 40 * minute } },
    ])
    expect(faultsInName('[emulator: remove.fail=provider_issue*3 , lose_later=2h]')).toMatchObject([
      {
        on: 'access_code.remove',
        times: 3,
        effect: { kind: 'fail', error_code: 'provider_issue' },
      },
      { on: 'access_code.set', effect: { kind: 'lose_later', after: 120 * minute } },
    ])
  })

  it('looks at a name full of openings once', () => {
    const name = '[emulator:'.repeat(40_000)
    // By the processor's time: what else the machine does is no matter.
    const begun = process.cpuUsage()
    expect(faultsInName(name)).toEqual([])
    // A pattern that began anew at every opening took 5 seconds.
    expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(500)
  })

  it('finds none in an ordinary name', () => {
    expect(faultsInName('Jane [Doe]')).toEqual([])
    expect(faultsInName(null)).toEqual([])
  })

  it.each(['[emulator:]', '[emulator:explode]', '[emulator:delay]', '[emulator:never_confirm=1]'])(
    'explains what is wrong with %s',
    (name) => {
      expect(() => faultsInName(name)).toThrow(/write \[emulator:/)
    },
  )

  it('acts on the code that bears the name, and on no other', () => {
    const world = openFrozenWorld()
    const name = 'Guest [emulator:fail*2,delay=40m]'
    const ids = world.write((inner) =>
      [name, 'Other'].map(
        (given) =>
          createAccessCode(inner, { device_id: 'wifi-lock', name: given }).access_code
            .access_code_id,
      ),
    )
    const setAt = (access_code_id: string | undefined) =>
      world.read((inner) =>
        inner.events.first([ofCode(access_code_id ?? ''), ofType('access_code.set_on_device')]),
      )?.created_at
    const begun = world.now()
    world.advance(120 * minute)
    const [guest, other] = ids.map((id) => (setAt(id) ?? 0) - begun)
    // Two refusals, ten minutes apart each, then an answer that takes forty minutes longer.
    expect(guest).toBeGreaterThan(60 * minute)
    expect(guest).toBeLessThan(62 * minute)
    expect(other).toBeLessThan(minute)
    world.read((inner) => {
      expect(allFaults(inner).map((fault) => fault.hits)).toEqual([2, 1])
      expect(inner.access_codes.get(ids[0] ?? '')?.name).toBe(name)
    })
  })
})
