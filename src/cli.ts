#!/usr/bin/env node
/** The command line. Each command is one file in `cli/`, loaded when it is called. */
import { enableCompileCache } from 'node:module'

// Compiled code is kept between runs: it makes every command start in less than half the time.
enableCompileCache()

/** What stands after `start`, where that is called and no other command can be meant. */
const optionsOfStart = ([command, ...options]: readonly string[]): readonly string[] | null => {
  const [first = '-'] = options
  const isStart = command === 'start' && first.startsWith('-') && first !== '--'
  return isStart || command === undefined ? options : null
}

const options = optionsOfStart(process.argv.slice(2))
if (options === null) await (await import('./cli/main.ts')).main(process.argv)
else await (await import('./cli/start-alone.ts')).main(options)
