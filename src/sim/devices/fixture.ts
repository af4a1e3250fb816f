/** What a fixture may say of any device. */
import { z } from 'zod'

const id = z.string().min(1)
const metadata = z.record(z.string().max(40), z.union([z.string().max(500), z.boolean()]))

export const deviceFixtureFields = {
  device_id: id,
  connected_account_id: id,
  model: z.string().optional(),
  /** For a device that is not simulated: how it looks on the wire. */
  device_type: z.string().optional(),
  wire: z.record(z.string(), z.unknown()).optional(),
  name: z.string(),
  nickname: z.string().optional(),
  is_managed: z.boolean().default(true),
  is_online: z.boolean().default(true),
  location: z
    .strictObject({ location_name: z.string().optional(), time_zone: z.string().optional() })
    .optional(),
  custom_metadata: metadata.default({}),
  customer_key: z.string().optional(),
}

const described = z.object(deviceFixtureFields)

export type DescribedDevice = z.infer<typeof described>
