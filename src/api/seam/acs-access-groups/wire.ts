import { z } from 'zod'
import { and, eq, isNotNull, where } from '../../../db/conditions.ts'
import type { AcsAccessGroup } from '../../../db/tables/acs-access-groups.ts'
import { acs_users } from '../../../db/tables/acs-users.ts'
import { once } from '../../../lib/once.ts'
import { acsGroupTypes } from '../../../contract/vocabulary.ts'
import { modelOfSystem } from '../../../sim/acs-systems/rows.ts'
import { toIso, toIsoOrNull } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { accessSchedule } from '../acs-users/wire.ts'
import { coded, instant, plain } from '../common.ts'

const dated = { created_at: instant }
const id = z.guid().nullable()
const instantOrNull = instant.nullable()

const change = (shape: z.core.$ZodShape) => ({
  from: z.strictObject(shape),
  to: z.strictObject(shape),
})

const groupType = once((): z.ZodType<string> => z.enum(acsGroupTypes))

const mutations = once(() =>
  coded('mutation_code', dated, {
    ...plain('creating', 'deleting', 'deferring_deletion'),
    updating_group_information: change({ name: z.string().nullish() }),
    updating_access_schedule: change({ starts_at: instantOrNull, ends_at: instantOrNull }),
    updating_user_membership: change({ acs_user_id: id }),
    updating_entrance_membership: change({ acs_entrance_id: id }),
    deferring_user_membership_update: {
      acs_user_id: z.guid(),
      variant: z.enum(['adding', 'removing']),
    },
  }),
)

export const acsAccessGroup = once(() =>
  z.strictObject({
    acs_access_group_id: z.guid(),
    acs_system_id: z.guid(),
    connected_account_id: z.guid(),
    workspace_id: z.guid(),
    name: z.string(),
    display_name: z.string(),
    external_type: groupType(),
    external_type_display_name: z.string(),
    access_group_type: groupType(),
    access_group_type_display_name: z.string(),
    access_schedule: accessSchedule().optional(),
    is_managed: z.literal(true),
    pending_mutations: z.array(mutations()),
    errors: z.array(coded('error_code', dated, plain('failed_to_create_on_acs_system'))),
    warnings: z.array(
      coded('warning_code', dated, plain('unknown_issue_with_acs_access_group', 'being_deleted')),
    ),
    created_at: instant,
  }),
)

const moving = where(acs_users, ['acs_system_id'], (c, its) =>
  and(eq(c.acs_system_id, its.acs_system_id), isNotNull(c.push)),
)

/** Users who join or leave, as far as the system has not heard of it. */
const movingUsers = (world: World, { acs_system_id, acs_access_group_id }: AcsAccessGroup) =>
  world.acs_users.all(moving({ acs_system_id })).flatMap((user) => {
    const { acs_user_id, known, push, created_at } = user
    const was = known?.acs_access_group_ids.includes(acs_access_group_id) ?? false
    const will = user.acs_access_group_ids.includes(acs_access_group_id)
    return was === will
      ? []
      : [
          {
            mutation_code: 'updating_user_membership',
            message: 'The users of the access group are being changed on the access system.',
            created_at: toIso(push?.since ?? created_at),
            from: { acs_user_id: was ? acs_user_id : null },
            to: { acs_user_id: will ? acs_user_id : null },
          },
        ]
  })

const wordsOf = (external_type: string): string =>
  external_type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')

/** A group of doors as it goes over the wire. */
export const presentAcsAccessGroup = (world: World, row: AcsAccessGroup) => {
  const { external_type, access_schedule, deletion_requested_at: deleting } = row
  const system = world.acs_systems.get(row.acs_system_id)
  const brand = system === undefined ? '' : modelOfSystem(system).display_name
  const typeName = system === undefined ? wordsOf(external_type) : `${brand} Group`
  const since = deleting === null ? null : toIso(deleting)
  return {
    acs_access_group_id: row.acs_access_group_id,
    acs_system_id: row.acs_system_id,
    connected_account_id: row.connected_account_id,
    workspace_id: world.workspace_id,
    name: row.name,
    display_name: row.name,
    external_type,
    external_type_display_name: typeName,
    access_group_type: external_type,
    access_group_type_display_name: typeName,
    ...(access_schedule !== null && {
      access_schedule: {
        starts_at: toIso(access_schedule.starts_at),
        ends_at: toIsoOrNull(access_schedule.ends_at),
      },
    }),
    is_managed: true as const,
    pending_mutations: [
      ...(since === null
        ? []
        : [
            {
              mutation_code: 'deleting',
              message: 'The access group is being deleted from the access system.',
              created_at: since,
            },
          ]),
      ...movingUsers(world, row),
    ],
    errors: [],
    warnings:
      since === null
        ? []
        : [
            {
              warning_code: 'being_deleted',
              message: 'This access group is being deleted.',
              created_at: since,
            },
          ],
    created_at: toIso(row.created_at),
  }
}
