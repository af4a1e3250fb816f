/** Which names a lock takes. One that is too long or too short is fitted to the lock (`nameOnLock`), not refused. */
import type { World } from '../../kernel/world.ts'
import type { LockView } from '../../locks/lock-view.ts'
import type { CodeConstraint } from '../../locks/profile.ts'
import { refuse } from './request.ts'
import type { RuleProblem } from './request.ts'
import { and, eq, ne, where } from '../../../db/conditions.ts'
import { access_codes } from '../../../db/tables/access-codes.ts'

const othersNamed = where(access_codes, ['device_id', 'name', 'access_code_id'], (c, its) =>
  and(
    eq(c.device_id, its.device_id),
    eq(c.name, its.name),
    ne(c.access_code_id, its.access_code_id),
  ),
)

/** What is wrong with a code's name, to the letter of the constraints. */
export function validateName(
  name: string,
  constraints: readonly CodeConstraint[],
  other_names: Iterable<string>,
): RuleProblem[] {
  const problems: RuleProblem[] = []
  for (const constraint of constraints) {
    if (constraint.constraint_type === 'name_length') {
      const least = constraint.min_length ?? 0
      const length = Array.from(name).length
      if (length < least) {
        problems.push({
          rule: 'name_length',
          message: `Constraint name_length: name "${name}" has ${length} characters; this lock needs at least ${least}.`,
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

/** @throws invalid_input for a name in use, and with `enforce_code_constraints` for one too short */
export const checkName = (
  world: World,
  view: LockView,
  name: string | undefined,
  except = '',
): void => {
  if (name === undefined || view.profile.code_constraints.length === 0) return
  const others = world.access_codes
    .all(othersNamed({ device_id: view.device.device_id, name, access_code_id: except }))
    .flatMap((code) => code.name ?? [])
  const problems = validateName(name, view.profile.code_constraints, others)
  const { enforce_code_constraints } = world.settings
  refuse(
    'name',
    problems.filter(({ rule }) => enforce_code_constraints || rule !== 'name_length'),
  )
}
