/** Every command that a page, a help text or the banner prints is one that exists. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { cli } from '../cli/run.ts'
import { repository } from './blocks.ts'

const pages = [
  'README.md',
  ...readdirSync(join(repository, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
  ...readdirSync(join(repository, 'docs/guides')).map((file) => `docs/guides/${file}`),
]

/** What stands behind the name of the program: in code spans and blocks, or anywhere in a help text. */
const printedIn = (text: string): string[] =>
  [...text.matchAll(/(?:^|[\s`|])(?:npx )?seam-emulator +([^`\n#|]+)/gm)].map(([, rest]) =>
    // Behind two spaces stands what it does.
    (rest ?? '').trim().replace(/ {2,}.*$/, ''),
  )

const codeOf = (markdown: string): string =>
  [...markdown.matchAll(/```\w*[^\n]*\n([\s\S]*?)```|`([^`\n]+)`/g)]
    .map(([, block, span]) => block ?? span ?? '')
    .join('\n')

/** What is wrong with a printed command line; undefined when nothing is. */
const complaint = (program: Command, line: string): string | undefined => {
  const words = line.split(/ +/)
  let command = program
  for (const word of words) {
    if (word === '--') return undefined
    const flag = /^(--?[a-z][a-z-]*)/.exec(word)?.[1]
    if (flag !== undefined) {
      // Without a command it is `start` that is meant.
      const start = program.commands.find((it) => it.name() === 'start')
      // … and in a group its default command.
      const owners = command === program ? [program, start] : [command, ...command.commands]
      const known = owners.flatMap((it) => it?.options ?? [])
      const isKnown = known.some(({ short, long }) => short === flag || long === flag)
      if (!isKnown && !['--help', '-h'].includes(flag)) return `${line}: ${flag}`
      continue
    }
    const child = command.commands.find((it) => it.name() === word)
    if (child !== undefined) command = child
    else if (command === program && /^[a-z-]+$/.test(word)) return `${line}: ${word}`
    else if (command.commands.length > 0 && /^[a-z-]+$/.test(word)) return `${line}: ${word}`
  }
  return undefined
}

const helpTexts = async (): Promise<string[]> => {
  const program = await createProgram()
  const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)]
  return all(program).map((command) => {
    let text = ''
    command.configureOutput({ writeOut: (part) => (text += part) })
    command.outputHelp()
    return text
  })
}

test('every command that a page prints exists, with its options', async () => {
  const program = await createProgram()
  const wrong = pages.flatMap((page) =>
    printedIn(codeOf(readFileSync(join(repository, page), 'utf8')))
      .map((line) => complaint(program, line))
      .filter((it) => it !== undefined)
      .map((it) => `${page}: ${it}`),
  )
  expect(wrong).toEqual([])
})

test('every command that help prints exists, with its options', async () => {
  const program = await createProgram()
  const lines = (await helpTexts()).flatMap(printedIn).filter((line) => !/^[[<]/.test(line))
  expect(lines.length).toBeGreaterThan(40)
  expect(lines.map((line) => complaint(program, line)).filter((it) => it !== undefined)).toEqual([])
})

test('`npm start -- <command>` is that command, not one argument too many for start', async () => {
  const routes = await cli(['start', 'routes'])
  expect(routes).toMatchObject({ code: 0, stdout: (await cli(['routes'])).stdout })
  expect(await cli(['start', 'dmeo'])).toMatchObject({ code: 2 })
})
