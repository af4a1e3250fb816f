/** Why a stay has the access that it has: what was pushed, what the automations made of it, door by door. */
import { asc, either, is, orderBy } from '../../../db/conditions.ts'
import { access_grants } from '../../../db/tables/access-grants.ts'
import { automation_runs } from '../../../db/tables/automations.ts'
import type { AutomationRun } from '../../../db/tables/automations.ts'
import { stays } from '../../../db/tables/customers.ts'
import type { Stay, StayKind } from '../../../db/tables/customers.ts'
import { explainAccessGrant } from '../../access-grants/explain/grant.ts'
import type { GrantExplanation } from '../../access-grants/explain/grant.ts'
import { failureSentences } from '../../access-codes/sentences.ts'
import { notFound } from '../../kernel/errors.ts'
import { toIso } from '../../kernel/instant.ts'
import { dueAt } from '../../kernel/jobs.ts'
import type { World } from '../../kernel/world.ts'
import { STAY_JOB } from '../stays.ts'

const withKey = is(stays.stay_key)
const runsOfKey = is(automation_runs.stay_key)
const oldestFirst = orderBy(automation_runs, (c) => [asc(c.seq)])
const reserved = is(access_grants.reservation_key)
const keyed = is(access_grants.access_grant_key)

/** `expected`: its automation is still to run. `failed`: the last one gave no access. */
export type StayState = 'expected' | 'failed' | 'granted' | 'without_access'

export interface PushedStayExplanation {
  kind: StayKind
  customer_key: string
  state: StayState
  access_grant_id: string | null
  /** When its automation runs next, ms. */
  next_run_at: number | null
}

export interface StayExplanation {
  stay_key: string
  summary: string[]
  /** What was pushed with this key: one of a kind. */
  stays: PushedStayExplanation[]
  runs: AutomationRun[]
  access_grants: GrantExplanation[]
}

/** What to do about a run that failed. The names of errors are those of `wishes.ts` and of grants. */
const cures: Readonly<Record<string, string>> = {
  space_not_found: 'Push the place, or make it with spaces/create, then push the stay again.',
  space_has_no_devices:
    'A place that is pushed has no doors: add them with spaces/add_devices or spaces/add_acs_entrances, then push the stay again.',
  user_identity_not_found:
    'Push the person, name exactly one in the stay, then push the stay again.',
  user_identity_email_or_phone_conflict:
    'Give the person an address that nobody else has, or allow shared ones with /seam/customer/v1/automations/update.',
  missing_time_frame: 'Push the stay again with an ends_at.',
  access_grant_already_exists:
    'Another access grant has this key: delete it, or choose another key for the stay.',
}

const runSentence = ({ created_at, rule, success, error, message }: AutomationRun): string => {
  if (success)
    return `The automation ${rule} worked at ${toIso(created_at)}.${message === null ? '' : ` ${message}`}`
  const why = message === null ? '' : `: ${message}`
  return `The automation ${rule} failed at ${toIso(created_at)} with ${error ?? 'an error'}${why}.`
}

const stateOf = (
  stay: Stay,
  grant: unknown,
  next_run_at: number | null,
  last: AutomationRun | undefined,
): StayState => {
  if (next_run_at !== null) return 'expected'
  if (last !== undefined && !last.success) return 'failed'
  return grant === undefined ? 'without_access' : 'granted'
}

const pushed = (world: World, stay: Stay, runs: readonly AutomationRun[]) => {
  const { kind, customer_key, access_grant_id } = stay
  const next_run_at = dueAt(world, STAY_JOB, stay.stay_id)
  const grant = access_grant_id === null ? undefined : world.access_grants.get(access_grant_id)
  const last = runs.findLast(({ stay_id }) => stay_id === stay.stay_id)
  const state = stateOf(stay, grant, next_run_at, last)
  return { kind, customer_key, state, access_grant_id, next_run_at }
}

const times = ({ starts_at, ends_at }: Stay): string => {
  const from = starts_at === null ? 'now' : toIso(starts_at)
  return ends_at === null ? `from ${from} without an end` : `from ${from} to ${toIso(ends_at)}`
}

const staySentences = (stay: Stay, told: PushedStayExplanation): string[] => {
  const { customer_key, person_keys, space_keys } = stay
  const kind = stay.kind.replaceAll('_', ' ')
  return [
    `The ${kind} ${stay.stay_key} of the customer ${customer_key} is for ${person_keys.join(', ') || 'nobody'} at ${space_keys.join(', ') || 'no place'}, ${times(stay)}.`,
    ...(told.next_run_at === null
      ? []
      : [`Its automation runs at ${toIso(told.next_run_at)}: push_data only takes note of it.`]),
    ...(told.state === 'without_access'
      ? ['It has no access grant: the rule for it is off, or its grant was deleted.']
      : []),
  ]
}

/** The stays that are there, and the runs of those that are gone. */
const sentences = (
  world: World,
  key: string,
  found: readonly { stay: Stay; told: PushedStayExplanation }[],
  runs: readonly AutomationRun[],
): string[] => {
  const [first] = runs
  const gone =
    found.length > 0 || first === undefined ? [] : [`The stay ${key} was deleted by delete_data.`]
  const last = runs.at(-1)
  const cure = last?.success === false ? cures[last.error ?? ''] : undefined
  return [
    ...gone,
    ...found.flatMap(({ stay, told }) => staySentences(stay, told)),
    ...runs.slice(-RUNS_TOLD).map(runSentence),
    ...(cure === undefined ? [] : [cure]),
    ...found.flatMap(({ stay }) => failureSentences(world, stay.stay_id)),
  ]
}

/** So many runs are said in words, the latest. */
const RUNS_TOLD = 5

/** The grants of a stay: those that were made with its key, and that of its automation. */
const grantsOf = (world: World, key: string, rows: readonly Stay[]): string[] => {
  const direct = world.access_grants.all(either(reserved(key), keyed(key)))
  const ids = [
    ...rows.flatMap(({ access_grant_id }) => access_grant_id ?? []),
    ...direct.map(({ access_grant_id }) => access_grant_id),
  ]
  return [...new Set(ids)].filter((id) => world.access_grants.get(id) !== undefined)
}

/**
 * Says what became of a stay by its key: a `reservation_key`, `booking_key`, `access_grant_key` or
 * `staff_member_key` that was pushed, or the `reservation_key` of grants that were made by hand.
 *
 * @throws stay_not_found
 */
export const explainStay = (world: World, stay_key: string): StayExplanation => {
  const rows = world.stays.all(withKey(stay_key))
  const runs = world.automation_runs.all(runsOfKey(stay_key), { order: oldestFirst })
  const access_grants = grantsOf(world, stay_key, rows).map((access_grant_id) =>
    explainAccessGrant(world, { access_grant_id }),
  )
  if (rows.length + runs.length + access_grants.length === 0) throw notFound('stay', { stay_key })
  const found = rows.map((stay) => ({ stay, told: pushed(world, stay, runs) }))
  return {
    stay_key,
    summary: [
      ...sentences(world, stay_key, found, runs),
      ...access_grants.flatMap(({ summary }) => summary),
    ],
    stays: found.map(({ told }) => told),
    runs,
    access_grants,
  }
}
