/** How far each door of a grant has come. */
import type { AccessGrant } from '../../../db/tables/access-grants.ts'
import type { AccessCode } from '../../../db/tables/access-codes.ts'
import { explainAccessCode } from '../../access-codes/explain.ts'
import type { Explanation } from '../../access-codes/explain.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import { lockView } from '../../locks/lock-view.ts'
import type { LockView } from '../../locks/lock-view.ts'
import { slotOfCode } from '../../locks/memory-bank.ts'
import { isOver } from '../terms.ts'
import type {
  CodeAtDoor,
  MethodDoorState,
  ReconciledGrant,
  ReconciledMethod,
} from '../reconciled.ts'
import { bareDoors } from './bare-doors.ts'
import { door } from './door.ts'
import type { DoorExplanation, Told } from './door.ts'
import { helpFor, waitPhrase } from './wait-words.ts'
import type { DoorWait } from './wait-words.ts'

const isReady = (code: CodeAtDoor): boolean =>
  code.is_usable && code.has_window && code.has_window_in_effect

const msOf = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso))

/** When the lock is talked to next, as far as that is known. */
const nextTryOf = ({ last_attempt, waits_for }: Explanation): number | null => {
  if (last_attempt?.retry_at !== undefined && last_attempt.retry_at !== null)
    return msOf(last_attempt.retry_at)
  return waits_for?.reason === 'lead_time' || waits_for?.reason === 'no_pin'
    ? msOf(waits_for.until)
    : null
}

const ofCode = (
  { access_method_id, code: pin }: Pick<ReconciledMethod, 'access_method_id' | 'code'>,
  access_code_id: string,
  told: Explanation,
) => ({
  access_method_id,
  access_code_id,
  code: told.declared?.code ?? pin,
  status: told.status,
  next_try_at: nextTryOf(told),
  last_error: told.last_attempt?.error ?? null,
})

const readyPhrase = (grant: ReconciledGrant, world: World, pin: string | null): string => {
  const code = pin === null ? 'its code' : `the PIN ${pin}`
  if (world.now < grant.starts_at)
    return `has ${code}, which opens it from ${toIso(grant.starts_at)}`
  const until = grant.ends_at === null ? '' : ` until ${toIso(grant.ends_at)}`
  return `opens with ${code}${until}`
}

/** The lock itself was never told that its code went: Seam finds out when it looks. */
const isGoneBehindItsBack = (world: World, code: AccessCode): boolean =>
  !code.is_offline && slotOfCode(world, code) === undefined

const ready = (world: World, grant: ReconciledGrant, code: AccessCode, told: Explanation): Told => {
  if (!isGoneBehindItsBack(world, code))
    return { state: 'ready', phrase: readyPhrase(grant, world, code.code), help: null }
  return {
    state: 'ready',
    phrase: 'has lost its code, which Seam does not know yet',
    help: 'Let time pass: Seam finds out when it next looks at the lock, and puts the code back.',
    last_error: told.last_attempt?.error ?? null,
  }
}

/** What the lock still takes while the change is on its way. */
const meanwhile = (world: World, code: AccessCode): string => {
  const slot = slotOfCode(world, code)
  if (slot === undefined) return ''
  const until = slot.ends_at === null ? 'whatever the time' : `until ${toIso(slot.ends_at)}`
  return `; meanwhile its lock takes the PIN ${slot.code} ${until}`
}

const waiting = (world: World, view: LockView, code: AccessCode, told: Explanation): Told => {
  const { waits_for, faults } = told
  const wait: DoorWait = {
    reason: waits_for?.reason ?? 'answer',
    until: msOf(waits_for?.until ?? told.last_attempt?.answer_at ?? null),
  }
  return {
    state: 'waiting',
    phrase: `${waitPhrase(view, wait)}${meanwhile(world, code)}`,
    help: helpFor(world, view, wait, faults),
    waits_for: wait,
  }
}

/** The method is for this door, and has no code there. */
const withoutCode = (
  world: World,
  grant: ReconciledGrant,
  method: ReconciledMethod,
  device_id: string,
): Told => {
  const view = lockView(world, device_id)
  if (view === null) return { state: 'impossible', phrase: 'is gone', help: null }
  if (isOver(grant, world.now)) return { state: 'over', phrase: 'has no code any more', help: null }
  const isBlocked = method.leaving.some((old) => old.device_id === device_id)
  const wait: DoorWait = isBlocked
    ? { reason: 'old_code', until: null }
    : { reason: 'start', until: grant.starts_at }
  const help = helpFor(world, view, wait, [])
  return { state: 'waiting', waits_for: wait, phrase: waitPhrase(view, wait), help }
}

const atDoor = (
  world: World,
  grant: ReconciledGrant,
  method: ReconciledMethod,
  { device_id, code: held }: MethodDoorState,
): DoorExplanation => {
  const view = lockView(world, device_id)
  const { access_method_id, code } = method
  const row = held === null ? undefined : world.access_codes.get(held.access_code_id)
  if (view === null || held === null || row === undefined) {
    const told = withoutCode(world, grant, method, device_id)
    return door(world, device_id, { access_method_id, code, ...told })
  }
  const told = explainAccessCode(world, held.access_code_id)
  return door(world, device_id, {
    ...ofCode(method, held.access_code_id, told),
    ...(isOver(grant, world.now)
      ? goingTold(world, view, row, told)
      : isReady(held)
        ? ready(world, grant, row, told)
        : waiting(world, view, row, told)),
  })
}

/** A code that is to leave its lock. */
const goingTold = (world: World, view: LockView, code: AccessCode, told: Explanation): Told => {
  if (code.is_offline && code.deletion_requested_at === null) {
    return {
      state: 'leaving',
      phrase: `takes its offline PIN until ${toIso(code.ends_at ?? world.now)}, whatever Seam wants`,
      help: null,
    }
  }
  const { phrase, help, waits_for = null } = waiting(world, view, code, told)
  return { state: 'leaving', phrase: `still has its code: it ${phrase}`, help, waits_for }
}

const leavingOf = (world: World, method: ReconciledMethod): DoorExplanation[] =>
  method.leaving.flatMap(({ access_code_id, device_id }) => {
    const code = world.access_codes.get(access_code_id)
    const view = lockView(world, device_id)
    if (code === undefined || view === null) return []
    const told = explainAccessCode(world, access_code_id)
    return [
      door(world, device_id, {
        ...ofCode(method, access_code_id, told),
        ...goingTold(world, view, code, told),
      }),
    ]
  })

/** Every door of every request of the grant, and the codes that are to leave. */
export const explainDoors = (
  world: World,
  grant: Pick<AccessGrant, 'requested'>,
  state: ReconciledGrant,
): DoorExplanation[] => [
  ...grant.requested.flatMap((request) => [
    ...state.methods
      .filter(({ access_method_id }) => request.access_method_ids.includes(access_method_id))
      .flatMap((method) => method.doors.map((it) => atDoor(world, state, method, it))),
    ...bareDoors(world, state, request),
  ]),
  ...state.methods.flatMap((method) => leavingOf(world, method)),
]
