/** A copy of the project, in which things are taken out. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { without } from './list-elements.ts'
import type { Element } from './list-elements.ts'
import type { Registry } from './registries.ts'

/** Something registered. */
export interface Entry {
  readonly registry: Registry
  readonly element: Element
  readonly name: string
}

export interface Copy {
  readonly folder: string
  /** Runs a tool of the project in the copy, and answers what it prints and whether it was content. */
  run(tool: string, args: readonly string[]): Promise<{ said: string; is_green: boolean }>
  /** Does something while these entries are out. */
  without<T>(entries: readonly Entry[], look: () => Promise<T>): Promise<T>
}

const root = join(import.meta.dirname, '..', '..')

const folders = ['src', 'test', 'scripts', 'bench', 'bin', 'docs', 'fixtures', 'examples', 'skills']
const files = [
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
  'drizzle.config.ts',
  'knip.json',
  'README.md',
]
const copied = [...folders, ...files]

export const makeCopy = (): Copy => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-take-out-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const file of copied) cpSync(join(root, file), join(folder, file), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    folder,
    run: (tool, args) =>
      new Promise((resolve) => {
        const options = { cwd: folder, maxBuffer: 2 ** 28 }
        execFile(join(root, 'node_modules/.bin', tool), args, options, (error, said) => {
          resolve({ said, is_green: error === null })
        })
      }),
    without: async (entries, look) => {
      const before = new Map<string, string>()
      for (const [file, theirs] of Map.groupBy(entries, ({ registry }) => registry.file)) {
        const path = join(folder, file)
        const source = readFileSync(path, 'utf8')
        before.set(path, source)
        const elements = theirs.map(({ element }) => element)
        writeFileSync(path, without(source, elements))
      }
      try {
        return await look()
      } finally {
        for (const [path, source] of before) writeFileSync(path, source)
      }
    },
  }
}
