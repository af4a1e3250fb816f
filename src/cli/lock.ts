import { Command } from 'commander'
import { answerReader } from '../client/ask.ts'
import type { ControlClient } from '../client/control-client.ts'
import type { Lock } from '../client/shapes.ts'
import { lockModels } from '../contract/vocabulary.ts'
import { nearest } from '../lib/nearest.ts'
import { lockRoutes } from '../contract/locks.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { keyValue } from '../lib/key-values.ts'
import { deviceIdOf, listDevices } from './lookup.ts'
import { fields, inline, instant, table, writeJson, writeLine, yesNo } from './output.ts'

const power = (state: Lock['battery']): string =>
  state === null ? '–' : `${Math.round(state.level * 100)} %, ${state.status}`

const lockText = (lock: Lock): string => {
  const { memory_bank, bolt, link, keypad } = lock
  const head = fields([
    ['device', `${paint('bold', lock.name)}  ${lock.device_id}`],
    ['model', lock.model ?? '–'],
    ['online', `${yesNo(lock.online)}${link.cause === null ? '' : ` (${link.cause})`}`],
    [
      'bridge',
      lock.bridge === null
        ? '–'
        : `${lock.bridge.bridge_id} ${lock.bridge.online ? '' : paint('red', 'unplugged')}`,
    ],
    [
      'bolt',
      `${bolt.locked ? 'locked' : 'unlocked'}${bolt.jammed ? paint('red', ', jammed') : ''}`,
    ],
    ['battery', power(lock.battery)],
    ['keypad', `connected ${yesNo(keypad.is_connected)}, has power ${yesNo(keypad.has_power)}`],
    ['memory', `${memory_bank.slots.length} of ${memory_bank.capacity} slots in use`],
  ])
  if (memory_bank.slots.length === 0) return head
  const slots = table(
    ['slot', 'code', 'name', 'from', 'until', 'access code'],
    memory_bank.slots.map((slot) => [
      String(slot.slot),
      slot.code,
      slot.name ?? '–',
      instant(slot.starts_at),
      instant(slot.ends_at),
      slot.access_code_id ?? paint('yellow', 'not from Seam'),
    ]),
  )
  return `${head}\n\n${slots}`
}

type OnLock = (client: ControlClient, id: { device_id: string }) => Promise<Lock>

/** Does something to the lock that is named, and shows it. */
const onLock = (device: string, options: ConnectionOptions, act: OnLock): Promise<void> =>
  withClient(options, async (client) => {
    const lock = await act(client, { device_id: await deviceIdOf(client, device) })
    if (options.json === true) writeJson({ lock })
    else writeLine(lockText(lock))
  })

const simple = (name: string, description: string, act: OnLock): Command =>
  clientCommand(name, description)
    .argument('<device>', 'id or name')
    .action((device: string, options: ConnectionOptions) => onLock(device, options, act))

const list = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const devices = await listDevices(client)
    if (options.json === true) return writeJson({ devices })
    const rows = devices.map(({ device_id, device_type, display_name, properties }) => [
      device_id,
      display_name,
      device_type,
      yesNo(properties.online),
      properties.locked === undefined ? '–' : properties.locked ? 'locked' : 'unlocked',
    ])
    writeLine(table(['device_id', 'name', 'type', 'online', 'bolt'], rows))
  })

const enter = (device: string, code: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const device_id = await deviceIdOf(client, device)
    const answer = await client.locks.enterCode({ device_id, code })
    if (options.json === true) writeJson(answer)
    else if (answer.opened) writeLine(paint('green', 'The door opens.'))
    else writeLine(paint('red', `The door stays shut: ${answer.reason ?? 'no reason'}.`))
    if (!answer.opened) process.exitCode = 1
  })

/** Says it in one line, with what was probably meant. @throws Error */
const requireModel = (model: string): void => {
  if (lockModels.some((known) => known === model)) return
  const near = nearest(model, lockModels)
  throw new Error(
    `There is no lock model "${model}".${near === undefined ? '' : ` Did you mean ${near}?`} See: seam-emulator lock models`,
  )
}

