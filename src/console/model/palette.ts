/** Trouble that can be chosen and then aimed at a door, a code or the whole world. */
import type { FaultInput } from '../../contract/faults.ts'
import type { Fault, Lock } from './types.ts'

/** What is aimed at. */
export type Aim =
  | { readonly kind: 'world' }
  | { readonly kind: 'door'; readonly lock: Lock }
  | { readonly kind: 'code'; readonly access_code_id: string; readonly lock: Lock | null }

export interface Limits {
  /** How often it strikes; null: always. */
  readonly times: number | null
  /** ISO; null: without an end. */
  readonly until: string | null
}

type On = FaultInput['on']

export interface Trouble {
  readonly id: string
  readonly name: string
  /** A fault; or a battery that is emptied, which is a deed at once. */
  readonly fault: {
    readonly on: On
    readonly effect: Readonly<Record<string, unknown>> & { readonly kind: string }
  } | null
  readonly times?: number
}

const fault = (
  id: string,
  name: string,
  on: On,
  effect: Record<string, unknown> & { kind: string },
): Trouble => ({ id, name, fault: { on, effect } })

/** What happens to hosts most often comes first. */
export const palette: readonly { readonly title: string; readonly troubles: readonly Trouble[] }[] =
  [
    {
      title: 'What happens most',
      troubles: [
        { id: 'flat_battery', name: 'Flat battery', fault: null },
        fault('offline', 'Lock offline', 'device.link', { kind: 'down' }),
        fault('not_synced', 'Code not synced', 'access_code.set', { kind: 'fail' }),
      ],
    },
    {
      title: 'Codes',
      troubles: [
        {
          ...fault('refuse_next', 'Refuse the next code', 'access_code.set', { kind: 'fail' }),
          times: 1,
        },
        fault('never_confirm', 'Never confirm', 'access_code.set', { kind: 'never_confirm' }),
        fault('lose', 'Lose it later', 'access_code.set', { kind: 'lose_later', after: '2h' }),
        fault('late', '40 min late', 'access_code.set', { kind: 'delay', by: '40m' }),
      ],
    },
    {
      title: 'Calls',
      troubles: [
        fault('503', '503', 'http', { kind: 'status', status: 503 }),
        fault('429', '429', 'http', { kind: 'status', status: 429 }),
        fault('hang', 'Hang', 'http', { kind: 'hang' }),
        fault('reset', 'Reset', 'http', { kind: 'reset' }),
      ],
    },
    {
      title: 'Webhooks',
      troubles: [
        fault('drop', 'Drop', 'webhook', { kind: 'drop' }),
        fault('twice', 'Twice', 'webhook', { kind: 'duplicate' }),
        fault('webhook_late', 'Late', 'webhook', { kind: 'delay', by: '10m' }),
        fault('reorder', 'Out of order', 'webhook', { kind: 'reorder' }),
        fault('bad_signature', 'Bad signature', 'webhook', { kind: 'bad_signature' }),
      ],
    },
  ]

const matchOf = (on: On, aim: Aim): Record<string, string> | null => {
  if (aim.kind === 'world') return {}
  const { lock } = aim
  if (on === 'bridge.link') return lock?.bridge ? { bridge_id: lock.bridge.bridge_id } : null
  if (on === 'connected_account.link')
    return lock === null ? null : { connected_account_id: lock.connected_account_id }
  const isOfCodes = on.startsWith('access_code.') || on === 'webhook' || on === 'http'
  if (aim.kind === 'code' && isOfCodes) return { access_code_id: aim.access_code_id }
  if (/^(?:acs|encoder|entrance|thermostat|noise_threshold)\b/.test(on)) return null
  return lock === null ? null : { device_id: lock.device_id }
}

export interface Call {
  readonly path: string
  readonly body: Record<string, unknown>
}

/**
 * The call that causes the trouble there.
 *
 * @param now the workspace's instant, ISO
 * @returns null where it does not fit: a battery of the whole world, a bridge of a lock without one
 */
export const callFor = (
  { fault: it }: Trouble,
  aim: Aim,
  { times, until }: Limits,
  now: string,
): Call | null => {
  if (it === null) {
    if (aim.kind === 'world' || aim.lock === null || aim.lock.battery === null) return null
    const { device_id } = aim.lock
    return { path: '/_emulator/locks/set_battery', body: { device_id, level: 0 } }
  }
  const match = matchOf(it.on, aim)
  if (match === null) return null
  return {
    path: '/_emulator/faults/create',
    body: {
      on: it.on,
      effect: it.effect,
      ...(Object.keys(match).length > 0 && { match }),
      ...(times !== null && { times }),
      ...(until !== null && { between: [now, until] }),
    },
  }
}

const named = (match: Fault['match'], key: string, id: string): boolean =>
  [match?.[key]].flat().includes(id)

/** Faults that strike at doors, whichever they are. */
const OF_DOORS = /^(?:access_code|lock|device|bridge|connected_account)\b/

/** Whether a fault names this lock, one of its codes, its bridge or its account; or strikes at all doors. */
export const actsOn = ({ on, match }: Fault, lock: Lock, codes: ReadonlySet<string>): boolean =>
  (Object.keys(match ?? {}).length === 0 && OF_DOORS.test(on)) ||
  named(match, 'device_id', lock.device_id) ||
  (lock.bridge !== null && named(match, 'bridge_id', lock.bridge.bridge_id)) ||
  named(match, 'connected_account_id', lock.connected_account_id) ||
  [match?.['access_code_id']].flat().some((id) => typeof id === 'string' && codes.has(id))

export const isOver = ({ state }: Fault): boolean => state !== 'active' && state !== 'scheduled'

/** Faults whose time is over and that never struck: a test that rests on one of them shows nothing. */
export const neverFired = (faults: readonly Fault[]): Fault[] =>
  faults.filter((it) => it.hits === 0 && isOver(it))
