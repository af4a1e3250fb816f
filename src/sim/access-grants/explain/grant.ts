/** Why an access grant is as it is: door by door, in plain words. */
import { asSentence, countInWords, listInWords, numberInWords } from '../../../lib/number-words.ts'
import { desc, is, orderBy } from '../../../db/conditions.ts'
import { events } from '../../../db/tables/events.ts'
import type { AccessGrant } from '../../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../../db/tables/access-methods.ts'
import { failureSentences } from '../../access-codes/sentences.ts'
import { notFound } from '../../kernel/errors.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import { nameOfIdentity } from '../../user-identities/rows.ts'
import { credentialPart } from '../credential-state.ts'
import { grantIssues } from '../issues.ts'
import { methodIssues } from '../method-issues.ts'
import { reconcileGrant } from '../reconcile.ts'
import { isSystemsTurn } from '../reconcile-credentials.ts'
import { isOver, reportsOf } from '../terms.ts'
import { grantOfKey, methodsOf, nameOfGrant, requireAccessGrant } from '../rows.ts'
import { grantState } from '../state.ts'
import type { DoorExplanation } from './door.ts'
import { explainDoors } from './doors.ts'
import type { EntranceExplanation } from './entrance.ts'
import { explainEntrances } from './entrances.ts'

export type GrantState =
  | 'ready'
  | 'partly_ready'
  | 'waiting'
  | 'impossible'
  | 'over'
  | 'being_deleted'
  | 'deleted'

export interface MethodExplanation {
  access_method_id: string
  mode: string
  code: string | null
  is_issued: boolean
  errors: string[]
  warnings: string[]
}

export interface GrantExplanation {
  access_grant_id: string
  access_grant_key: string | null
  reservation_key: string | null
  name: string | null
  state: GrantState
  summary: string[]
  doors: DoorExplanation[]
  entrances: EntranceExplanation[]
  access_methods: MethodExplanation[]
  /** When it is looked at next by itself, ms. */
  next_look_at: number | null
}

const ofGrant = is(events.access_grant_id)
const ofMethod = is(events.access_method_id)
const latestFirst = orderBy(events, (c) => [desc(c.created_at), desc(c.seq)])

/** A grant, or a method of one, that is gone is told of by its events. */
const explainGone = (
  world: World,
  what: 'access_grant' | 'access_method',
  id: string,
): GrantExplanation => {
  const of = what === 'access_grant' ? ofGrant(id) : ofMethod(id)
  const last = world.events.first(of, { order: latestFirst, limit: 1 })
  if (last === undefined) throw notFound(what, { [`${what}_id`]: id })
  const name = what === 'access_grant' ? 'access grant' : 'access method'
  return {
    access_grant_id: last.access_grant_id ?? id,
    access_grant_key: null,
    reservation_key: null,
    name: null,
    state: 'deleted',
    summary: [
      `The ${name} is gone since ${toIso(last.created_at)}; its last event was ${last.event_type}.`,
    ],
    doors: [],
    entrances: [],
    access_methods: [],
    next_look_at: null,
  }
}

/** A lock or an entrance. */
export type AnyDoor = DoorExplanation | EntranceExplanation

const idOf = (door: AnyDoor): string =>
  'device_id' in door ? door.device_id : door.acs_entrance_id

/** Doors, of which each stands once however many codes it is to have. */
const tally = (doors: readonly AnyDoor[]) => {
  const wanted = doors.filter(({ state }) => state !== 'withdrawn' && state !== 'leaving')
  const ids = [...new Set(wanted.map(idOf))]
  const open = wanted.filter(({ state }) => state !== 'ready')
  const ready = ids.filter((id) => open.every((door) => idOf(door) !== id))
  return { all: ids.length, ready: ready.length, open }
}

const stateOf = (world: World, grant: AccessGrant, doors: readonly AnyDoor[]): GrantState => {
  if (grant.deletion_requested_at !== null) return 'being_deleted'
  if (isOver(grant, world.now)) return 'over'
  const { all, ready, open } = tally(doors)
  if (all > 0 && ready === all) return 'ready'
  if (ready > 0) return 'partly_ready'
  return open.some(({ state }) => state === 'waiting') ? 'waiting' : 'impossible'
}

const clauses = (doors: readonly AnyDoor[]): string =>
  listInWords(doors.map(({ name, phrase }) => `${name} ${phrase}`))

/** How far it has come, in one sentence. */
export const headline = (state: GrantState, doors: readonly AnyDoor[]): string => {
  const { all, ready, open } = tally(doors)
  const leaving = doors.filter((it) => it.state === 'leaving')
  if (state === 'being_deleted' || state === 'over') {
    const what = state === 'over' ? 'Its time is over' : 'It is being deleted'
    const isOfLocks = doors.every((it) => 'device_id' in it)
    const nothing = isOfLocks ? 'no lock has a code of it' : 'no door has anything of it'
    if (leaving.length === 0) return `${what}, and ${nothing} any more.`
    return `${what}, but ${clauses(leaving)}.`
  }
  if (all === 0) return 'It has no door.'
  const whole = all === 1 ? 'Its door is ready' : `All ${numberInWords(all)} doors are ready`
  if (ready === all) return `${whole}.`
  if (all === 1) return `Its door is not ready: ${clauses(open)}.`
  const part =
    ready === 0
      ? `None of its ${countInWords(all, 'door')} is ready`
      : `${asSentence(numberInWords(ready))} of ${countInWords(all, 'door')} ${ready === 1 ? 'is' : 'are'} ready`
  return `${part}: ${clauses(open)}.`
}

