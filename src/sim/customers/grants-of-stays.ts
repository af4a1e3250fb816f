/** The automations: what is pushed of a stay becomes an access grant, which follows it. */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import type { RuleName } from '../../db/tables/automations.ts'
import type { Stay } from '../../db/tables/customers.ts'
import {
  createAccessGrant,
  deleteAccessGrant,
  updateAccessGrant,
} from '../access-grants/operations.ts'
import { isDomainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { spaceOfKey } from '../spaces/rows.ts'
import { userIdentityOfKey } from '../user-identities/rows.ts'
import { rulesOf } from './automations.ts'
import type { Rules } from './automations.ts'
import { actionOn, recordRun } from './automation-runs.ts'
import type { Outcome } from './automation-runs.ts'
import { partsOf, staysAtSpace, staysOfPerson } from './stays.ts'
import {
  configFor,
  isHindrance,
  nameOf,
  personOf,
  placesOf,
  requestsOf,
  timesOf,
} from './wishes.ts'

/** What the grants refuse is told by the run, and nothing else of the stay's work is undone. */
const attempt = (rule: RuleName, work: () => Outcome): Outcome => {
  try {
    return work()
  } catch (error) {
    if (!isDomainError(error)) throw error
    return { rule, error: error.type, message: error.message }
  }
}

const create = (world: World, stay: Stay, rules: Rules): void => {
  const rule = stay.kind === 'staff_member' ? 'staff_member_created' : 'reservation_created'
  const config = configFor(rules, stay)
  if (config === null) return
  const person = personOf(world, stay)
  const places = placesOf(world, stay)
  const times = timesOf(stay)
  if (isHindrance(person)) return recordRun(world, stay, rules, { rule, ...person })
  if (isHindrance(places)) return recordRun(world, stay, rules, { rule, ...places })
  if (isHindrance(times)) return recordRun(world, stay, rules, { rule, ...times })
  const outcome = attempt(rule, () => {
    const { access_grant_id } = createAccessGrant(world, {
      ...(stay.kind !== 'staff_member' && {
        access_grant_key: stay.stay_key,
        reservation_key: stay.stay_key,
      }),
      user_identity_id: person.user_identity_id,
      name: nameOf(person, places.spaces),
      space_ids: places.spaces.map(({ space_id }) => space_id),
      ...times,
      requested_access_methods: requestsOf(world, { stay, person, spaces: places.spaces }, config),
    })
    world.stays.update(stay.stay_id, { access_grant_id, applied: partsOf(stay) })
    return { rule, actions: [actionOn('create', access_grant_id)] }
  })
  recordRun(world, stay, rules, outcome)
}

/** The stay as it is now: each step may have changed what was applied. */
const current = (world: World, stay_id: string) => {
  const stay = world.stays.get(stay_id)
  const applied = stay?.applied ?? null
  return stay === undefined || applied === null ? null : { ...stay, applied }
}

const moveTimes = (world: World, stay_id: string, rules: Rules, access_grant_id: string): void => {
  const rule = 'reservation_time_updated'
  const stay = current(world, stay_id)
  if (stay === null || rules.access_rules[rule] === undefined) return
  const { applied, starts_at, ends_at } = stay
  if (applied.starts_at === starts_at && applied.ends_at === ends_at) return
  const times = timesOf(stay)
  if (isHindrance(times)) return recordRun(world, stay, rules, { rule, ...times })
  const outcome = attempt(rule, () => {
    updateAccessGrant(world, access_grant_id, times)
    world.stays.update(stay_id, { applied: { ...applied, starts_at, ends_at } })
    return { rule, actions: [actionOn('update', access_grant_id)] }
  })
  recordRun(world, stay, rules, outcome)
}

const moveSpaces = (world: World, stay_id: string, rules: Rules, access_grant_id: string): void => {
  const rule = 'reservation_spaces_updated'
  const stay = current(world, stay_id)
  if (stay === null || rules.access_rules[rule] === undefined) return
  const { applied, space_keys } = stay
  if (hasSameMembers(applied.space_keys, space_keys)) return
  const places = placesOf(world, stay)
  if (isHindrance(places)) return recordRun(world, stay, rules, { rule, ...places })
  const outcome = attempt(rule, () => {
    const [person] = applied.person_keys.map((key) => userIdentityOfKey(world, key))
    updateAccessGrant(world, access_grant_id, {
      space_ids: places.spaces.map(({ space_id }) => space_id),
      ...(person !== undefined && { name: nameOf(person, places.spaces) }),
    })
    world.stays.update(stay_id, { applied: { ...applied, space_keys } })
    return { rule, actions: [actionOn('update', access_grant_id)] }
  })
  recordRun(world, stay, rules, outcome)
}

/** No rule answers to another person or another PIN: that is told, and not again. */
const skipTheRest = (world: World, stay_id: string, rules: Rules): void => {
  const stay = current(world, stay_id)
  if (stay === null) return
  const { applied, person_keys, preferred_code } = stay
  const skipped = [
    ...(hasSameMembers(applied.person_keys, person_keys) ? [] : ['another person']),
    ...(applied.preferred_code === preferred_code ? [] : ['another preferred_code']),
  ]
  if (skipped.length === 0) return
  world.stays.update(stay_id, { applied: { ...applied, person_keys, preferred_code } })
  recordRun(world, stay, rules, {
    rule: 'reservation_created',
    message: `Skipped: no rule answers to ${skipped.join(' and ')}. The grant stays as it is.`,
  })
}

/** The job of a stay: brings its grant in line with what was pushed. */
export const automateStay = (world: World, stay_id: string): void => {
  const stay = world.stays.get(stay_id)
  if (stay === undefined) return
  const rules = rulesOf(world, stay.customer_key)
  const { access_grant_id } = stay
  if (access_grant_id === null || world.access_grants.get(access_grant_id) === undefined) {
    create(world, stay, rules)
    return
  }
  moveTimes(world, stay_id, rules, access_grant_id)
  moveSpaces(world, stay_id, rules, access_grant_id)
  skipTheRest(world, stay_id, rules)
}

/** A stay is cancelled: its grant goes, and with it every code on every lock. */
export const endAccess = (world: World, stay: Stay): void => {
  const rule = 'reservation_deleted'
  const rules = rulesOf(world, stay.customer_key)
  const { access_grant_id } = stay
  if (rules.access_rules[rule] === undefined) return
  const has_grant =
    access_grant_id !== null && world.access_grants.get(access_grant_id) !== undefined
  if (has_grant) deleteAccessGrant(world, access_grant_id)
  recordRun(world, stay, rules, {
    rule,
    actions: has_grant ? [actionOn('delete', access_grant_id)] : [],
  })
}

/** The grant is called after its person and places, as they are called now. */
const rename = (world: World, stay: Stay, rule: RuleName): void => {
  const rules = rulesOf(world, stay.customer_key)
  const { access_grant_id, applied } = stay
  if (rules.access_rules[rule] === undefined || access_grant_id === null || applied === null) return
  const grant = world.access_grants.get(access_grant_id)
  const [key = ''] = applied.person_keys
  const person = userIdentityOfKey(world, key)
  if (grant === undefined || grant.deletion_requested_at !== null || person === undefined) return
  const spaces = applied.space_keys.flatMap((space_key) => spaceOfKey(world, space_key) ?? [])
  const name = nameOf(person, spaces)
  if (name === grant.name) return
  const outcome = attempt(rule, () => {
    updateAccessGrant(world, access_grant_id, { name })
    return { rule, actions: [actionOn('update', access_grant_id)] }
  })
  recordRun(world, stay, rules, outcome)
}

/** A space is called otherwise. */
export const followSpaceName = (world: World, space_id: string): void => {
  const key = world.spaces.get(space_id)?.space_key ?? null
  if (key === null) return
  for (const stay of staysAtSpace(world, key)) rename(world, stay, 'space_name_updated')
}

/** A person is called otherwise. */
export const followPersonName = (world: World, user_identity_id: string): void => {
  const key = world.user_identities.get(user_identity_id)?.user_identity_key ?? null
  if (key === null) return
  for (const stay of staysOfPerson(world, key)) {
    const isStaff = stay.kind === 'staff_member'
    rename(world, stay, isStaff ? 'staff_member_name_updated' : 'user_identity_name_updated')
  }
}
