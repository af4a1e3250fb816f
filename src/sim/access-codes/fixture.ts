/** What a fixture may say of an access code. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { fromBeginning, instantIn } from '../kernel/fixture-instants.ts'
import { createAccessCode } from './operations.ts'

const item = () =>
  z.strictObject({
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
      ...(starts_in !== undefined && {
        starts_at: instantIn(world, 'access_codes: starts_in', starts_in),
      }),
      ...(ends_in !== undefined && { ends_at: instantIn(world, 'access_codes: ends_in', ends_in) }),
    })
  },
})
