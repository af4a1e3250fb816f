import { CommanderError } from 'commander'
import { messageOf } from './output.ts'
import { createProgram } from './program.ts'

/** A wrong command line; the message has been printed by the parser. */
const USAGE = 2

/** Without a command it is `start` that is meant: `seam-emulator --seed`. */
const withDefaultCommand = (argv: readonly string[]): string[] => {
  const [node = '', script = '', ...args] = argv
  const [first] = args
  const namesACommand = first !== undefined && !first.startsWith('-')
  const asksTheProgram = ['-h', '--help', '-V', '--version'].includes(first ?? '')
  return [node, script, ...(namesACommand || asksTheProgram ? [] : ['start']), ...args]
}

/** Runs one command; whatever goes wrong is one clear line on stderr and a code other than 0. */
export const main = async (argv: readonly string[]): Promise<void> => {
  // `seam-emulator … | head -1` is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
  })
  try {
    const whole = withDefaultCommand(argv)
    const program = await createProgram(whole[2])
    await program.parseAsync(whole)
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE
      return
    }
    process.stderr.write(`seam-emulator: ${messageOf(error)}\n`)
    process.exitCode = 1
  }
}
