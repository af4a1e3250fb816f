import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { capabilityFlags } from './wire-capabilities.ts'
import { instant, metadata, text } from '../common.ts'
import { deviceProperties, unmanagedDeviceProperties } from './wire-properties.ts'
import { deviceError, deviceWarning } from '../issues.ts'

/** The device types that are locks, or open a door: all that `/locks/list` shows. */
export const lockTypes: readonly string[] =
  `akuvox_lock august_lock brivo_access_point butterflymx_panel avigilon_alta_entry doorking_lock
  genie_door igloo_lock linear_lock lockly_lock kwikset_lock nuki_lock salto_lock schlage_lock
  smartthings_lock wyze_lock yale_lock two_n_intercom controlbyweb_device ttlock_lock igloohome_lock
  four_suites_door dormakaba_oracode_door tedee_lock akiles_lock ultraloq_lock keyincode_lock
  omnitec_lock kisi_lock`.split(/\s+/)

/** … that listen. */
export const noiseSensorTypes: readonly string[] = ['noiseaware_activity_zone', 'minut_sensor']

/** … that heat and cool. */
export const thermostatTypes: readonly string[] =
  `ecobee_thermostat nest_thermostat honeywell_resideo_thermostat tado_thermostat sensi_thermostat
  smartthings_thermostat`.split(/\s+/)

export const deviceTypes: readonly string[] = [
  ...lockTypes,
  'keynest_key',
  ...noiseSensorTypes,
  ...thermostatTypes,
  'ios_phone',
  'android_phone',
  'ring_camera',
]

/** What managed and unmanaged devices share. */
const common = once(() => ({
  ...capabilityFlags,
  device_id: z.guid(),
  workspace_id: z.guid(),
  connected_account_id: z.guid(),
  device_type: z.enum(deviceTypes),
  capabilities_supported: z.array(
    z.enum(['access_code', 'lock', 'noise_detection', 'thermostat', 'battery', 'phone']),
  ),
  custom_metadata: metadata,
  location: z.strictObject({ location_name: text, time_zone: text, timezone: text }).optional(),
  errors: z.array(deviceError()),
  warnings: z.array(deviceWarning()),
  created_at: instant,
}))

export const device = once((): z.ZodType<object> =>
  z.strictObject({
    ...common(),
    display_name: z.string(),
    nickname: text,
    is_managed: z.literal(true),
    space_ids: z.array(z.guid()),
    properties: deviceProperties(),
    device_manufacturer: z
      .strictObject({
        manufacturer: z.string(),
        display_name: z.string(),
        image_url: z.url().optional(),
      })
      .optional(),
    device_provider: z
      .strictObject({
        device_provider_name: z.string(),
        display_name: z.string(),
        provider_category: z.string(),
        image_url: z.url().optional(),
      })
      .optional(),
  }),
)

export const unmanagedDevice = once((): z.ZodType<object> =>
  z.strictObject({
    ...common(),
    is_managed: z.literal(false),
    properties: unmanagedDeviceProperties(),
  }),
)
