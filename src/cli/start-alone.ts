/**
 * The commands `start` and `exec` and nothing else. What is published has them as one file with all that
 * they load (scripts/build.ts): a start of the forty files that all commands share takes a third longer.
 */
import type { Command } from 'commander'
import { programOf } from './frame.ts'
import { runProgram } from './run-program.ts'
import { run } from './start-run.ts'
import { startCommand } from './start.ts'

const commandOf = async (name: string | undefined): Promise<Command> =>
  name === 'exec' ? (await import('./exec.ts')).execCommand() : startCommand(run)

/** @param args the command and what stands after it */
export const main = (args: readonly string[]): Promise<void> =>
  runProgram(['', '', ...args], async (name) => programOf([await commandOf(name)]))
