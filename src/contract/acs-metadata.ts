/** What brands of access systems say of a door (Seam OpenAPI 1.977), by the key under which the API shows it. */
import { z } from 'zod'
import { once } from '../lib/once.ts'

const text = z.string().max(2_000).optional()
const flag = z.boolean().optional()
const number = z.number().optional()

/** Systems of hotels, with data on cards. */
const ofHotels = () => ({
  assa_abloy_vostio_metadata: z.strictObject({
    door_name: text,
    door_number: number,
    door_type: z.enum(['CommonDoor', 'EntranceDoor', 'GuestDoor', 'Elevator']).optional(),
    pms_id: text,
    stand_open: flag,
  }),
  dormakaba_ambiance_metadata: z.strictObject({ access_point_name: text }),
  dormakaba_community_metadata: z.strictObject({ access_point_profile: text }),
  hotek_metadata: z.strictObject({
    common_area_name: text,
    common_area_number: text,
    room_number: text,
  }),
  visionline_metadata: z.strictObject({
    door_category: z
      .enum(['entrance', 'guest', 'elevator reader', 'common', 'common (PMS)'])
      .optional(),
    door_name: text,
    profiles: z
      .array(
        z.strictObject({
          visionline_door_profile_id: text,
          visionline_door_profile_type: z.enum(['BLE', 'commonDoor', 'touch']).optional(),
        }),
      )
      .optional(),
  }),
})

/** Systems of offices and apartments. */
const ofOffices = () => ({
  avigilon_alta_metadata: z.strictObject({
    entry_name: text,
    entry_relays_total_count: number,
    org_name: text,
    site_id: number,
    site_name: text,
    zone_id: number,
    zone_name: text,
  }),
  brivo_metadata: z.strictObject({ access_point_id: text, site_id: number, site_name: text }),
  latch_metadata: z.strictObject({
    accessibility_type: text,
    door_name: text,
    door_type: text,
    is_connected: flag,
  }),
  salto_ks_metadata: z.strictObject({
    battery_level: text,
    door_name: text,
    intrusion_alarm: flag,
    left_open_alarm: flag,
    lock_type: text,
    locked_state: text,
    online: flag,
    privacy_mode: flag,
  }),
  salto_space_metadata: z.strictObject({
    audit_on_keys: flag,
    door_description: text,
    door_id: text,
    door_name: text,
    room_description: text,
    room_name: text,
  }),
})

export const entranceMetadata = once(() => ({ ...ofHotels(), ...ofOffices() }))

export type EntranceMetadataKey = keyof ReturnType<typeof entranceMetadata>

/** The metadata of a door of a brand that has none. */
export const noMetadata = once(() => z.strictObject({}))
