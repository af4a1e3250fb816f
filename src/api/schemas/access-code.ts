import { z } from 'zod'
import { once } from '../../once.ts'
import { coded, flag, instant, number, partial, text, textOrNull } from './common.ts'
import { accessCodeError, accessCodeWarning } from './issues.ts'

const oracode = once(() =>
  partial({
    is_cancellable: flag,
    is_early_checkin_able: flag,
    is_extendable: flag,
    is_overridable: flag,
    site_name: text,
    stay_id: number,
    user_level_id: text,
    user_level_name: textOrNull,
  }).nullish(),
)

const change = (value: z.ZodType<object>) => ({ from: value, to: value })

const pendingMutation = once(() =>
  coded(
    'mutation_code',
    { created_at: instant },
    {
      creating: {},
      deferring_creation: { scheduled_at: instant },
      deleting: {},
      updating_code: change(z.strictObject({ code: z.string().nullable() })),
      updating_name: change(z.strictObject({ name: z.string().nullable() })),
      updating_time_frame: change(
        z.strictObject({ starts_at: instant.nullable(), ends_at: instant.nullable() }),
      ),
    },
  ),
)

/** What managed and unmanaged access codes share. */
const common = once(() => ({
  access_code_id: z.guid(),
  workspace_id: z.guid(),
  device_id: z.guid(),
  type: z.enum(['ongoing', 'time_bound']),
  name: z.string().nullable(),
  code: z.string().nullable(),
  starts_at: instant.nullish(),
  ends_at: instant.nullish(),
  created_at: instant,
  errors: z.array(accessCodeError()),
  warnings: z.array(accessCodeWarning()),
  dormakaba_oracode_metadata: oracode(),
}))

export const accessCode = once(() =>
  z.strictObject({
    ...common(),
    status: z.enum(['setting', 'set', 'unset', 'removing', 'unknown']),
    common_code_key: z.string().nullable(),
    is_managed: z.literal(true),
    is_scheduled_on_device: flag,
    is_waiting_for_code_assignment: flag,
    is_backup: flag,
    is_backup_access_code_available: z.boolean(),
    pulled_backup_access_code_id: z.guid().nullish(),
    is_external_modification_allowed: z.boolean(),
    is_one_time_use: z.boolean(),
    is_offline_access_code: z.boolean(),
    pending_mutations: z.array(pendingMutation()),
  }),
)

export const unmanagedAccessCode = once(() =>
  z.strictObject({
    ...common(),
    status: z.enum(['set', 'unset']),
    is_managed: z.literal(false),
    cannot_be_managed: z.literal(true).optional(),
    cannot_delete_unmanaged_access_code: z.literal(true).optional(),
  }),
)

/** The answer of `/access_codes/generate_code`: a PIN that nothing holds yet. */
export const generatedCode = once(() => z.strictObject({ device_id: z.guid(), code: z.string() }))
