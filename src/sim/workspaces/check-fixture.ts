/** Reads a fixture and says where it is wrong, down to the field. */
import { z } from 'zod'
import type { TableName } from '../../db/tables/index.ts'
import { domainError } from '../kernel/errors.ts'
import { HALF_CHARACTER, findText, hasHalfCharacter } from '../../lib/text.ts'
import type { Problem } from '../kernel/fixture-part.ts'
import { fixtureParts } from './fixture-parts.ts'
import { fixtureSchema } from './fixture.ts'
import type { Fixture } from './fixture.ts'

type World = Omit<Fixture, 'companions'>

const parts = Object.values(fixtureParts)

/** What the shape alone does not say: ids that clash, and references that lead nowhere. */
const problemsOf = (fixture: World): Problem[] => {
  const idsOf = (name: TableName, by?: string) =>
    parts.flatMap((part) => part.idsIn(fixture, name, by))
  return parts.flatMap((part) => part.problemsIn(fixture, idsOf))
}

const say = ({ path, message }: Problem): string =>
  path.length === 0 ? message : `${path.join('.')}: ${message}`

/** All that is wrong with what claims to be a fixture, one line for each field at fault. */
export const fixtureProblems = (value: unknown): string[] => {
  const half = findText(value, hasHalfCharacter)
  if (half !== undefined) return [`${half.path.join('.')}: ${HALF_CHARACTER}`]
  const parsed = fixtureSchema().safeParse(value)
  if (parsed.success) {
    const { companions, ...world } = parsed.data
    return [
      ...problemsOf(world),
      ...companions.flatMap((companion, index) =>
        problemsOf(companion).map(({ path, message }) => ({
          path: ['companions', index, ...path],
          message,
        })),
      ),
    ].map(say)
  }
  return parsed.error.issues.map((issue) =>
    say({
      path: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
      message: issue.message,
    }),
  )
}

/**
 * The fixture, defaults filled in.
 *
 * @param source the file, name or parameter that it came from, for the message.
 * @throws invalid_fixture with the path of every field at fault
 */
export const parseFixture = (value: unknown, source: string): Fixture => {
  const problems = fixtureProblems(value)
  if (problems.length === 0) return fixtureSchema().parse(value)
  throw domainError('invalid_fixture', `${source} is not valid: ${problems.join('; ')}`, {
    data: { problems },
  })
}

/** The JSON Schema of fixture files, for editors. */
export const fixtureJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(fixtureSchema(), { io: 'input', target: 'draft-7' }),
  title: 'A world of seam-emulator',
})