const create = (
  model: string,
  overrides: string[],
  options: ConnectionOptions & { name?: string },
): Promise<void> =>
  withClient(options, async (client) => {
    requireModel(model)
    const { name } = options
    const input = {
      model,
      ...(name !== undefined && { name }),
      ...Object.fromEntries(overrides.map(keyValue)),
    }
    // As it was typed: the server says what is wrong with it.
    const answer = await client.call(lockRoutes.create.path, input)
    const { device } = answerReader(lockRoutes.create).parse(answer)
    if (options.json === true) return writeJson({ device })
    writeLine(lockText(await client.locks.get({ device_id: device.device_id })))
  })

const models = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const lock_models = await client.lockModels.list()
    if (options.json === true) return writeJson({ lock_models })
    const rows = lock_models.map((model) => [
      model.model,
      inline(model.display_name),
      inline(model.scheduling),
      inline(model.memory_slots),
      inline(model.keypad),
    ])
    writeLine(table(['model', 'name', 'scheduling', 'slots', 'keypad'], rows))
  })

/** `5%` and `0.05` are the same level. @throws Error for what is none */
const levelOf = (text: string): number => {
  const [, number, percent] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim()) ?? []
  const level = Number(number ?? 'NaN') / (percent === '%' ? 100 : 1)
  if (level >= 0 && level <= 1) return level
  throw new Error(`"${text}" is no level: give 0 to 1, or a percentage such as 5%.`)
}

const createSubcommand = (): Command =>
  clientCommand('create', 'hang a lock of any model on a door')
    .argument('<model>', 'such as august: see "lock models"')
    .argument('[field=value...]', 'other fields of /_emulator/locks/create')
    .option('--name <name>', "the lock's name")
    .action(create)

const enterSubcommand = (): Command =>
  clientCommand('enter', 'type a code; exit code 1 when the door stays shut')
    .argument('<device>', 'id or name')
    .argument('<code>', 'the PIN')
    .action(enter)

const batterySubcommand = (): Command =>
  clientCommand('battery', 'put in a battery of this level')
    .argument('<device>', 'id or name')
    .argument('<level>', '0 to 1, or a percentage such as 5%', levelOf)
    .option('--keypad', "the accessory keypad's battery")
    .action((device: string, level: number, options: ConnectionOptions & { keypad?: boolean }) =>
      onLock(device, options, (client, id) =>
        client.locks.setBattery({
          ...id,
          level,
          ...(options.keypad === true && { keypad: true }),
        }),
      ),
    )

const keypadSubcommand = (): Command =>
  clientCommand('keypad', 'connect or disconnect the accessory keypad')
    .argument('<device>', 'id or name')
    .argument('<state>', 'on or off')
    .action((device: string, state: string, options: ConnectionOptions) => {
      if (!['on', 'off'].includes(state)) throw new Error('Say on or off.')
      return onLock(device, options, (client, id) =>
        client.locks.setKeypad({ ...id, connected: state === 'on' }),
      )
    })

/** The commands that take nothing but the lock: name, description, deed. */
const simpleDeeds: readonly [name: string, description: string, act: OnLock][] = [
  ['disconnect', "take the lock's own radio off", ({ locks }, id) => locks.disconnect(id)],
  ['connect', "put the lock's own radio on", ({ locks }, id) => locks.connect(id)],
  ['jam', 'jam the bolt', ({ locks }, id) => locks.jam(id)],
  ['unjam', 'free the bolt', ({ locks }, id) => locks.jam({ ...id, jammed: false })],
]

const help = `
A device is given by its id, the beginning or end of it, or its name.

Examples:
  seam-emulator lock                                  all locks
  seam-emulator lock show "Front Door"                with every code in its memory
  seam-emulator lock enter "Front Door" 1234          does it open?
  seam-emulator lock create schlage --name "Attic" memory_slots=2
  seam-emulator lock battery "Front Door" 5%`

export const lockCommand = (): Command => {
  const command = new Command('lock')
    .description('look at locks, type codes on them, and take them apart')
    .addCommand(clientCommand('list', 'all devices').action(list), { isDefault: true })
    .addCommand(clientCommand('models', 'lock models that "lock create" makes').action(models))
    .addCommand(simple('show', 'one lock with its memory bank', ({ locks }, id) => locks.get(id)))
    .addCommand(createSubcommand())
    .addCommand(enterSubcommand())
    .addCommand(batterySubcommand())
    .addCommand(keypadSubcommand())
  for (const deed of simpleDeeds) command.addCommand(simple(...deed))
  return command.addHelpText('after', help)
}
