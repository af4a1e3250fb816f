/** The same of thermostats and noise sensors: for every event and action attempt the story that reaches it. */
import type { Evidence } from './table.ts'

interface ClimateRow {
  what: 'event' | 'action attempt'
  name: string
  /** A test of test/stories, by its title. */
  story: string
  evidence: Evidence
  note?: string
}

const stay = 'a stay has the preset for guests while it lasts, and the fallback before and after'
const warm = 'is warm by arrival, at the instants of its formula, and silent for a year'
const broken =
  'a broken furnace heats and the room gets cold: the limit is told once, and so is its end'
const lost = 'a command that is lost leaves the thermostat as it is, and the next one works'
const alone = 'a program runs alone while its account is disconnected, also where clocks go forward'
const pair = 'a Minut sensor has two thresholds at most, and never loses that for normal hours'

export const climateTable: readonly ClimateRow[] = [
  {
    what: 'event',
    name: 'thermostat.climate_preset_activated',
    story: stay,
    evidence: 'document',
    note: 'where a period of the thermostat’s own program begins: inferred',
  },
  { what: 'event', name: 'thermostat.manually_adjusted', story: lost, evidence: 'document' },
  { what: 'event', name: 'thermostat.temperature_changed', story: warm, evidence: 'schema' },
  {
    what: 'event',
    name: 'thermostat.temperature_reached_set_point',
    story: warm,
    evidence: 'schema',
    note: 'once for each new target; at once where the room is there already: inferred',
  },
  {
    what: 'event',
    name: 'thermostat.temperature_threshold_exceeded',
    story: broken,
    evidence: 'document',
  },
  {
    what: 'event',
    name: 'thermostat.temperature_threshold_no_longer_exceeded',
    story: broken,
    evidence: 'document',
  },
  {
    what: 'event',
    name: 'noise_sensor.noise_threshold_triggered',
    story: 'a party in quiet hours is told four times, with the threshold for quiet hours',
    evidence: 'document',
    note: 'the times between the notices: inferred',
  },
  { what: 'action attempt', name: 'SET_HVAC_MODE', story: lost, evidence: 'schema' },
  {
    what: 'action attempt',
    name: 'SET_FAN_MODE',
    story: 'a fan runs when it is told to, and by itself while the room is heated',
    evidence: 'schema',
  },
  {
    what: 'action attempt',
    name: 'ACTIVATE_CLIMATE_PRESET',
    story: 'an activated preset beats a schedule until the next boundary',
    evidence: 'document',
  },
  { what: 'action attempt', name: 'PUSH_THERMOSTAT_PROGRAMS', story: alone, evidence: 'document' },
  { what: 'action attempt', name: 'CREATE_NOISE_THRESHOLD', story: pair, evidence: 'document' },
  {
    what: 'action attempt',
    name: 'UPDATE_NOISE_THRESHOLD',
    story: 'a sensor that is offline judges by its old threshold, until the new one is on it',
    evidence: 'schema',
  },
  { what: 'action attempt', name: 'DELETE_NOISE_THRESHOLD', story: pair, evidence: 'document' },
]
