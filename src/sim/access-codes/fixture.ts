/** What a fixture may say of an access code. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { BEGIN_OF_TIME, END_OF_TIME } from '../../lib/instant.ts'
import { domainError } from '../kernel/errors.ts'
import { toIso } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { createAccessCode } from './operations.ts'

/** A century, ms. */
const FARTHEST = 100 * 365 * 86_400_000

const fromBeginning = (what: string) =>
  z
    .int()
    .min(-FARTHEST)
    .max(FARTHEST)
    .describe(`When ${what}, in milliseconds from the world's first instant.`)
    .optional()

const item = z.strictObject({
  device_id: fixtureId('The lock that it is for.'),
  name: fixtureText('Its name.'),
  code: z.string().max(100).describe('The PIN.'),
  starts_in: fromBeginning('it begins'),
  ends_in: fromBeginning('it ends'),
  use_backup_access_code_pool: z
    .boolean()
    .describe('Whether its lock gets a pool of backup codes.')
    .optional(),
})

/** @throws invalid_fixture beyond the instants that can be written: a world may begin near their end */
const instantIn = (world: World, field: string, distance: number): number => {
  const instant = world.now + distance
  if (instant >= BEGIN_OF_TIME && instant <= END_OF_TIME) return instant
  const message = `access_codes: ${field} leads beyond the years 0 to 9999 from ${toIso(world.now)}`
  throw domainError('invalid_fixture', message)
}

export const accessCodesFixture = fixturePart({
  list: 'access_codes',
  description: 'Access codes that are created at the first instant.',
  item,
  references: [{ field: 'device_id', to: 'locks', noun: 'lock' }],
  problems: ({ starts_in, ends_in }) =>
    (starts_in === undefined) === (ends_in === undefined)
      ? []
      : [
          {
            path: [starts_in === undefined ? 'starts_in' : 'ends_in'],
            message: 'starts_in and ends_in go together',
          },
        ],
  apply: (world, { starts_in, ends_in, ...code }) => {
    createAccessCode(world, {
      ...code,
      ...(starts_in !== undefined && { starts_at: instantIn(world, 'starts_in', starts_in) }),
      ...(ends_in !== undefined && { ends_at: instantIn(world, 'ends_in', ends_in) }),
    })
  },
})
