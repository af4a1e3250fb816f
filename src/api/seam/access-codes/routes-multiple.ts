/** Access codes on several locks with one PIN. */
import { z } from 'zod'
import {
  createMultipleAccessCodes,
  updateMultipleAccessCodes,
} from '../../../sim/access-codes/multiple.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import { anyClient } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, timestamp } from '../../http/fields.ts'
import { presentAccessCode } from './wire.ts'
import { accessCode } from './wire.ts'
import { seesDevice, visibleDevice } from '../../http/visibility.ts'
import { declared, withoutAliases } from './routes.ts'
import { is } from '../../../db/conditions.ts'
import { access_codes } from '../../../db/tables/access-codes.ts'

const withKey = is(access_codes.common_code_key)

const createMultiple = defineEndpoint({
  path: '/access_codes/create_multiple',
  methods: ['POST', 'PUT'],
  auth: anyClient,
  summary: 'Declares a code on each of several locks, with one PIN if they can share one.',
  effect: 'write',
  params: () =>
    z
      .object(declared())
      .omit({
        use_offline_access_code: true,
        is_offline_access_code: true,
        is_one_time_use: true,
        max_time_rounding: true,
      })
      .extend({
        device_ids: z.array(id()),
        behavior_when_code_cannot_be_shared: z
          .enum(['throw', 'create_random_code'])
          .default('throw'),
      }),
  result: () => ({ access_codes: z.array(accessCode()) }),
  handler: ({ world, auth }, params) => {
    for (const device_id of params.device_ids) visibleDevice(world, auth, device_id)
    const codes = createMultipleAccessCodes(world, withoutAliases(params))
    return { access_codes: codes.map((code) => presentAccessCode(world, code)) }
  },
})

const updateMultiple = defineEndpoint({
  path: '/access_codes/update_multiple',
  methods: ['POST', 'PATCH'],
  auth: anyClient,
  summary: 'Declares another name or time frame for all codes with a common key.',
  effect: 'write',
  params: () =>
    z.object({
      common_code_key: z.string(),
      name: z.string().optional(),
      starts_at: timestamp().optional(),
      ends_at: timestamp().optional(),
    }),
  result: () => ({}),
  handler: ({ world, auth }, params) => {
    const { common_code_key } = params
    const hidden = world.access_codes
      .all(withKey(common_code_key))
      .some((code) => !seesDevice(auth, code))
    if (hidden) throw notFound('access_code', { common_code_key })
    updateMultipleAccessCodes(world, params)
    return {}
  },
})

export const multipleAccessCodeEndpoints = [createMultiple, updateMultiple]
