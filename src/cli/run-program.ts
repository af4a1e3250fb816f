import { CommanderError } from 'commander'
import type { Command } from 'commander'
import { codeOf, exitCodes, sentenceOf } from './failure.ts'
import { refuseUnknownChild } from './frame.ts'

/** Runs one command; whatever goes wrong is one clear line on stderr and a code other than 0. */
export const runProgram = async (
  argv: readonly string[],
  createProgram: (name: string | undefined) => Command | Promise<Command>,
): Promise<void> => {
  // `seam-emulator … | head -1` is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
  })
  try {
    const program = await createProgram(argv[2])
    refuseUnknownChild(program, argv.slice(2))
    await program.parseAsync(argv)
  } catch (error) {
    if (error instanceof CommanderError) {
      // The parser has printed what is wrong.
      process.exitCode = error.exitCode === 0 ? 0 : exitCodes.usage
      return
    }
    process.stderr.write(`seam-emulator: ${sentenceOf(error)}\n`)
    process.exitCode = codeOf(error)
  }
}
