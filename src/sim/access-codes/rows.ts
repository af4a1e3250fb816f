/** Access codes as rows: how one is made and how one is found. */
import type { LockView } from '../locks/lock-view.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'

/** An access code as it is asked for. Instants are ms. */
export interface NewAccessCode {
  device_id: string
  name?: string | undefined
  code?: string | undefined
  preferred_code_length?: number | undefined
  starts_at?: number | undefined
  ends_at?: number | undefined
  common_code_key?: string | undefined
  /** Not the PIN of the other codes with that key. */
  has_own_pin?: boolean | undefined
  is_offline_access_code?: boolean | undefined
  is_one_time_use?: boolean | undefined
  is_external_modification_allowed?: boolean | undefined
  prefer_native_scheduling?: boolean | undefined
  use_backup_access_code_pool?: boolean | undefined
  attempt_for_offline_device?: boolean | undefined
  max_time_rounding?: '1hour' | '1day' | '1h' | '1d' | undefined
}

export type NewRow = Partial<AccessCode> & Pick<AccessCode, 'ordinal' | 'code' | 'name'>

/** Makes the row of a code that passed every check. */
export const insertAccessCode = (world: World, view: LockView, row: NewRow): AccessCode => {
  const { device_id, connected_account_id } = view.device
  const access_code_id =
    row.access_code_id ?? world.random.stream(`access_code ${device_id}`).uuid(row.ordinal)
  world.access_codes.insert({
    access_code_id,
    device_id,
    connected_account_id,
    starts_at: null,
    ends_at: null,
    created_at: world.now,
    is_managed: true,
    is_backup: false,
    is_offline: false,
    is_one_time_use: false,
    is_external_modification_allowed: false,
    prefer_native_scheduling: true,
    common_code_key: null,
    access_method_id: null,
    pulled_backup_access_code_id: null,
    pulled_at: null,
    deletion_requested_at: null,
    conversion: null,
    pin_assigned_at: null,
    offline_issue: null,
    programmed: null,
    is_unconfirmed: false,
    in_effect: {
      code: row.code,
      name: row.name,
      starts_at: row.starts_at ?? null,
      ends_at: row.ends_at ?? null,
    },
    presence: null,
    effort: null,
    external_change: null,
    used_at: null,
    mutations_requested_at: null,
    ...row,
  })
  const code = world.access_codes.get(access_code_id)
  if (code === undefined) throw new Error(`The access code ${access_code_id} was not written`)
  return code
}

/** The next ordinal of a device's codes: names the code and its luck. */
export const nextOrdinal = (world: World, device_id: string): number =>
  world.random.next(`access_code ${device_id}`)

/** A managed code, or 404 `access_code_not_found`. */
export const requireAccessCode = (world: World, access_code_id: string): AccessCode => {
  const code = world.access_codes.get(access_code_id)
  if (code === undefined || !code.is_managed) throw notFound('access_code', { access_code_id })
  return code
}
