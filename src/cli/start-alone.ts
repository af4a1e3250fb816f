/**
 * The command `start` and nothing else. What is published has it as one file with all that it loads
 * (scripts/build.ts): a start of the forty files that all commands share takes a tenth longer.
 */
import { programOf } from './frame.ts'
import { runProgram } from './run-program.ts'
import { run } from './start-run.ts'
import { startCommand } from './start.ts'

/** @param options what stands after the command */
export const main = (options: readonly string[]): Promise<void> =>
  runProgram(['', '', 'start', ...options], () => programOf([startCommand(run)]))
