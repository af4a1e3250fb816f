/** What a fixture may say of a group of doors. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { fixtureSchedule, scheduleFrom } from '../acs-systems/fixture-schedule.ts'
import { insertGroup } from './create.ts'

const item = () =>
  z.strictObject({
    acs_access_group_id: fixtureId('Its id.'),
    acs_system_id: fixtureId('The access system that it belongs to.'),
    name: fixtureText('Its name.').min(1),
    external_type: fixtureText('Its type, where the brand has several.').optional(),
    access_schedule: fixtureSchedule('When it opens its doors; always when not given.'),
    acs_entrance_ids: z
      .array(fixtureId('A door.'))
      .default([])
      .describe('The doors that it opens.'),
  })

export const acsAccessGroupsFixture = fixturePart({
  list: 'acs_access_groups',
  description: 'Groups of doors, which users of access systems join.',
  item,
  unique: ['acs_access_group_id'],
  references: [
    { field: 'acs_system_id', to: 'acs_systems', noun: 'access system' },
    { field: 'acs_entrance_ids', to: 'acs_entrances', noun: 'entrance' },
  ],
  apply: (world, { access_schedule, ...group }) => {
    insertGroup(world, { ...group, access_schedule: scheduleFrom(world, access_schedule) })
  },
})