const declared = (world: World, grant: AccessGrant): string => {
  const { starts_at, ends_at, access_grant_key, user_identity_id } = grant
  const key = access_grant_key === null ? '' : ` (${access_grant_key})`
  const person = world.user_identities.get(user_identity_id)
  const whom = person === undefined ? '' : ` for ${nameOfIdentity(person)}`
  const until = ends_at === null ? 'without an end' : `to ${toIso(ends_at)}`
  return `The access grant "${nameOfGrant(world, grant)}"${key}${whom} is from ${toIso(starts_at)} ${until}.`
}

const whatOf = {
  card: 'The card',
  mobile_key: 'The mobile key',
  cloud_key: 'The cloud key',
} as const

const pinOf = (code: string | null): string =>
  code === null ? 'The code, whose PIN is not known yet,' : `The PIN ${code}`

/** Whether integrators were told that the method can be handed out, and what they are told otherwise. */
const issuing = (world: World, grant: AccessGrant, method: AccessMethod): string => {
  const { code, issued_at, delay_told_at, failure_told_at } = method
  const what = method.mode === 'code' ? pinOf(code) : whatOf[method.mode]
  if (issued_at !== null) return `${what} is issued since ${toIso(issued_at)}.`
  if (method.deletion_requested_at !== null || grant.deletion_requested_at !== null)
    return `${what} is being deleted.`
  if (isOver(grant, world.now)) return `${what} is revoked: its time is over.`
  if (failure_told_at !== null)
    return `${what} is not issued; the failure was told at ${toIso(failure_told_at)}, and Seam keeps trying.`
  const part = credentialPart(world, method, grant)
  if (part !== null && !isSystemsTurn(part)) return `${what} is not issued yet.`
  const { delay_at, fail_at } = reportsOf(grant, method, world.settings)
  const late =
    delay_told_at === null
      ? `it is told as late at ${toIso(delay_at)} and`
      : 'it is late and is told'
  return `${what} is not issued: do not hand it out yet; ${late} as failed at ${toIso(fail_at)}.`
}

const advice = (doors: readonly AnyDoor[]): string[] => {
  const told = new Map<string, string[]>()
  for (const { help, name } of doors) {
    if (help !== null) told.set(help, [...(told.get(help) ?? []), name])
  }
  return [...told].map(
    ([help, names]) =>
      `What would help: ${help}${told.size > 1 ? ` For ${listInWords([...new Set(names)])}.` : ''}`,
  )
}

const methodTold = (world: World, grant: AccessGrant, method: AccessMethod): MethodExplanation => {
  const { errors, warnings } = methodIssues(grant, method, world.now)
  return {
    access_method_id: method.access_method_id,
    mode: method.mode,
    code: method.code,
    is_issued: method.issued_at !== null,
    errors: errors.flatMap(({ error_code }) => error_code ?? []),
    warnings: warnings.flatMap(({ warning_code }) => warning_code ?? []),
  }
}

const issueSentences = (world: World, grant: AccessGrant): string[] => {
  const { errors, warnings } = grantIssues(world, grant)
  return [
    ...errors.map((it) => `Error ${String(it['error_code'])}: ${it.message}`),
    ...warnings.map((it) => `Warning ${String(it['warning_code'])}: ${it.message}`),
  ]
}

const explain = (world: World, grant: AccessGrant, only: AccessMethod | null): GrantExplanation => {
  const state = grantState(world, grant)
  const isMeant = (id: string | null): boolean => only === null || id === only.access_method_id
  const doors = explainDoors(world, grant, state).filter((it) => isMeant(it.access_method_id))
  const entrances = explainEntrances(world, grant, state).filter((it) =>
    isMeant(it.access_method_id),
  )
  const all = [...doors, ...entrances]
  const methods = methodsOf(world, grant).filter((it) => isMeant(it.access_method_id))
  const step = reconcileGrant(state, world.settings, world.now)
  const told = stateOf(world, grant, all)
  return {
    access_grant_id: grant.access_grant_id,
    access_grant_key: grant.access_grant_key,
    reservation_key: grant.reservation_key,
    name: nameOfGrant(world, grant),
    state: told,
    summary: [
      declared(world, grant),
      headline(told, all),
      ...methods.map((method) => issuing(world, grant, method)),
      ...advice(all),
      ...issueSentences(world, grant),
      ...failureSentences(world, grant.access_grant_id),
    ],
    doors,
    entrances,
    access_methods: methods.map((method) => methodTold(world, grant, method)),
    next_look_at: step.do === 'wait' ? step.until : null,
  }
}

/**
 * Says how far a grant has come: what each door waits for, when it is tried next, and what would help.
 *
 * @throws access_grant_not_found for one that never was
 */
export const explainAccessGrant = (
  world: World,
  by: { access_grant_id: string } | { access_grant_key: string },
): GrantExplanation => {
  if ('access_grant_id' in by) {
    const grant = world.access_grants.get(by.access_grant_id)
    return grant === undefined
      ? explainGone(world, 'access_grant', by.access_grant_id)
      : explain(world, grant, null)
  }
  const grant = grantOfKey(world, by.access_grant_key)
  if (grant === undefined) throw notFound('access_grant', by)
  return explain(world, grant, null)
}

/** The same for one way in: of its grant, the doors that it opens. @throws access_method_not_found */
export const explainAccessMethod = (world: World, access_method_id: string): GrantExplanation => {
  const method = world.access_methods.get(access_method_id)
  if (method === undefined) return explainGone(world, 'access_method', access_method_id)
  return explain(world, requireAccessGrant(world, method.access_grant_id), method)
}
