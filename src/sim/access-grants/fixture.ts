/** What a fixture may say of an access grant. */
import { z } from 'zod'
import { accessModes } from '../../db/tables/access-grants.ts'
import { fromBeginning, instantIn, problemsOfTimes } from '../kernel/fixture-instants.ts'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import type { Problem } from '../kernel/fixture-part.ts'
import { spaceOfKey } from '../spaces/rows.ts'
import { userIdentityOfKey } from '../user-identities/rows.ts'
import { createAccessGrant } from './operations.ts'

const request = () =>
  z.strictObject({
    mode: z
      .enum(accessModes)
      .default('code')
      .describe(
        'How the doors are to be opened; locks only by `code`, entrances as their access system has it.',
      ),
    code: z
      .string()
      .regex(/^\d{4,9}$/, 'A PIN has 4 to 9 digits')
      .describe('The PIN that is wished for.')
      .optional(),
  })

const item = () =>
  z.strictObject({
    access_grant_id: fixtureId('Its id; made when not given.').optional(),
    access_grant_key: fixtureText('Your own key for it.').min(1).optional(),
    reservation_key: fixtureText('The stay that it belongs to.').min(1).optional(),
    name: fixtureText("Its name; the person's when not given.").min(1).optional(),
    user_identity_id: fixtureId('The person.').optional(),
    user_identity_key: fixtureId('The person, by its key.').optional(),
    device_ids: z.array(fixtureId('A device.')).default([]).describe('Devices that it is for.'),
    acs_entrance_ids: z
      .array(fixtureId('An entrance.'))
      .default([])
      .describe('Entrances of access systems that it is for.'),
    space_ids: z.array(fixtureId('A space.')).default([]).describe('Spaces that it is for.'),
    space_keys: z.array(fixtureId('A space.')).default([]).describe('Spaces, by their keys.'),
    starts_in: fromBeginning('it begins'),
    ends_in: fromBeginning('it ends; it has no end when not given'),
    requested_access_methods: z
      .array(request().describe('One of them.'))
      .min(1)
      .default([{ mode: 'code' }])
      .describe('The ways in that are asked for; a PIN when not given.'),
  })

type Item = z.output<ReturnType<typeof item>>

const problemsOfPerson = ({ user_identity_id, user_identity_key }: Item): Problem[] =>
  (user_identity_id === undefined) === (user_identity_key === undefined)
    ? [
        {
          path: ['user_identity_id'],
          message: 'Give exactly one of user_identity_id and user_identity_key',
        },
      ]
    : []

const problemsOfDoors = (grant: Item): Problem[] => {
  const { device_ids, acs_entrance_ids, space_ids, space_keys } = grant
  const doors = [...device_ids, ...acs_entrance_ids, ...space_ids, ...space_keys]
  const message = 'Give device_ids, acs_entrance_ids, space_ids or space_keys'
  return doors.length === 0 ? [{ path: ['device_ids'], message }] : []
}

const problemsOfRequests = ({ requested_access_methods }: Item): Problem[] =>
  requested_access_methods.flatMap(({ mode, code }, index) =>
    code === undefined || mode === 'code'
      ? []
      : [
          {
            path: ['requested_access_methods', index, 'code'],
            message: 'A PIN is for the mode code only',
          },
        ],
  )

export const accessGrantsFixture = fixturePart({
  list: 'access_grants',
  description: 'Access grants that are created at the first instant.',
  item,
  unique: ['access_grant_id', 'access_grant_key'],
  references: [
    { field: 'user_identity_id', to: 'user_identities', noun: 'user identity' },
    {
      field: 'user_identity_key',
      to: 'user_identities',
      by: 'user_identity_key',
      noun: 'user identity with the key',
    },
    { field: 'device_ids', to: 'devices', noun: 'device' },
    { field: 'acs_entrance_ids', to: 'acs_entrances', noun: 'entrance' },
    { field: 'space_ids', to: 'spaces', noun: 'space' },
    { field: 'space_keys', to: 'spaces', by: 'space_key', noun: 'space with the key' },
  ],
  problems: (grant) => [
    ...problemsOfPerson(grant),
    ...problemsOfDoors(grant),
    ...problemsOfRequests(grant),
    ...problemsOfTimes(grant),
  ],
  apply: (world, { user_identity_key = '', space_keys, starts_in = 0, ends_in, ...grant }) => {
    const user_identity_id =
      grant.user_identity_id ?? userIdentityOfKey(world, user_identity_key)?.user_identity_id
    const spaces = space_keys.flatMap((key) => spaceOfKey(world, key) ?? [])
    createAccessGrant(world, {
      ...grant,
      user_identity_id,
      space_ids: [...grant.space_ids, ...spaces.map(({ space_id }) => space_id)],
      starts_at: instantIn(world, 'access_grants: starts_in', starts_in),
      ends_at: ends_in === undefined ? null : instantIn(world, 'access_grants: ends_in', ends_in),
    })
  },
})
