/** A sandbox goes back to its starting state, in the middle of its time. */
import { createActionAttempt, settleActionAttempt } from '../action-attempts/attempts.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { registry, worldTables } from '../../db/tables/index.ts'
import type { PartlyResetTable } from '../../db/tables/index.ts'
import { requireSandbox } from '../connected-accounts/operations.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import { bringBackFixture } from './apply-fixture.ts'
import { emptyTables } from './empty-tables.ts'
import { closeClientSessions } from './issue-keys.ts'
import { fixtureSchema } from './fixture.ts'
import { eq, like, ne, none, not, inTable, where } from '../../db/conditions.ts'
import { action_attempts } from '../../db/tables/action-attempts.ts'
import { events } from '../../db/tables/events.ts'
import { jobs } from '../../db/tables/jobs.ts'
import { webhook_deliveries } from '../../db/tables/webhooks.ts'

const others = where(jobs, [], (c) => not(like(c.kind, 'fault.%')))
const otherThan = where(action_attempts, ['action_attempt_id'], (c, its) =>
  ne(c.action_attempt_id, its.action_attempt_id),
)
const pending = where(webhook_deliveries, [], (c) => eq(c.state, 'pending'))
const sending = inTable(events.event_id, webhook_deliveries.event_id)

export const RESET_JOB = 'workspace.reset_sandbox'

/** How long a reset takes, ms. Assumed. */
const DURATION = { min: 500, typical: 1_000, max: 3_000 }

/** Asks for the reset of a sandbox. @throws workspace_not_sandbox */
export const resetSandbox = (world: World): ActionAttempt => {
  requireSandbox(world)
  const attempt = createActionAttempt(world, { action_type: 'RESET_SANDBOX_WORKSPACE' })
  const { random, now } = world
  const lasts = triangular(
    random.stream('reset_sandbox').fraction(random.next('reset_sandbox')),
    DURATION,
  )
  scheduleJob(world, RESET_JOB, attempt.action_attempt_id, now + lasts)
  return attempt
}

/** Of the tables that say `partly`: what goes. */
const emptyPartly: Record<PartlyResetTable, (world: World, action_attempt_id: string) => void> = {
  jobs: (world) => world.jobs.deleteWhere(others()),
  action_attempts: (world, action_attempt_id) =>
    world.action_attempts.deleteWhere(otherThan({ action_attempt_id })),
  events: (world) => world.events.deleteWhere(none(sending(pending()))),
}

/**
 * Each table says itself whether it goes: keys, webhooks, faults and the inbox stay, then the fixture
 * comes back. Time goes on, and streams of luck as well, so that no id is given twice. What is still
 * to be delivered is delivered.
 */
const empty = (world: World, action_attempt_id: string): void => {
  closeClientSessions(world)
  emptyTables(
    world,
    worldTables.filter((table) => registry[table].sandbox_reset === 'goes'),
  )
  for (const emptyTable of Object.values(emptyPartly)) emptyTable(world, action_attempt_id)
  world.flush()
  world.invalidate()
}

/** The job of a reset that was asked for. */
export const finishReset = (world: World, action_attempt_id: string): void => {
  const fixture = fixtureSchema().parse(world.workspace.fixture_data)
  empty(world, action_attempt_id)
  bringBackFixture(world, fixture)
  const attempt = world.action_attempts.get(action_attempt_id)
  if (attempt !== undefined) settleActionAttempt(world, attempt, { status: 'success', result: {} })
}
