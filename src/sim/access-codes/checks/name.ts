/** Which names a lock takes. A name that is too long is cut on the lock, not refused. */
import type { World } from '../../kernel/world.ts'
import type { LockView } from '../../locks/lock-view.ts'
import type { CodeConstraint } from '../../locks/profile.ts'
import { refuse } from './request.ts'
import type { RuleProblem } from './request.ts'

/** What is wrong with a code's name. */
export function validateName(
  name: string,
  constraints: readonly CodeConstraint[],
  other_names: Iterable<string>,
): RuleProblem[] {
  const problems: RuleProblem[] = []
  for (const constraint of constraints) {
    if (constraint.constraint_type === 'name_length') {
      const least = constraint.min_length ?? 0
      if (name.length < least) {
        problems.push({
          rule: 'name_length',
          message: `Constraint name_length: name "${name}" has ${name.length} characters; this lock needs at least ${least}.`,
        })
      }
    }
    if (constraint.constraint_type === 'name_must_be_unique' && new Set(other_names).has(name)) {
      problems.push({
        rule: 'name_must_be_unique',
        message: `Constraint name_must_be_unique: another code on this lock is already named "${name}"; choose a different name.`,
      })
    }
  }
  return problems
}

export const checkName = (
  world: World,
  view: LockView,
  name: string | undefined,
  except = '',
): void => {
  if (name === undefined || view.profile.code_constraints.length === 0) return
  const others = world.access_codes
    .all('device_id = ? and name = ? and access_code_id <> ?', [
      view.device.device_id,
      name,
      except,
    ])
    .flatMap((code) => code.name ?? [])
  refuse('name', validateName(name, view.profile.code_constraints, others))
}
