/** What a fixture may say of customers and their stays, as `customers/push_data` would have brought them. */
import { z } from 'zod'
import { stayKinds } from '../../db/tables/customers.ts'
import { fromBeginning, instantIn, problemsOfTimes } from '../kernel/fixture-instants.ts'
import { fixtureId, fixtureMetadata, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { cancelJob } from '../kernel/jobs.ts'
import { automateStay } from './grants-of-stays.ts'
import { keepCustomer } from './push.ts'
import { STAY_JOB, keepStay, stayOfKey } from './stays.ts'

const customer = () => z.strictObject({ customer_key: fixtureId('Its key.') })

export const customersFixture = fixturePart({
  list: 'customers',
  description:
    'Customers of yours that have places, people and stays; those that a stay names need not be told here.',
  item: customer,
  unique: ['customer_key'],
  apply: (world, { customer_key }) => keepCustomer(world, customer_key),
})

const stay = () =>
  z.strictObject({
    kind: z.enum(stayKinds).default('reservation').describe('As what it was pushed.'),
    stay_key: fixtureId(
      'Its `reservation_key`, `booking_key`, `access_grant_key` or `staff_member_key`.',
    ),
    customer_key: fixtureId('The customer that it is of.'),
    name: fixtureText('Its name.').optional(),
    user_identity_key: fixtureId('The person, by its key.'),
    space_keys: z.array(fixtureId('A space.')).min(1).describe('The places, by their keys.'),
    starts_in: fromBeginning('it begins'),
    ends_in: fromBeginning('it ends; staff needs no end, and a guest without one gets no access'),
    preferred_code: z
      .string()
      .regex(/^\d{4,9}$/, 'A PIN has 4 to 9 digits')
      .describe('The PIN that is wished for.')
      .optional(),
    custom_metadata: fixtureMetadata(),
  })

export const staysFixture = fixturePart({
  list: 'stays',
  description:
    'Stays that are pushed at the first instant, and whose automations run at once: each has its access grant, or an automation run that says why not.',
  item: stay,
  references: [
    {
      field: 'user_identity_key',
      to: 'user_identities',
      by: 'user_identity_key',
      noun: 'user identity with the key',
    },
    { field: 'space_keys', to: 'spaces', by: 'space_key', noun: 'space with the key' },
  ],
  problems: (it, { index, list }) => {
    const before = list.findIndex(
      (other) => other.kind === it.kind && other.stay_key === it.stay_key,
    )
    return [
      ...(before < index
        ? [
            {
              path: ['stay_key'],
              message: `"${it.stay_key}" is already the key of the ${it.kind} stays.${before}`,
            },
          ]
        : []),
      ...problemsOfTimes(it),
    ]
  },
  apply: (world, { customer_key, user_identity_key, starts_in = 0, ends_in, ...it }) => {
    keepCustomer(world, customer_key)
    keepStay(world, customer_key, {
      ...it,
      person_keys: [user_identity_key],
      starts_at: instantIn(world, 'stays: starts_in', starts_in),
      ...(ends_in !== undefined && { ends_at: instantIn(world, 'stays: ends_in', ends_in) }),
    })
    const kept = stayOfKey(world, it.kind, it.stay_key)
    if (kept === undefined) return
    cancelJob(world, STAY_JOB, kept.stay_id)
    automateStay(world, kept.stay_id)
  },
})
