/** Commands to locks, for whoever listens: no event tells of them. */
import type { AccessCode, AccessCodeEffort } from '../../db/tables/access-codes.ts'
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
  if (world.overheard === null) return
  overhear(world, {
    kind: 'command_answered',
    ...about(code),
    command: kind,
    attempt: attempts,
    fault_id: in_flight?.fault_id ?? null,
    ...outcomeOf(answer),
  })
}
