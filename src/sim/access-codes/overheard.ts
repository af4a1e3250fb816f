/** Commands to locks: no event tells of them. Who listens is told, and what was not done is kept. */
import type { AccessCode, AccessCodeEffort } from '../../db/tables/access-codes.ts'
import { chronicle } from '../chronicle/chronicle.ts'
import { overhear } from '../kernel/overhear.ts'
import type { World } from '../kernel/world.ts'
import type { AttemptResult } from './attempt.ts'

const about = ({ device_id, access_code_id }: AccessCode) => ({ device_id, access_code_id })

/** A command is on its way. */
export const tellSent = (
  world: World,
  code: AccessCode,
  { kind, attempts, in_flight }: AccessCodeEffort,
): void => {
  if (world.overheard === null || in_flight === null) return
  const { fault_id, due_at } = in_flight
  overhear(world, {
    kind: 'command_sent',
    ...about(code),
    command: kind,
    attempt: attempts,
    fault_id,
    answer_at: due_at,
  })
}

const outcomeOf = (answer: AttemptResult) => {
  if (answer.ok) return { outcome: 'done' as const, message: null }
  if (answer.lost) return { outcome: 'lost' as const, message: 'The lock could not be reached.' }
  const { message } = answer.error
  return answer.is_unconfirmed === true
    ? { outcome: 'unconfirmed' as const, message }
    : { outcome: 'refused' as const, message }
}

/** What became of it. */
export const tellAnswered = (
  world: World,
  code: AccessCode,
  { kind, attempts, in_flight }: AccessCodeEffort,
  answer: AttemptResult,
): void => {
  // What was done the lock's own memory tells.
  if (answer.ok && world.overheard === null) return
  const tell = answer.ok ? overhear : chronicle
  tell(world, {
    kind: 'command_answered',
    ...about(code),
    command: kind,
    attempt: attempts,
    fault_id: in_flight?.fault_id ?? null,
    ...outcomeOf(answer),
  })
}
