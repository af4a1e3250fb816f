#!/usr/bin/env node
/** The command line. Each command is one file in `cli/`, loaded when it is called. */
import { enableCompileCache } from 'node:module'

// Compiled code is kept between runs: it makes every command start in less than half the time.
enableCompileCache()

/** The arguments of `start` and `exec`, where they are called and no other command can be meant. */
const argumentsOfStart = (args: readonly string[]): readonly string[] | null => {
  const [command, first = '-'] = args
  if (command === undefined) return ['start']
  const isStart = command === 'start' && first.startsWith('-') && first !== '--'
  return isStart || command === 'exec' ? args : null
}

const args = argumentsOfStart(process.argv.slice(2))
if (args === null) await (await import('./cli/main.ts')).main(process.argv)
else await (await import('./cli/start-alone.ts')).main(args)
