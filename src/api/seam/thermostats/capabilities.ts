/** What a model of thermostats can do, as flags: only what it can is said. */
import type { ThermostatProfile } from '../../../sim/thermostats/profile.ts'
import { ownNetworkSimulates } from '../../../sim/devices/kinds.ts'
import { simulateFlags } from '../devices/simulate-flags.ts'

const programFlags = ({ programs }: ThermostatProfile): Record<string, boolean> =>
  programs === null
    ? {}
    : {
        can_run_thermostat_programs: true,
        ...Object.fromEntries(
          programs.can_be.map((week) => [`can_program_thermostat_programs_as_${week}`, true]),
        ),
      }

export const thermostatFlags = (profile: ThermostatProfile): Record<string, boolean> => ({
  ...(profile.hvac_modes.includes('heat') && { can_hvac_heat: true }),
  ...(profile.hvac_modes.includes('cool') && { can_hvac_cool: true }),
  ...(profile.hvac_modes.includes('heat_cool') && { can_hvac_heat_cool: true }),
  ...(profile.hvac_modes.includes('off') && { can_turn_off_hvac: true }),
  ...programFlags(profile),
  ...simulateFlags(ownNetworkSimulates),
})
