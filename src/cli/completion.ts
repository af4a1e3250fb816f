import { Argument, Command } from 'commander'
import { effectsOn, faultOccasions, kindOf } from '../contract/fault-occasions.ts'
import { eventTypes, lockModels } from '../contract/vocabulary.ts'
import { routesByName } from './call.ts'
import { isNamed } from './names.ts'
import { writeLine } from './output.ts'

const shells = ['bash', 'zsh', 'fish'] as const

const optionsOf = (command: Command): string[] => [
  ...command.options.flatMap(({ long }) => (long === undefined || long === null ? [] : [long])),
  '--help',
]

interface Level {
  /** The commands that lead here, such as `clock advance`. */
  path: string
  /** What a running emulator is asked for: the argument that takes it, such as `device`. */
  asks: string | null
  words: { word: string; description: string }[]
}

/** Words that a command takes, beside what only a running emulator knows (`names.ts`). */
const valuesAt: Readonly<Record<string, readonly string[]>> = {
  'lock create': lockModels,
  'fault create': [
    ...faultOccasions,
    ...new Set(faultOccasions.flatMap((on) => effectsOn(on).map(kindOf))),
  ],
  trigger: eventTypes,
  call: [...routesByName.keys()],
}

const isShown = (command: Command): boolean => !command.name().startsWith('__')

/** What may be typed next, for every point in the tree of commands. */
const levelsOf = (command: Command, path: readonly string[] = []): Level[] => [
  {
    path: path.join(' '),
    asks: command.registeredArguments.map((it) => it.name()).find(isNamed) ?? null,
    words: [
      ...command.commands.filter(isShown).map((child) => ({
        word: child.name(),
        description: child.description(),
      })),
      ...(valuesAt[path.join(' ')] ?? []).map((word) => ({ word, description: '' })),
      ...optionsOf(command).map((word) => ({ word, description: '' })),
    ],
  },
  ...command.commands.filter(isShown).flatMap((child) => levelsOf(child, [...path, child.name()])),
]

/** The commands that take what a running emulator has. */
const asking = (levels: readonly Level[]): Level[] => levels.filter(({ asks }) => asks !== null)

const wordsOf = ({ words }: Level): string => words.map(({ word }) => word).join(' ')

/** A function that finds the deepest known path among the words typed, and offers what follows. */
const bash = (
  levels: readonly Level[],
): string => `# seam-emulator completion for bash: source <(seam-emulator completion bash)
_seam_emulator() {
  local path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path\${path:+ }$word" in
${levels
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      "${path}") path="${path}" ;;`)
  .join('\n')}
    esac
  done
  local words=""
  case "$path" in
${levels.map((level) => `    "${level.path}") words="${wordsOf(level)}" ;;`).join('\n')}
  esac
  local asks="" name typed="\${COMP_WORDS[COMP_CWORD]//\\\\/}"
  typed=\${typed#[\\"\\']}
  case "$path" in
${asking(levels)
  .map(({ path, asks }) => `    "${path}") asks="${asks}" ;;`)
  .join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
  if [ -n "$asks" ]; then
    while IFS= read -r name; do
      if [ -n "$name" ] && [[ "$name" == "$typed"* ]]; then COMPREPLY+=("$name"); fi
    done < <(seam-emulator __names "$asks" 2>/dev/null)
  fi
  if [ "\${#COMPREPLY[@]}" -eq 0 ]; then COMPREPLY=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")); fi
}
complete -o filenames -F _seam_emulator seam-emulator
`

const zsh = (levels: readonly Level[]): string => `#compdef seam-emulator
# seam-emulator completion for zsh: source <(seam-emulator completion zsh)
_seam_emulator() {
  local path_="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$path_\${path_:+ }$word" in
${levels
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      "${path}") path_="${path}" ;;`)
  .join('\n')}
    esac
  done
  case "$path_" in
${levels.map((level) => `    "${level.path}") compadd -- ${wordsOf(level)} ;;`).join('\n')}
  esac
  case "$path_" in
${asking(levels)
  .map(
    ({ path, asks }) =>
      `    "${path}") compadd -- "\${(@f)$(seam-emulator __names ${asks} 2>/dev/null)}" ;;`,
  )
  .join('\n')}
  esac
  _files
}
compdef _seam_emulator seam-emulator
`

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`

const fish = (levels: readonly Level[]): string => {
  const lines = levels.flatMap(({ path, words, asks }) => {
    const parts = path.split(' ').filter((part) => part !== '')
    const condition =
      parts.length === 0
        ? '__fish_use_subcommand'
        : parts.map((part) => `__fish_seen_subcommand_from ${part}`).join('; and ')
    const named =
      asks === null
        ? []
        : [
            `complete -c seam-emulator -f -n ${quoted(condition)} -a '(seam-emulator __names ${asks} 2>/dev/null)'`,
          ]
    const known = words.map(({ word, description }) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`
      const told = description === '' ? '' : ` -d ${quoted(description)}`
      return `complete -c seam-emulator -n ${quoted(condition)} ${what}${told}`
    })
    return [...known, ...named]
  })
  return `# seam-emulator completion for fish: seam-emulator completion fish | source\n${lines.join('\n')}\n`
}

const scripts = { bash, zsh, fish }

const run = (shell: keyof typeof scripts, _options: object, command: Command): void => {
  const root = command.parent ?? command
  writeLine(scripts[shell](levelsOf(root)).trimEnd())
}

export const completionCommand = (): Command =>
  new Command('completion')
    .description('print a completion script for your shell')
    .usage(`<${shells.join('|')}>`)
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .addHelpText(
      'after',
      `
Examples:
  source <(seam-emulator completion bash)
  seam-emulator completion fish > ~/.config/fish/completions/seam-emulator.fish`,
    )
    .action(run)
