/** What a fixture may say of a credential of an access system. */
import { z } from 'zod'
import { acsAccessMethods } from '../../db/tables/acs-shapes.ts'
import { fixtureSchedule, scheduleFrom } from '../acs-systems/fixture-schedule.ts'
import { fixtureId, fixturePart } from '../kernel/fixture-part.ts'
import { insertSyncedCredential } from './create.ts'

const item = () =>
  z.strictObject({
    acs_credential_id: fixtureId('Its id.'),
    acs_system_id: fixtureId('The access system that knows it.'),
    acs_user_id: fixtureId('The user whose it is.'),
    access_method: z
      .enum(acsAccessMethods)
      .exclude(['card'])
      .describe('How it opens doors; a card is encoded, not described.'),
    code: z
      .string()
      .regex(/^\d{1,10}$/, 'must be digits')
      .describe('Its PIN.')
      .optional(),
    window: fixtureSchedule('When it opens doors; always when not given.'),
    acs_entrance_ids: z
      .array(fixtureId('A door.'))
      .default([])
      .describe('The doors that it opens, where credentials say so themselves.'),
  })

export const acsCredentialsFixture = fixturePart({
  list: 'acs_credentials',
  description: 'PINs and keys that access systems have from the beginning.',
  item,
  unique: ['acs_credential_id'],
  references: [
    { field: 'acs_system_id', to: 'acs_systems', noun: 'access system' },
    { field: 'acs_user_id', to: 'acs_users', noun: 'user of an access system' },
    { field: 'acs_entrance_ids', to: 'acs_entrances', noun: 'entrance' },
  ],
  problems: ({ access_method, code }) =>
    access_method === 'code' && code === undefined
      ? [{ path: ['code'], message: 'A credential of the access_method code needs its PIN' }]
      : [],
  apply: (world, { window, ...credential }) => {
    const schedule = scheduleFrom(world, window)
    insertSyncedCredential(world, {
      ...credential,
      starts_at: schedule?.starts_at,
      ends_at: schedule?.ends_at,
    })
  },
})
