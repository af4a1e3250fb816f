/** What all commands stand in: their errors, their help. */
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

/** The command line of these commands. */
export const programOf = (commands: readonly Command[]): Command => {
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
  for (const command of commands) {
    program.addCommand(command, { hidden: command.name().startsWith('__') })
  }
  return throwing(program)
}
