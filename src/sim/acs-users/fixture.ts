/** What a fixture may say of a user of an access system. */
import { z } from 'zod'
import { fixtureSchedule, scheduleFrom } from '../acs-systems/fixture-schedule.ts'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { insertSyncedUser } from './create.ts'

const item = () =>
  z.strictObject({
    acs_user_id: fixtureId('Its id.'),
    acs_system_id: fixtureId('The access system that knows the user.'),
    full_name: fixtureText("The user's full name.").min(1),
    email_address: z.email().describe("The user's e-mail address.").optional(),
    phone_number: fixtureText("The user's telephone number.").optional(),
    user_identity_id: fixtureId('The person who the user is.').optional(),
    access_schedule: fixtureSchedule('When the user may come; always when not given.'),
    acs_access_group_ids: z
      .array(fixtureId('A group.'))
      .default([])
      .describe('The groups that the user is in.'),
    is_suspended: z.boolean().default(false).describe('Whether no door opens to the user.'),
  })

export const acsUsersFixture = fixturePart({
  list: 'acs_users',
  description: 'Users that access systems know from the beginning.',
  item,
  unique: ['acs_user_id'],
  references: [
    { field: 'acs_system_id', to: 'acs_systems', noun: 'access system' },
    { field: 'acs_access_group_ids', to: 'acs_access_groups', noun: 'access group' },
    { field: 'user_identity_id', to: 'user_identities', noun: 'user identity' },
  ],
  apply: (world, { access_schedule, ...user }) => {
    insertSyncedUser(world, { ...user, access_schedule: scheduleFrom(world, access_schedule) })
  },
})
