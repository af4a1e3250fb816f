import { Command } from 'commander'
import { nearest } from '../lib/nearest.ts'
import { packageVersion } from '../lib/version.ts'

/**
 * Errors of a whole tree of commands are thrown, not exited with; each is told with the one prefix
 * that all errors have, and with how the command is used.
 */
const throwing = (command: Command, path: readonly string[] = [command.name()]): Command => {
  command.exitOverride()
  const whole = path.join(' ')
  command.showHelpAfterError(
    `Usage: ${whole} ${command.usage()}\nMore: ${whole} --help`.replaceAll(/ +/g, ' '),
  )
  command.configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'seam-emulator: ')),
  })
  for (const child of command.commands) throwing(child, [...path, child.name()])
  return command
}

/**
 * Groups have a command that is meant when none is named, to which a slip such as `lock lst` would be
 * one argument too many.
 *
 * @throws CommanderError
 */
export const refuseUnknownChild = (program: Command, args: readonly string[]): void => {
  const group = program.commands.find((command) => command.name() === args[0])
  const [, word] = args
  if (group === undefined || group.commands.length === 0) return
  if (word === undefined || word.startsWith('-') || word === 'help') return
  const names = group.commands.map((command) => command.name())
  if (names.includes(word)) return
  const near = nearest(word, names)
  const hint = near === undefined ? '' : ` Did you mean ${near}?`
  group.error(`error: there is no command "${group.name()} ${word}".${hint}`)
}

/** Every command, in the order in which help shows them. Each is one file, loaded when it is called. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).startCommand(),
  exec: async () => (await import('./exec.ts')).execCommand(),
  demo: async () => (await import('./demo.ts')).demoCommand(),
  clock: async () => (await import('./clock.ts')).clockCommand(),
  lock: async () => (await import('./lock.ts')).lockCommand(),
  listen: async () => (await import('./listen.ts')).listenCommand(),
  logs: async () => (await import('./logs.ts')).logsCommand(),
  trigger: async () => (await import('./trigger.ts')).triggerCommand(),
  resend: async () => (await import('./resend.ts')).resendCommand(),
  bridge: async () => (await import('./bridge.ts')).bridgeCommand(),
  fault: async () => (await import('./fault.ts')).faultCommand(),
  inbox: async () => (await import('./inbox.ts')).inboxCommand(),
  events: async () => (await import('./events.ts')).eventsCommand(),
  disagreements: async () => (await import('./disagreements.ts')).disagreementsCommand(),
  agenda: async () => (await import('./agenda.ts')).agendaCommand(),
  explain: async () => (await import('./explain.ts')).explainCommand(),
  doctor: async () => (await import('./doctor.ts')).doctorCommand(),
  snapshot: async () => (await import('./snapshot.ts')).snapshotCommand(),
  workspace: async () => (await import('./workspace.ts')).workspaceCommand(),
  call: async () => (await import('./call.ts')).callCommand(),
  report: async () => (await import('./report.ts')).reportCommand(),
  explore: async () => (await import('./explore/command.ts')).exploreCommand(),
  incident: async () => (await import('./incident.ts')).incidentCommand(),
  open: async () => (await import('./open.ts')).openCommand(),
  import: async () => (await import('./import.ts')).importCommand(),
  mcp: async () => (await import('./mcp/command.ts')).mcpCommand(),
  init: async () => (await import('./init.ts')).initCommand(),
  routes: async () => (await import('./routes.ts')).routesCommand(),
  __names: async () => (await import('./names.ts')).namesCommand(),
}

/** Completion is made of all the others, so it never comes alone. */
const completion = async (): Promise<Command> =>
  (await import('./completion.ts')).completionCommand()

export const isCommand = (name: string): boolean => Object.hasOwn(commands, name)

const load = (name: string | undefined): Promise<Command[]> => {
  const called = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  const wanted = called === undefined ? [...Object.values(commands), completion] : [called]
  return Promise.all(wanted.map((command) => command()))
}

/**
 * The command line as data: it is also what shell completion is made of.
 *
 * @param name the command that is called, when only that one is needed
 */
export const createProgram = async (name?: string): Promise<Command> => {
  const program = new Command('seam-emulator')
    .description('A local emulator of the Seam API, with simulated smart locks.')
    .version(packageVersion())
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      `
Begin here:
  seam-emulator demo                          a guest's stay, from booking to check-out, in ten seconds
  seam-emulator demo reservation              a pushed booking: spaces, access grant, move, cancellation
  seam-emulator                               start on http://localhost:3020
  seam-emulator exec -- npm test              run tests against an emulator of their own
  seam-emulator <command> --help              what a command does, with examples

Commands other than start, exec and demo act on an emulator that runs: --url or SEAM_EMULATOR_URL
says where, --api-key or SEAM_EMULATOR_API_KEY says in which workspace.

An independent project, not affiliated with Seam.`,
    )
  for (const command of await load(name)) {
    program.addCommand(command, { hidden: command.name().startsWith('__') })
  }
  return throwing(program)
}
