import { createProgram, isCommand } from './program.ts'
import { runProgram } from './run-program.ts'

/** Options that every command that speaks to a running emulator has, and whether a value follows. */
const connecting: Readonly<Record<string, boolean>> = {
  '--url': true,
  '--api-key': true,
  '--workspace': true,
  '--json': false,
}

/** `--url localhost:3020 lock list` is `lock list --url localhost:3020`: many tools take it either way. */
const withOptionsBehind = (args: readonly string[]): string[] => {
  let at = 0
  for (;;) {
    const [name = '', value] = (args[at] ?? '').split('=', 2)
    const takesValue = Object.hasOwn(connecting, name) ? connecting[name] : undefined
    if (takesValue === undefined) break
    at += takesValue && value === undefined ? 2 : 1
  }
  const [command, ...rest] = args.slice(at)
  if (at === 0 || command === undefined || !isCommand(command)) return [...args]
  const end = rest.indexOf('--')
  const own = end === -1 ? rest : rest.slice(0, end)
  return [command, ...own, ...args.slice(0, at), ...rest.slice(own.length)]
}

/** Without a command it is `start` that is meant: `seam-emulator --seed`. */
const withDefaultCommand = (argv: readonly string[]): string[] => {
  const [node = '', script = '', ...given] = argv
  const args = withOptionsBehind(given)
  const [first] = args
  const namesACommand = first !== undefined && !first.startsWith('-')
  // `npm start -- demo` is `start demo`.
  const [, second] = args
  if (first === 'start' && second !== undefined && isCommand(second)) {
    return [node, script, ...args.slice(1)]
  }
  const asksTheProgram = ['-h', '--help', '-V', '--version'].includes(first ?? '')
  return [node, script, ...(namesACommand || asksTheProgram ? [] : ['start']), ...args]
}

export const main = (argv: readonly string[]): Promise<void> =>
  runProgram(withDefaultCommand(argv), createProgram)
