import { Command } from 'commander'
import { answerReader } from '../client/ask.ts'
import type { ControlClient } from '../client/control-client.ts'
import type { Thermostat } from '../client/shapes.ts'
import { thermostatRoutes } from '../contract/thermostats.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { keyValue } from '../lib/key-values.ts'
import { deviceIdOf, listDevices } from './lookup.ts'
import { fields, inline, table, writeJson, writeLine, yesNo } from './output.ts'

const settingText = (setting: Thermostat['held']): string => {
  const { heating_set_point_celsius: heating, cooling_set_point_celsius: cooling } = setting
  return [
    setting.hvac_mode_setting,
    ...(heating === null ? [] : [`heating to ${heating.toFixed(1)} °C`]),
    ...(cooling === null ? [] : [`cooling to ${cooling.toFixed(1)} °C`]),
    ...(setting.climate_preset_key === null ? [] : [`preset ${setting.climate_preset_key}`]),
  ].join(', ')
}

const thermostatText = (it: Thermostat): string =>
  fields([
    ['device', `${paint('bold', it.name)}  ${it.device_id}`],
    ['model', it.model],
    ['online', yesNo(it.online)],
    ['room', `${it.temperature_celsius.toFixed(1)} °C, ${it.room.outdoor} °C outside`],
    ['does', it.state],
    ['holds', settingText(it.held)],
    ['known', settingText(it.known)],
    ['week of its own', yesNo(it.has_program)],
  ])

type Act = (client: ControlClient, device_id: string) => Promise<Thermostat>

/** Does something to the thermostat that is named, and shows it. */
const onThermostat = (device: string, options: ConnectionOptions, act: Act): Promise<void> =>
  withClient(options, async (client) => {
    const thermostat = await act(client, await deviceIdOf(client, device))
    if (options.json === true) writeJson({ thermostat })
    else writeLine(thermostatText(thermostat))
  })

const list = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const devices = (await listDevices(client)).filter((it) =>
      it.device_type.endsWith('_thermostat'),
    )
    if (options.json === true) return writeJson({ devices })
    const rows = devices.map(({ device_id, display_name, device_type, properties }) => [
      device_id,
      display_name,
      device_type,
      yesNo(properties.online),
      inline(properties['temperature_celsius']),
    ])
    writeLine(table(['device_id', 'name', 'type', 'online', '°C'], rows))
  })

/** As it was typed: the server says what is wrong with it. */
const send =
  (path: string, changes: readonly string[]): Act =>
  async (client, device_id) => {
    const input = { device_id, ...Object.fromEntries(changes.map(keyValue)) }
    return answerReader(thermostatRoutes.set_room).parse(await client.call(path, input)).thermostat
  }

const explain = (device: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const device_id = await deviceIdOf(client, device)
    const explanation = await client.thermostats.explain({ device_id })
    if (options.json === true) return writeJson({ explanation })
    for (const sentence of explanation.summary) writeLine(sentence)
  })

const changing = (name: string, description: string, path: string): Command =>
  clientCommand(name, description)
    .argument('<device>', 'id or name')
    .argument('<field=value...>', `fields of ${path}`)
    .action((device: string, changes: string[], options: ConnectionOptions) =>
      onThermostat(device, options, send(path, changes)),
    )

export const thermostatCommand = (): Command =>
  new Command('thermostat')
    .description('look at thermostats and rooms, turn the dial, change the weather')
    .addCommand(clientCommand('list', 'all thermostats').action(list), { isDefault: true })
    .addCommand(
      clientCommand('show', 'one thermostat with its room')
        .argument('<device>', 'id or name')
        .action((device: string, options: ConnectionOptions) =>
          onThermostat(device, options, (client, device_id) =>
            client.thermostats.get({ device_id }),
          ),
        ),
    )
    .addCommand(
      changing(
        'room',
        'change the room: how warm it is, the weather, a broken furnace',
        thermostatRoutes.set_room.path,
      ),
    )
    .addCommand(changing('dial', 'turn the dial on the wall', thermostatRoutes.turn_dial.path))
    .addCommand(
      clientCommand('explain', 'why a room is as warm as it is')
        .argument('<device>', 'id or name')
        .action(explain),
    )
    .addHelpText(
      'after',
      `
A device is given by its id, the beginning or end of it, or its name.

Examples:
  seam-emulator thermostat                            all thermostats
  seam-emulator thermostat room "Living Room" temperature=16 outdoor=-5
  seam-emulator thermostat room "Living Room" heating_gain=0
  seam-emulator thermostat dial "Living Room" heating_set_point_celsius=26`,
    )
