/** The files of the console: those that were built, or bundled here and now where nothing is built. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ConsoleFile {
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
type Files = ReadonlyMap<string, ConsoleFile>

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

const asFiles = (all: Iterable<readonly [name: string, bytes: Uint8Array]>): Files =>
  new Map(
    [...all].flatMap(([name, bytes]) => {
      const type = types[name.slice(name.lastIndexOf('.') + 1)]
      return type === undefined ? [] : [[name, { type, bytes: Uint8Array.from(bytes) }]]
    }),
  )

/** Beside the program, as migrations are. */
const built = fileURLToPath(new URL('./console/', import.meta.url))
const sources = fileURLToPath(new URL('../../../console/', import.meta.url))

const newest = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) =>
      entry.isFile() ? statSync(join(entry.parentPath, entry.name)).mtimeMs : 0,
    ),
  )

let kept: { files: Files; of: number } | undefined

/** The same as they are now: whoever works on the console reloads the page and sees it. */
const fromSources = async (): Promise<Files> => {
  const of = newest(sources)
  if (kept?.of === of) return kept.files
  const { bundleConsole } = await import('./bundle.ts')
  const { files } = await bundleConsole(sources)
  // A page that is open may still ask for files of before.
  kept = { files: new Map([...(kept?.files ?? []), ...asFiles(files)]), of }
  return kept.files
}

const fromBuilt = (): Files => {
  kept ??= {
    files: asFiles(
      readdirSync(built).map((name) => [name, readFileSync(join(built, name))] as const),
    ),
    of: 0,
  }
  return kept.files
}

/** All files by their names, of which `index.html` names the others. */
export const consoleFiles = async (): Promise<Files> =>
  existsSync(built) ? fromBuilt() : await fromSources()

/** A file that an `index.html` named, now or before. */
export const consoleFile = async (name: string): Promise<ConsoleFile | undefined> =>
  kept?.files.get(name) ?? (await consoleFiles()).get(name)
