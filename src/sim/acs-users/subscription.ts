/**
 * Subscriptions of sites that have one (Salto KS): a user takes a slot from the start of the schedule
 * to its end, and whoever comes when all are taken has to wait until one is free. Nothing happens at
 * these instants but that doors judge otherwise, so there are no jobs.
 */
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import type { Issue } from '../events/issues.ts'
import { modelOfSystem } from '../acs-systems/rows.ts'
import type { World } from '../kernel/world.ts'
import { usersOfSystem } from './rows.ts'

/** Share of the slots from which a site is told that they run out. Seam docs: troubleshooting access systems. */
const ALMOST = 0.8

export interface Subscription {
  slots: number
  /** Who has a slot now. */
  subscribed: ReadonlySet<string>
  /** Who should have one now and has none, with the instant since when. */
  refused: ReadonlyMap<string, number>
  /** Since when the site has been told that slots run out. */
  newest: number
}

interface Candidate {
  id: string
  from: number
}

/** Whoever came first has a slot. `candidates` are those whose schedule holds now. */
export const allotSlots = (candidates: readonly Candidate[], slots: number): Subscription => {
  const inOrder = candidates.toSorted((a, b) => a.from - b.from)
  return {
    slots,
    subscribed: new Set(inOrder.slice(0, slots).map(({ id }) => id)),
    refused: new Map(inOrder.slice(slots).map(({ id, from }) => [id, from])),
    newest: inOrder.at(-1)?.from ?? 0,
  }
}

const candidateOf = (user: AcsUser, now: number): Candidate | null => {
  const { held, acs_user_id, created_at } = user
  if (held === null) return null
  const { access_schedule } = held.state
  if (access_schedule === null) return { id: acs_user_id, from: created_at }
  const { starts_at, ends_at } = access_schedule
  if (starts_at > now || (ends_at !== null && ends_at <= now)) return null
  return { id: acs_user_id, from: Math.max(starts_at, created_at) }
}

interface Kept {
  key: string
  subscription: Subscription
}
const kept = new WeakMap<World, Kept>()

/** null for a brand without subscriptions. Kept for as long as nothing changes. */
export const subscriptionOf = (world: World, system: AcsSystem): Subscription | null => {
  const slots = system.subscription_slots ?? modelOfSystem(system).users.subscription_slots
  if (slots === null || modelOfSystem(system).users.subscription_slots === null) return null
  const { acs_system_id } = system
  const key = `${acs_system_id} ${slots} ${world.now} ${world.generation} ${world.acs_users.version}`
  const known = kept.get(world)
  if (known?.key === key) return known.subscription
  const candidates = usersOfSystem(world, acs_system_id).flatMap(
    (user) => candidateOf(user, world.now) ?? [],
  )
  const subscription = allotSlots(candidates, slots)
  kept.set(world, { key, subscription })
  return subscription
}

/** What a site is told of its subscription. */
export const subscriptionIssues = (
  world: World,
  system: AcsSystem,
): { errors: Issue[]; warnings: Issue[] } => {
  const subscription = subscriptionOf(world, system)
  if (subscription === null) return { errors: [], warnings: [] }
  const { slots, subscribed, refused, newest } = subscription
  const [first] = [...refused.values()]
  if (first !== undefined) {
    const error = {
      error_code: 'salto_ks_subscription_limit_exceeded',
      message: `All ${slots} users of the subscription of this site are taken.`,
      created_at: first,
    }
    return { errors: [error], warnings: [] }
  }
  if (subscribed.size <= slots * ALMOST) return { errors: [], warnings: [] }
  const warning = {
    warning_code: 'salto_ks_subscription_limit_almost_reached',
    message: `${subscribed.size} of the ${slots} users of the subscription of this site are taken.`,
    created_at: newest,
  }
  return { errors: [], warnings: [warning] }
}
