/** What a saved answer of `/devices/list` says, as far as a world can be made of it. */
import { z } from 'zod'

const level = z.number().min(0).max(1).nullish()
const text = z.string().nullish()

const device = z.looseObject({
  device_id: z.string(),
  device_type: z.string(),
  connected_account_id: z.string(),
  display_name: text,
  nickname: text,
  is_managed: z.boolean().nullish(),
  custom_metadata: z.record(z.string(), z.unknown()).nullish(),
  location: z.looseObject({ location_name: text, time_zone: text, timezone: text }).nullish(),
  errors: z.array(z.looseObject({ error_code: z.string() })).nullish(),
  warnings: z.array(z.looseObject({ warning_code: z.string() })).nullish(),
  can_unlock_with_code: z.boolean().nullish(),
  can_remotely_unlock: z.boolean().nullish(),
  can_program_online_access_codes: z.boolean().nullish(),
  properties: z
    .looseObject({
      name: text,
      online: z.boolean().nullish(),
      locked: z.boolean().nullish(),
      serial_number: text,
      battery_level: level,
      battery: z.looseObject({ level }).nullish(),
      accessory_keypad: z
        .looseObject({
          is_connected: z.boolean().nullish(),
          battery: z.looseObject({ level }).nullish(),
        })
        .nullish(),
      supported_code_lengths: z.array(z.number()).nullish(),
      max_active_codes_supported: z.number().nullish(),
    })
    .nullish(),
})

export type ListedDevice = z.output<typeof device>

const answer = z
  .union([
    z.looseObject({
      devices: z.array(device),
      pagination: z.looseObject({ has_next_page: z.boolean().nullish() }).nullish(),
    }),
    z.looseObject({ locks: z.array(device) }).transform(({ locks }) => ({ devices: locks })),
    z.array(device).transform((devices) => ({ devices })),
  ])
  .transform((given) => ({
    devices: given.devices,
    isCut: 'pagination' in given && given.pagination?.has_next_page === true,
  }))

/** What is asked of such a file. */
export const expectedFile =
  'what /devices/list answered: {"devices": [{"device_id": …, "device_type": …, …}]}'

/** @throws Error that says what is expected and what is wrong */
export const readListed = (given: unknown): { devices: ListedDevice[]; isCut: boolean } => {
  const parsed = answer.safeParse(given)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  const inner = first?.code === 'invalid_union' ? first.errors.flat()[0] : first
  const where = inner === undefined ? '' : ` (${inner.path.join('.')}: ${inner.message})`
  throw new Error(`The file is not ${expectedFile}${where}.`)
}
