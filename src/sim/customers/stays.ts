/** Stays as rows, and when their automation is due. */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import { and, eq, is, listHas, where } from '../../db/conditions.ts'
import { stays } from '../../db/tables/customers.ts'
import type { AppliedStay, Stay, StayKind } from '../../db/tables/customers.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import type { PushedStay } from './pushed-data.ts'

const byKey = where(stays, ['kind', 'stay_key'], (c, its) =>
  and(eq(c.kind, its.kind), eq(c.stay_key, its.stay_key)),
)
const ofCustomer = is(stays.customer_key)
const atSpace = listHas(stays.space_keys)
const ofPerson = listHas(stays.person_keys)

export const STAY_JOB = 'customer.stay'

/** How long a push waits for its automation, ms (Seam's sandbox: 10 to 30 s; chosen shorter). */
const DELAY = { least: 5_000, most: 15_000 }

export const stayOfKey = (world: World, kind: StayKind, stay_key: string): Stay | undefined =>
  world.stays.first(byKey({ kind, stay_key }))

export const staysOfCustomer = (world: World, customer_key: string): Stay[] =>
  world.stays.all(ofCustomer(customer_key))

export const staysAtSpace = (world: World, space_key: string): Stay[] =>
  world.stays.all(atSpace(space_key))

export const staysOfPerson = (world: World, user_identity_key: string): Stay[] =>
  world.stays.all(ofPerson(user_identity_key))

/** What automations answer to. */
export const partsOf = (stay: Stay): AppliedStay => ({
  starts_at: stay.starts_at,
  ends_at: stay.ends_at,
  person_keys: stay.person_keys,
  space_keys: stay.space_keys,
  preferred_code: stay.preferred_code,
})

/** Whether the stay is as its automation last left it. */
const isSettled = (stay: Stay): boolean => {
  const { applied } = stay
  return (
    applied !== null &&
    applied.starts_at === stay.starts_at &&
    applied.ends_at === stay.ends_at &&
    applied.preferred_code === stay.preferred_code &&
    hasSameMembers(applied.person_keys, stay.person_keys) &&
    hasSameMembers(applied.space_keys, stay.space_keys)
  )
}

const schedule = (world: World, stay_id: string): void => {
  const { settings, random, now } = world
  const draw = random.stream('automation_delay').fraction(random.next('automation_delay'))
  const { least, most } = DELAY
  const delay = settings.automation_delay ?? Math.round(least + draw * (most - least))
  scheduleJob(world, STAY_JOB, stay_id, now + delay)
}

const insert = (world: World, customer_key: string, pushed: PushedStay): string => {
  const stay_id = world.random.uuid('stay')
  world.stays.insert({
    stay_id,
    customer_key,
    kind: pushed.kind,
    stay_key: pushed.stay_key,
    name: null,
    starts_at: null,
    ends_at: null,
    person_keys: [],
    space_keys: [],
    preferred_code: null,
    custom_metadata: null,
    access_grant_id: null,
    applied: null,
    created_at: world.now,
  })
  return stay_id
}

/**
 * Keeps a stay as it was pushed. Its automation is due soon when there is something for it to do:
 * the stay is new or otherwise, or no grant could be made of it the last time.
 */
export const keepStay = (world: World, customer_key: string, pushed: PushedStay): void => {
  const { kind, stay_key } = pushed
  const known = stayOfKey(world, kind, stay_key)
  const stay_id = known?.stay_id ?? insert(world, customer_key, pushed)
  const before = world.stays.get(stay_id)
  if (before === undefined) return
  const { person_keys, space_keys, custom_metadata } = pushed
  const next = {
    ...before,
    customer_key,
    name: pushed.name ?? before.name,
    starts_at: pushed.starts_at ?? before.starts_at,
    ends_at: pushed.ends_at ?? before.ends_at,
    person_keys: person_keys === undefined ? before.person_keys : [...new Set(person_keys)],
    space_keys: space_keys === undefined ? before.space_keys : [...new Set(space_keys)],
    preferred_code: pushed.preferred_code ?? before.preferred_code,
    custom_metadata:
      custom_metadata === undefined ? before.custom_metadata : { ...custom_metadata },
  }
  const { seq: _seq, workspace_id: _workspace_id, ...patch } = next
  world.stays.update(stay_id, patch)
  if (!isSettled(next)) schedule(world, stay_id)
}
