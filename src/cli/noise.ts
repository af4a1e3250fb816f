import { Command } from 'commander'
import type { ControlClient } from '../client/control-client.ts'
import type { NoiseSensor } from '../client/shapes.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { deviceIdOf, listDevices } from './lookup.ts'
import { fields, inline, table, writeJson, writeLine, yesNo } from './output.ts'

const sensorText = (it: NoiseSensor): string => {
  const head = fields([
    ['device', `${paint('bold', it.name)}  ${it.device_id}`],
    ['model', it.model],
    ['online', yesNo(it.online)],
    ['level', `${it.level} dB`],
    ['battery', it.battery === null ? '–' : `${Math.round(it.battery.level * 100)} %`],
    ['untold', `${it.untold} notices`],
  ])
  const slots = table(
    ['threshold', 'dB', 'from', 'until'],
    it.slots.map((slot) => [
      slot.name,
      String(slot.decibels),
      slot.starts_daily_at,
      slot.ends_daily_at,
    ]),
  )
  return it.slots.length === 0 ? head : `${head}\n\n${slots}`
}

type Act = (client: ControlClient, device_id: string) => Promise<NoiseSensor>

/** Does something to the sensor that is named, and shows it. */
const onSensor = (device: string, options: ConnectionOptions, act: Act): Promise<void> =>
  withClient(options, async (client) => {
    const noise_sensor = await act(client, await deviceIdOf(client, device))
    if (options.json === true) writeJson({ noise_sensor })
    else writeLine(sensorText(noise_sensor))
  })

const sensorTypes = ['minut_sensor', 'noiseaware_activity_zone']

const list = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const all = await listDevices(client)
    const devices = all.filter((it) => sensorTypes.includes(it.device_type))
    if (options.json === true) return writeJson({ devices })
    const rows = devices.map(({ device_id, display_name, device_type, properties }) => [
      device_id,
      display_name,
      device_type,
      yesNo(properties.online),
      inline(properties['noise_level_decibels']),
    ])
    writeLine(table(['device_id', 'name', 'type', 'online', 'dB'], rows))
  })

/** @throws Error for what is none */
const decibelsOf = (text: string): number => {
  const decibels = Number(text.replace(/\s*dB$/i, ''))
  if (Number.isFinite(decibels)) return decibels
  throw new Error(`"${text}" is no level: give decibels, such as 75.`)
}

interface PlayOptions extends ConnectionOptions {
  for: string
  after?: string
}

const play = (device: string, decibels: number, options: PlayOptions): Promise<void> =>
  onSensor(device, options, (client, device_id) => {
    const { for: lasts, after } = options
    const segment = { decibels, for: lasts, ...(after !== undefined && { after }) }
    return client.noiseSensors.play({ device_id, segments: [segment] })
  })

const explain = (device: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const device_id = await deviceIdOf(client, device)
    const explanation = await client.noiseSensors.explain({ device_id })
    if (options.json === true) return writeJson({ explanation })
    for (const sentence of explanation.summary) writeLine(sentence)
  })

export const noiseCommand = (): Command =>
  new Command('noise')
    .description('look at noise sensors, and make noise around them')
    .addCommand(clientCommand('list', 'all noise sensors').action(list), { isDefault: true })
    .addCommand(
      clientCommand('show', 'one sensor with the thresholds in its memory')
        .argument('<device>', 'id or name')
        .action((device: string, options: ConnectionOptions) =>
          onSensor(device, options, (client, device_id) => client.noiseSensors.get({ device_id })),
        ),
    )
    .addCommand(
      clientCommand('play', 'make so much noise around a sensor')
        .argument('<device>', 'id or name')
        .argument('<decibels>', 'how loud, such as 75', decibelsOf)
        .option('--for <duration>', 'for how long', '40m')
        .option('--after <duration>', 'how long from now; at once when not given')
        .action(play),
    )
    .addCommand(
      clientCommand('explain', 'why a sensor tells of noise or not')
        .argument('<device>', 'id or name')
        .action(explain),
    )
    .addHelpText(
      'after',
      `
A device is given by its id, the beginning or end of it, or its name.

Examples:
  seam-emulator noise                                 all noise sensors
  seam-emulator noise play "Living Room" 75 --for 40m
  seam-emulator noise explain "Living Room"           what it follows, and what waits`,
    )
