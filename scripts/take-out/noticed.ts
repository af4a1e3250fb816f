/**
 * Who notices what is missing. Compiler, lint and dead code are asked about many entries at once:
 * what is out counts as noticed only where they name it.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Copy, Entry } from './copy.ts'

const quoted = (name: string, ends = `['"\`,;]|$`): RegExp =>
  new RegExp(`['"\`\\s]${name.replaceAll('.', '\\.')}(?:${ends})`, 'm')

/** The same in sentences, where it stands between spaces as well. */
const named = (name: string): RegExp => quoted(name, `['"\`,:;\\s]|$`)

/** The names of what misses properties, and how many more there are. */
const more = /missing the following properties[^\n]*?: ([^\n]*), and (\d+) more\./

export const compile = (copy: Copy) =>
  copy.run('tsc', [
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    join(copy.folder, 'build-info'),
  ])

/** Of what is said of one file: whether as many are missing there as were taken out of it. */
const isWhole = (lines: readonly string[], taken: number): boolean =>
  lines.some((line) => {
    const [, some = '', rest] = more.exec(line) ?? []
    return rest !== undefined && some.split(', ').length + Number(rest) === taken
  })

/** Those that the compiler names when all are out. What one of them hides is seen without it. */
export const namedByCompiler = async (copy: Copy, entries: readonly Entry[]): Promise<Entry[]> => {
  const { said } = await copy.without(entries, () => compile(copy))
  const errors = said.split('\n')
  const words = errors.map((line) => line.replace(/^.*?error TS\d+: /, '')).join('\n')
  const whole = new Set<string>()
  for (const [file, theirs] of Map.groupBy(entries, ({ registry }) => registry.file)) {
    const here = errors.filter((line) => line.startsWith(file))
    if (isWhole(here, theirs.length)) whole.add(file)
  }
  return entries.filter(
    ({ name, registry }) => whole.has(registry.file) || quoted(name).test(words),
  )
}

const importing = /^import (?:type )?\{([^}]*)\} from '(\.[^']*)'/gm

const sourcesOf = ({ folder }: Copy): Map<string, string> =>
  new Map(
    globSync('{src,test,bench,scripts}/**/*.{ts,tsx}', { cwd: folder }).map((file) => [
      file,
      readFileSync(join(folder, file), 'utf8'),
    ]),
  )

/** `file name`: by whom it is imported. */
const importersIn = (sources: Map<string, string>): Map<string, string[]> => {
  const found = new Map<string, string[]>()
  for (const [file, source] of sources)
    for (const [, list = '', from = ''] of source.matchAll(importing))
      for (const name of list.split(',').map((it) => it.trim().split(' ')[0] ?? '')) {
        const key = `${join(file, '..', from)} ${name}`
        found.set(key, [...(found.get(key) ?? []), file])
      }
  return found
}

const lintOf = async (copy: Copy, files: readonly string[]): Promise<string> =>
  (await copy.run('oxlint', ['-A', 'all', '-D', 'no-unused-vars', '-f', 'unix', ...files])).said

const issues = z.object({
  issues: z.array(
    z.looseObject({
      file: z.string(),
      exports: z.array(z.object({ name: z.string() })),
      files: z.array(z.object({ name: z.string() })),
    }),
  ),
})

const deadCode = async (copy: Copy): Promise<{ names: Set<string>; files: Set<string> }> => {
  const only = ['--include', 'exports,files', '--no-progress', '--reporter', 'json']
  const found = issues.parse(JSON.parse((await copy.run('knip', only)).said)).issues
  return {
    names: new Set(found.flatMap((it) => it.exports.map(({ name }) => `${it.file} ${name}`))),
    files: new Set(found.flatMap((it) => it.files.map(({ name }) => name))),
  }
}

/**
 * Those that are dead code without their entry. Asked are only those that nobody else imports, which
 * stand in one list, and are named once where they are made: of the others it could be said for
 * reasons that are not theirs.
 */
export const namedAsDead = async (copy: Copy, entries: readonly Entry[]): Promise<Entry[]> => {
  const sources = sourcesOf(copy)
  const importers = importersIn(sources)
  const times = (file: string, name: string): number =>
    sources.get(file)?.match(new RegExp(`(?<!['/\\w])${name}\\b(?!')`, 'g'))?.length ?? 0
  const originOf = ({ registry, name }: Entry): string | undefined =>
    [...importers.keys()]
      .filter((key) => key.endsWith(` ${name}`) && importers.get(key)?.includes(registry.file))
      .map((key) => key.split(' ')[0])[0]
  const asked = entries.filter((entry) => {
    const { name, registry } = entry
    const origin = originOf(entry)
    if (origin === undefined) return true
    const isOnly = importers.get(`${origin} ${name}`)?.length === 1
    return isOnly && times(registry.file, name) === 2 && times(origin, name) === 1
  })
  const files = [...new Set(asked.map(({ registry }) => registry.file))]
  const [lint, dead] = await copy.without(asked, async () => [
    await lintOf(copy, files),
    await deadCode(copy),
  ])
  const unused = lint.split('\n')
  return asked.filter((entry) => {
    const { name, registry } = entry
    const origin = originOf(entry)
    if (origin !== undefined) return dead.names.has(`${origin} ${name}`) || dead.files.has(origin)
    return unused.some((line) => line.startsWith(registry.file) && quoted(name).test(line))
  })
}

const report = z.object({
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
})

export const passes = async (copy: Copy, tests: readonly string[]): Promise<boolean> =>
  (await copy.run('vitest', ['run', '--bail', '1', ...tests])).is_green

/** Those that a test names, in its own name or in what it says, when all are out. */
export const namedByTest = async (
  copy: Copy,
  test: string,
  entries: readonly Entry[],
): Promise<Entry[]> => {
  const file = join(copy.folder, 'report.json')
  const args = ['run', '--reporter', 'json', '--outputFile', file, test]
  await copy.without(entries, () => copy.run('vitest', args))
  const { testResults } = report.parse(JSON.parse(readFileSync(file, 'utf8')))
  const failed = testResults
    .flatMap((it) => it.assertionResults)
    .filter(({ status }) => status === 'failed')
    .flatMap(({ fullName, failureMessages }) => [fullName, ...failureMessages])
    .join('\n')
  return entries.filter(({ name }) => named(name).test(` ${failed}`))
}
