/** What can be told of thermostats and noise sensors: what they report goes by unheard. */
import { count } from './evidence.ts'
import type { Check } from './evidence.ts'
import { heard } from './heard.ts'

const commands = new Set([
  '/thermostats/activate_climate_preset',
  '/thermostats/cool',
  '/thermostats/heat',
  '/thermostats/heat_cool',
  '/thermostats/off',
  '/thermostats/set_fan_mode',
  '/thermostats/set_hvac_mode',
])

/** A command is answered before the thermostat has taken it: who never looks never knows. */
const unansweredCommands: Check = ({ requests }) => {
  const check = 'thermostat-commands'
  const sent = requests.filter(({ path, status }) => status === 200 && commands.has(path))
  if (sent.length === 0) return []
  const looks = requests.some(({ path }) =>
    /^\/(action_attempts|devices|thermostats)\/(get|list)$/.test(path),
  )
  return looks
    ? [{ check, verdict: 'good', text: 'Somebody looked what came of commands to thermostats.' }]
    : [
        {
          check,
          verdict: 'wrong',
          text: `${count(sent.length, 'command')} to thermostats, and nobody looked what came of them.`,
          advice:
            'The answer is an action attempt that is still pending: read /action_attempts/get until it has succeeded or failed.',
        },
      ]
}

export const checksOfClimate: readonly Check[] = [
  heard(
    'noise-unheard',
    'noise_sensor.noise_threshold_triggered',
    'a noise sensor',
    'Register a webhook for noise_sensor.noise_threshold_triggered: neighbours call sooner than you poll.',
  ),
  heard(
    'temperature-unheard',
    'thermostat.temperature_threshold_exceeded',
    'a thermostat',
    'Register a webhook for thermostat.temperature_threshold_exceeded: pipes freeze without a sound.',
  ),
  unansweredCommands,
]
