/** What any new device may be told, whatever it is. */
import { z } from 'zod'
import { isValidTimeZone } from '../lib/time-zone-name.ts'
import { id } from './fields.ts'

const text = (description: string) => z.string().describe(description).optional()
const flag = (description: string) => z.boolean().describe(description).optional()

/** What it is called, and whose it is. */
export const identityOfNewDevice = () => ({
  name: text("Its name; the model's when not given."),
  nickname: text('The nickname that it has in Seam.'),
  device_id: id().describe('Its id; made when not given.').optional(),
  connected_account_id: id().describe('Its account; made when not given.').optional(),
  custom_metadata: z
    .record(z.string(), z.union([z.string(), z.boolean()]))
    .describe('Custom metadata of the device.')
    .optional(),
  customer_key: text('The customer that it belongs to.'),
})

/** Where it hangs, and whether anybody reaches it. */
export const placeOfNewDevice = () => ({
  location: z
    .strictObject({
      location_name: text('What the place is called.'),
      time_zone: z
        .string()
        .refine(isValidTimeZone, 'There is no such IANA time zone: give one as Europe/Amsterdam')
        .describe('An IANA time zone, such as `Europe/Amsterdam`.')
        .optional(),
    })
    .describe('Where it hangs.')
    .optional(),
  is_managed: flag('Whether the workspace manages it; yes when not given.'),
  is_online: flag('Whether its radio is on; yes when not given.'),
})
