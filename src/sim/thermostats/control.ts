/** How a thermostat decides: it heats below its set point and cools above, with some play. Pure. */
import type { ClimateSetting, RoomState, SetPoint } from '../../db/tables/thermostats.ts'

/** Half of the play around a set point, K. Assumed. */
const PLAY = 0.3

/** The model's own band where its user gives no set points (eco), degrees Celsius. Assumed. */
const ECO = { heating: 15, cooling: 28 }

/** Where it switches on and off. */
export interface Band {
  on: number
  off: number
}

export interface Bands {
  heat: Band | null
  cool: Band | null
}

const heatBand = (at: number): Band => ({ on: at - PLAY, off: at + PLAY })
const coolBand = (at: number): Band => ({ on: at + PLAY, off: at - PLAY })

const bandsAt = (heating: SetPoint | null, cooling: SetPoint | null): Bands => ({
  heat: heating === null ? null : heatBand(heating.celsius),
  cool: cooling === null ? null : coolBand(cooling.celsius),
})

export const bandsOf = ({ hvac_mode_setting: mode, heating, cooling }: ClimateSetting): Bands => {
  switch (mode) {
    case 'heat':
      return bandsAt(heating, null)
    case 'cool':
      return bandsAt(null, cooling)
    case 'heat_cool':
      return bandsAt(heating, cooling)
    case 'eco':
      return { heat: heatBand(ECO.heating), cool: coolBand(ECO.cooling) }
    case 'off':
      return { heat: null, cool: null }
    default:
      return mode satisfies never
  }
}

/** What it does at a temperature, given what it was doing. */
export const decide = (
  before: RoomState,
  temperature: number,
  { heat, cool }: Bands,
): RoomState => {
  if (before === 'heating' && heat !== null && temperature <= heat.off) return 'heating'
  if (before === 'cooling' && cool !== null && temperature >= cool.off) return 'cooling'
  if (heat !== null && temperature < heat.on) return 'heating'
  if (cool !== null && temperature > cool.on) return 'cooling'
  return 'idle'
}

/** The set points that the mode in force uses. */
export const inForce = ({ hvac_mode_setting: mode, heating, cooling }: ClimateSetting) => ({
  heating: mode === 'heat' || mode === 'heat_cool' ? heating : null,
  cooling: mode === 'cool' || mode === 'heat_cool' ? cooling : null,
})
