/** What a fixture may say of a user identity: a person who is given access. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { giveDevice } from './device-access.ts'
import { createUserIdentity } from './operations.ts'

const item = () =>
  z.strictObject({
    user_identity_id: fixtureId('Its id; made when not given.').optional(),
    user_identity_key: fixtureText('Your own key for the person.').min(1).optional(),
    full_name: fixtureText("The person's full name.").min(1).optional(),
    email_address: z.email().describe("The person's e-mail address.").optional(),
    phone_number: z
      .string()
      .regex(/^\+[1-9]\d{1,14}$/, 'Give it in E.164 format, such as +15555550100')
      .describe("The person's telephone number, such as +15555550100.")
      .optional(),
    customer_key: fixtureText('The customer that the person belongs to.').min(1).optional(),
    device_ids: z
      .array(fixtureId('A device.'))
      .default([])
      .describe('The devices that the person has access to, without a grant.'),
  })

export const userIdentitiesFixture = fixturePart({
  list: 'user_identities',
  description: 'People who are given access.',
  item,
  unique: ['user_identity_id', 'user_identity_key', 'email_address', 'phone_number'],
  references: [{ field: 'device_ids', to: 'devices', noun: 'device' }],
  apply: (world, { device_ids, ...person }) => {
    const { user_identity_id } = createUserIdentity(world, person)
    for (const device_id of device_ids) giveDevice(world, user_identity_id, device_id)
  },
})
