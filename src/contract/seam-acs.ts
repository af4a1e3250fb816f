/** Things of access systems and thermostats as Seam's API shows them. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { textOrNull } from './fields.ts'
import { errors, ofSeam, warnings } from './seam.ts'

const text = (description: string) => z.string().describe(description)

export const seamAcsUser = once(() =>
  ofSeam(
    z
      .object({
        acs_user_id: text('Its id.'),
        acs_system_id: text('The access system.'),
        display_name: text('How it is shown.'),
        errors: errors().optional(),
        warnings: warnings().optional(),
      })
      .describe("A user of an access system as Seam's API shows it."),
  ),
)
export type SeamAcsUser = z.output<ReturnType<typeof seamAcsUser>>

export const seamAcsCredential = once(() =>
  ofSeam(
    z
      .object({
        acs_credential_id: text('Its id.'),
        acs_system_id: text('The access system.'),
        access_method: text('Such as `card`.'),
        is_issued: z.boolean().describe('Whether it can be used.').optional(),
        code: textOrNull('The PIN; null while nobody knows it.').optional(),
        card_number: textOrNull('The card that it is on.').optional(),
        errors: errors().optional(),
        warnings: warnings().optional(),
      })
      .describe("A credential as Seam's API shows it."),
  ),
)
export type SeamAcsCredential = z.output<ReturnType<typeof seamAcsCredential>>

export const seamAcsEntrance = once(() =>
  ofSeam(
    z
      .object({
        acs_entrance_id: text('Its id.'),
        acs_system_id: text('The access system.'),
        display_name: text('How it is shown.'),
        errors: errors().optional(),
        warnings: warnings().optional(),
      })
      .describe("A door of an access system as Seam's API shows it."),
  ),
)
export type SeamAcsEntrance = z.output<ReturnType<typeof seamAcsEntrance>>

export const seamThermostatSchedule = once(() =>
  ofSeam(
    z
      .object({
        thermostat_schedule_id: text('Its id.'),
        device_id: text('The thermostat.'),
        climate_preset_key: text('The preset that it puts in force.'),
        starts_at: text('When it begins.'),
        ends_at: text('When it is over.'),
        errors: errors().optional(),
      })
      .describe("A schedule of a thermostat as Seam's API shows it."),
  ),
)
export type SeamThermostatSchedule = z.output<ReturnType<typeof seamThermostatSchedule>>
