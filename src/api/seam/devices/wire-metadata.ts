/** The `<provider>_metadata` blocks of `properties` (Seam OpenAPI 1.977), as data. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { flag, number, partial, text, textOrNull } from '../common.ts'

/** Names of a block's fields by type; further fields in `other`. */
interface Block {
  readonly texts?: string
  readonly texts_or_null?: string
  readonly numbers?: string
  readonly flags?: string
  readonly other?: z.core.$ZodShape
}

const named = (names: string | undefined, schema: z.core.$ZodType): z.core.$ZodShape =>
  Object.fromEntries((names?.split(' ') ?? []).map((name) => [name, schema]))

const block = ({ texts, texts_or_null, numbers, flags, other }: Block) =>
  partial({
    ...named(texts, text),
    ...named(texts_or_null, textOrNull),
    ...named(numbers, number),
    ...named(flags, flag),
    ...other,
  }).optional()

const salto: Block = {
  texts: 'battery_level customer_reference lock_id lock_type locked_state model site_id site_name',
}

const oracodeTimeSlot = () =>
  partial({
    dormakaba_oracode_user_level_id: z.guid().optional(),
    ...named('check_in_time check_out_time name', text),
    ...named('dormakaba_oracode_user_level_prefix prefix', number),
    ...named('is_24_hour is_biweekly_mode is_master is_one_shot', flag),
  })

const sensorValue = once(() => partial({ time: text, value: number }).optional())

// oxlint-disable-next-line eslint/max-lines-per-function -- a table; a function only so that it is made when it is first asked for
const blocks = (): Readonly<Record<string, Block>> => ({
  akiles: { texts: '_member_group_id gadget_id gadget_name product_name' },
  assa_abloy_vostio: { texts: 'encoder_name' },
  august: {
    texts: 'house_id house_name keypad_battery_level lock_id lock_name model',
    flags: 'has_keypad',
  },
  avigilon_alta: {
    texts: 'entry_name org_name site_name zone_name',
    numbers: 'entry_relays_total_count site_id zone_id',
  },
  brivo: { texts: 'device_name', flags: 'activation_enabled' },
  controlbyweb: { texts: 'device_id device_name', texts_or_null: 'relay_name' },
  dormakaba_oracode: {
    texts: 'door_name iana_timezone site_name',
    numbers: 'door_id',
    flags: 'door_is_wireless',
    other: {
      device_id: z.union([z.number(), z.string()]).optional(),
      site_id: z.number().nullish(),
      predefined_time_slots: z.array(oracodeTimeSlot()).optional(),
    },
  },
  ecobee: { texts: 'device_name ecobee_device_id' },
  four_suites: { texts: 'device_name', numbers: 'device_id reclose_delay_in_seconds' },
  genie: { texts: 'device_name door_name' },
  honeywell_resideo: { texts: 'device_name honeywell_resideo_device_id' },
  igloo: { texts: 'bridge_id device_id model' },
  igloohome: {
    texts: 'bridge_id bridge_name device_id device_name keypad_id',
    flags: 'is_accessory_keypad_linked_to_bridge',
  },
  keynest: {
    texts: 'device_name key_id last_movement status_type subscription_plan',
    texts_or_null:
      'address current_status current_user_company current_user_email current_user_name current_user_phone_number handover_method key_notes keynest_app_user property_id property_postcode',
    numbers: 'current_or_last_store_id default_office_id fob_id',
    flags: 'has_photo is_quadient_locker',
  },
  kisi: { texts: 'lock_name', texts_or_null: 'description place_name', numbers: 'lock_id' },
  korelock: {
    texts: 'device_id device_name firmware_version model_code serial_number',
    texts_or_null: 'location_id',
    numbers: 'wifi_signal_strength',
  },
  kwikset: { texts: 'device_id device_name model_number' },
  lockly: { texts: 'device_id device_name model' },
  minut: {
    texts: 'device_id device_name',
    other: {
      latest_sensor_values: partial(
        named('accelerometer_z humidity pressure sound temperature', sensorValue()),
      ).optional(),
    },
  },
  nest: { texts: 'device_custom_name device_name display_name nest_device_id' },
  noiseaware: {
    texts: 'device_id device_name',
    numbers: 'noise_level_decibel noise_level_nrs',
    other: { device_model: z.enum(['indoor', 'outdoor']).optional() },
  },
  nuki: {
    texts: 'device_id device_name',
    flags: 'keypad_2_paired keypad_battery_critical keypad_paired',
  },
  omnitec: {
    texts: 'lock_alias lock_mac lock_name',
    texts_or_null: 'time_zone',
    numbers: 'lock_id timezone_raw_offset_ms',
    flags: 'has_gateway',
  },
  ring: { texts: 'device_id device_name' },
  salto_ks: { ...salto, flags: 'has_custom_pin_subscription' },
  salto,
  schlage: { texts: 'device_id device_name model' },
  seam_bridge: {
    texts: 'name',
    numbers: 'device_num',
    other: { unlock_method: z.enum(['bridge', 'doorking']).optional() },
  },
  sensi: {
    texts: 'device_id device_name product_type',
    flags: 'dual_setpoints_not_supported',
    other: { enforced_setpoint_range_celsius: z.unknown().optional() },
  },
  smartthings: { texts: 'device_id device_name location_id model' },
  tado: { texts: 'device_type serial_no' },
  tedee: {
    texts: 'bridge_name device_model device_name serial_number',
    numbers: 'bridge_id device_id keypad_id',
  },
  ttlock: {
    texts: 'feature_value lock_alias',
    numbers: 'lock_id',
    flags: 'has_gateway',
    other: {
      timezone_raw_offset_ms: z.number().nullish(),
      features: partial(
        named(
          'auto_lock_time_config incomplete_keyboard_passcode lock_command passcode passcode_management unlock_via_gateway wifi',
          flag,
        ),
      ).optional(),
      wireless_keypads: z
        .array(partial({ wireless_keypad_id: number, wireless_keypad_name: text }))
        .optional(),
    },
  },
  two_n: { texts: 'device_name', numbers: 'device_id' },
  ultraloq: { texts: 'device_id device_name device_type', texts_or_null: 'time_zone' },
  visionline: { texts: 'encoder_id' },
  wyze: {
    texts:
      'device_id device_info_model device_name keypad_uuid product_model product_name product_type',
    numbers: 'locker_status_hardlock',
  },
})

export const metadataBlocks = (): z.core.$ZodShape =>
  Object.fromEntries(
    Object.entries(blocks()).map(([provider, fields]) => [`${provider}_metadata`, block(fields)]),
  )
