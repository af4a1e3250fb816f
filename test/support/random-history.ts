/** Random things that happen in a world of two locks, for properties that must hold whatever happens. */
import * as fc from 'fast-check'
import { is } from '../../src/db/conditions.ts'
import { access_codes } from '../../src/db/tables/access-codes.ts'
import { createAccessCode, updateAccessCode } from '../../src/sim/access-codes/operations.ts'
import { deleteAccessCode } from '../../src/sim/access-codes/operations.ts'
import { plugBridge, unplugBridge } from '../../src/sim/devices/bridges.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import { isDomainError } from '../../src/sim/kernel/errors.ts'
import { createFault } from '../../src/sim/faults/operations.ts'
import { enterCode } from '../../src/sim/locks/at-the-door.ts'
import { setJammed } from '../../src/sim/locks/jam.ts'
import { createSlotByHand, updateSlotByHand } from '../../src/sim/locks/manufacturer-app.ts'
import { setBattery, setKeypad } from '../../src/sim/locks/battery/use.ts'
import { insertWebhook } from '../../src/sim/webhooks/operations.ts'
import type { FrozenWorld } from './frozen-world.ts'

const minute = 60_000
const hour = 60 * minute
const managed = is(access_codes.is_managed)

const device = fc.constantFrom('wifi-lock', 'bridge-lock', 'keypad-lock')
const pin = fc.constantFrom('4711', '2580', '1379', '8642')
/** Which of the codes made so far. */
const nth = fc.nat(5)

export type Action =
  | { do: 'create'; device_id: string; code: string; starts_in: number | null; lasts: number }
  | { do: 'update'; nth: number; code: string }
  | { do: 'delete'; nth: number }
  | { do: 'advance'; by: number }
  | { do: 'enter'; device_id: string; code: string }
  | { do: 'radio'; online: boolean }
  | { do: 'bridge'; online: boolean }
  | { do: 'battery'; level: number }
  | { do: 'fault'; probability: number }
  | { do: 'webhook' }
  | { do: 'offline'; one_time: boolean; starts_in: number; lasts: number }
  | { do: 'use_offline'; nth: number }
  | { do: 'keypad'; connected: boolean }
  | { do: 'jam'; jammed: boolean }
  | { do: 'by_hand'; device_id: string; code: string; slot: number | null }
  | { do: 'guess'; device_id: string; times: number }

export const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constant('create' as const),
    device_id: device,
    code: pin,
    starts_in: fc.option(fc.integer({ min: 0, max: 100 * hour })),
    lasts: fc.integer({ min: minute, max: 10 * hour }),
  }),
  fc.record({ do: fc.constant('update' as const), nth, code: pin }),
  fc.record({ do: fc.constant('delete' as const), nth }),
  fc.record({ do: fc.constant('advance' as const), by: fc.integer({ min: 1, max: 30 * hour }) }),
  fc.record({ do: fc.constant('advance' as const), by: fc.integer({ min: 1, max: 10 * minute }) }),
  fc.record({ do: fc.constant('enter' as const), device_id: device, code: pin }),
  fc.record({ do: fc.constant('radio' as const), online: fc.boolean() }),
  fc.record({ do: fc.constant('bridge' as const), online: fc.boolean() }),
  fc.record({ do: fc.constant('battery' as const), level: fc.constantFrom(0, 0.000_001, 0.5, 1) }),
  fc.record({ do: fc.constant('fault' as const), probability: fc.constantFrom(0.5, 1) }),
  fc.record({ do: fc.constant('webhook' as const) }),
  fc.record({
    do: fc.constant('offline' as const),
    one_time: fc.boolean(),
    starts_in: fc.integer({ min: 0, max: 30 * hour }),
    lasts: fc.integer({ min: hour, max: 60 * hour }),
  }),
  fc.record({ do: fc.constant('use_offline' as const), nth }),
  fc.record({ do: fc.constant('keypad' as const), connected: fc.boolean() }),
  fc.record({ do: fc.constant('jam' as const), jammed: fc.boolean() }),
  fc.record({
    do: fc.constant('by_hand' as const),
    device_id: device,
    code: pin,
    slot: fc.option(fc.integer({ min: 1, max: 3 })),
  }),
  fc.record({
    do: fc.constant('guess' as const),
    device_id: device,
    times: fc.integer({ min: 1, max: 12 }),
  }),
)

/** Does it; what the world refuses is no harm. */
export const perform = (world: FrozenWorld, it: Action): void => {
  if (it.do === 'advance') return world.advance(it.by)
  try {
    world.write((inner) => {
      const codes = inner.access_codes.all(managed(true))
      switch (it.do) {
        case 'create': {
          const starts_at = it.starts_in === null ? undefined : inner.now + it.starts_in
          createAccessCode(inner, {
            device_id: it.device_id,
            code: it.code,
            name: `Guest ${codes.length}`,
            starts_at,
            ends_at: starts_at === undefined ? undefined : starts_at + it.lasts,
          })
          break
        }
        case 'update': {
          const code = codes[it.nth]
          if (code) updateAccessCode(inner, { access_code_id: code.access_code_id, code: it.code })
          break
        }
        case 'delete': {
          const code = codes[it.nth]
          if (code) deleteAccessCode(inner, code.access_code_id)
          break
        }
        case 'enter':
          enterCode(inner, it.device_id, it.code)
          break
        case 'radio':
          setRadio(inner, 'wifi-lock', it.online)
          break
        case 'bridge':
          if (it.online) plugBridge(inner, 'bridge')
          else unplugBridge(inner, 'bridge')
          break
        case 'battery':
          setBattery(inner, 'bridge-lock', 'battery', it.level)
          break
        case 'fault':
          createFault(inner, {
            on: 'access_code.set',
            probability: it.probability,
            times: 2,
            effect: { kind: 'fail' },
          })
          break
        case 'offline':
          createAccessCode(inner, {
            device_id: 'offline-lock',
            is_offline_access_code: true,
            is_one_time_use: it.one_time,
            max_time_rounding: '1day',
            starts_at: inner.now + it.starts_in,
            ends_at: it.one_time ? undefined : inner.now + it.starts_in + it.lasts,
          })
          break
        case 'use_offline': {
          const code = codes.filter((row) => row.is_offline)[it.nth]
          if (code) enterCode(inner, 'offline-lock', code.code ?? '0000')
          break
        }
        case 'keypad':
          setKeypad(inner, 'keypad-lock', it.connected)
          break
        case 'jam':
          setJammed(inner, 'wifi-lock', it.jammed)
          break
        case 'by_hand':
          if (it.slot === null) createSlotByHand(inner, { device_id: it.device_id, code: it.code })
          else
            updateSlotByHand(inner, { device_id: it.device_id, slot: it.slot }, { code: it.code })
          break
        case 'guess':
          for (let n = 0; n < it.times; n++) enterCode(inner, it.device_id, '9173')
          break
        case 'webhook':
          insertWebhook(inner, 'http://127.0.0.1:9/never', ['*'])
          break
      }
    })
  } catch (error) {
    if (!isDomainError(error)) throw error
  }
}
