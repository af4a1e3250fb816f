// Proves what npm would publish: packs the tarball, installs it into an empty project, runs the
// command, imports and type-checks the library, starts the server and stops it.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const manifest = z
  .object({ name: z.string(), version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

const scratch = mkdtempSync(join(tmpdir(), 'seam-emulator-tarball-'))
const project = join(scratch, 'project')
const bin = join(project, 'node_modules/.bin/seam-emulator')

/** The caller's environment without what an outer `npm run` put there. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(registry|cafile))/i.test(name)),
)

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, env, encoding: 'utf8', timeout: 240_000 })
}

function assert(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise)
}

function listFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
}

function pack(): string {
  run('npm', ['pack', '--silent', '--pack-destination', scratch], root)
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz'))
  assert(tarball !== undefined, 'npm pack made no tarball')
  return join(scratch, tarball)
}

function checkContents(tarball: string): void {
  const packed = run('tar', ['-tzf', tarball], scratch)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^package\//, ''))
  const modules = ['dist/cli', 'dist/index', 'dist/testing/index', 'dist/testing/vitest']
  const expected = [
    'LICENSE',
    'README.md',
    'bin/seam-emulator.js',
    'package.json',
    ...modules.flatMap((name) => [`${name}.js`, `${name}.d.ts`]),
    ...listFiles('src/db/migrations').map((file) => file.replace(/^src\/db\//, 'dist/')),
    'dist/migrations/whole.sql',
    ...listFiles('fixtures'),
    ...listFiles('skills'),
    'dist/console/index.html',
  ]
  const missing = expected.filter((file) => !packed.includes(file))
  assert(missing.length === 0, `missing from the tarball: ${missing.join(', ')}`)
  const strangers = packed.filter(
    (file) => !/^(bin|dist|docs|examples|fixtures|skills)\//.test(file) && !alone.includes(file),
  )
  assert(strangers.length === 0, `does not belong in the tarball: ${strangers.join(', ')}`)
  checkLinks(packed)
}

/** Packed files that are in no folder. */
const alone = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'Dockerfile',
  'LICENSE',
  'README.md',
  'compose.yaml',
  'package.json',
]

/** Every link of a packed page leads to something that is packed as well. */
function checkLinks(packed: string[]): void {
  const dead: string[] = []
  for (const page of packed.filter((file) => file.endsWith('.md'))) {
    const text = readFileSync(join(root, page), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      const file = join(dirname(page), target)
      const isThere = packed.some(
        (other) => other === file || other.startsWith(`${file.replace(/\/$/, '')}/`),
      )
      if (!isThere) dead.push(`${page} → ${target}`)
    }
  }
  assert(dead.length === 0, `links that lead nowhere in the package: ${dead.join(', ')}`)
}

function install(tarball: string): void {
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', tarball],
    project,
  )
}

function checkVersion(): void {
  const printed = run(bin, ['--version'], project).trim()
  assert(printed.includes(manifest.version), `--version printed ${JSON.stringify(printed)}`)
}

/** Commands that pages print, where they are installed. */
function checkCommands(): void {
  for (const args of [['demo', '--fast', '--json'], ['routes'], ['lock', '--help'], ['init']]) {
    const printed = run('npx', ['seam-emulator', ...args], project)
    assert(printed.length > 0, `seam-emulator ${args.join(' ')} printed nothing`)
  }
}

/** Code as it was written: an uncaught error shows a line that can be read. */
function checkReadable(): void {
  const dist = join(project, 'node_modules', manifest.name, 'dist')
  const own = readFileSync(join(dist, 'index.js'), 'utf8').split('\n')
  const longest = Math.max(...own.map((line) => line.length))
  assert(longest < 500, `dist/index.js has a line of ${longest} characters`)
}

/** The program of `start` is as the build makes it: one byte a character, and marked (decision 0209). */
function checkStart(): void {
  const file = join(project, 'node_modules', manifest.name, 'dist/start-alone.js')
  const program = readFileSync(file)
  assert(
    program.every((byte) => byte < 128),
    'dist/start-alone.js has characters beyond ASCII',
  )
  const marked = program.toString().match(/[=:(,]\((?:\([\w$,]*\)|[\w$]+)=>/g)?.length ?? 0
  assert(marked > 400, `dist/start-alone.js has only ${marked} functions marked`)
}

function checkImport(): void {
  writeFileSync(
    join(project, 'consumer.mjs'),
    `import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createEmulator } from '${manifest.name}'

const emulator = await createEmulator({ port: 0 })
const answer = await fetch(emulator.endpoint + '/_emulator/ready')
await emulator.close()
const testing = existsSync(fileURLToPath(import.meta.resolve('${manifest.name}/testing')))
console.log(JSON.stringify({ status: answer.status, testing }))
`,
  )
  const printed = run(process.execPath, ['consumer.mjs'], project).trim().split('\n').at(-1) ?? ''
  assert(printed === '{"status":200,"testing":true}', `the library answered ${printed}`)
}

function checkTypes(): void {
  // A declaration that does not resolve turns into `any` in silence: the second line refuses that.
  writeFileSync(
    join(project, 'consumer.ts'),
    `import { createEmulator } from '${manifest.name}'

const emulator = await createEmulator({ port: 0 })
export const isAny: 0 extends 1 & typeof emulator ? true : false = false
export const endpoint: string = emulator.endpoint
`,
  )
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig', '--lib', 'esnext']
  const target = ['--target', 'esnext', '--module', 'nodenext', '--types', '']
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  run(process.execPath, [tsc, ...options, ...target, 'consumer.ts'], project)
}

/** The page opens without anything that only contributors have, and what it names is there. */
async function checkConsole(url: string): Promise<void> {
  const page = await fetch(new URL('/', url), { headers: { accept: 'text/html' } })
  const html = await page.text()
  assert(page.ok && page.url.endsWith('/_emulator/console/'), `the console answered ${page.status}`)
  const names = [...html.matchAll(/(?:src|href)="([^":]+\.(?:js|css))"/g)].map((it) => it[1] ?? '')
  assert(names.length > 1, 'the console names no files')
  for (const name of names) {
    const { status } = await fetch(new URL(name, page.url))
    assert(status === 200, `the console's file ${name} answered ${status}`)
  }
}

async function checkServer(): Promise<void> {
  const server = spawn(bin, ['start', '--port', '0', '--json'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  const exited = once(server, 'exit')
  try {
    const lines = createInterface({ input: server.stdout })
    const [line] = z
      .tuple([z.string()])
      .parse(
        await Promise.race([once(lines, 'line'), exited.then(([code]) => [`exit code ${code}`])]),
      )
    assert(line.startsWith('{'), `start --json printed ${line}`)
    const ready = z.object({ url: z.url(), api_key: z.string() }).parse(JSON.parse(line))
    const answer = await fetch(`${ready.url.replace(/\/$/, '')}/devices/list`, {
      headers: { authorization: `Bearer ${ready.api_key}` },
    })
    const body = await answer.text()
    assert(answer.ok, `/devices/list answered ${answer.status}: ${body}`)
    await checkConsole(ready.url)
  } finally {
    server.kill('SIGTERM')
  }
  const [code, signal] = z.tuple([z.number().nullable(), z.string().nullable()]).parse(await exited)
  assert(code === 0, `after SIGTERM: exit code ${code}, signal ${signal}`)
}

let failed = false
async function step(name: string, check: () => void | Promise<void>): Promise<void> {
  if (failed) return
  try {
    await check()
    console.log(`ok      ${name}`)
  } catch (error) {
    failed = true
    console.log(`not ok  ${name}`)
    console.error(error instanceof Error ? error.message : error)
    if (error instanceof Error && 'stdout' in error) console.error(String(error.stdout))
  }
}

try {
  let tarball = ''
  await step('npm pack builds the package', () => {
    tarball = pack()
  })
  await step('the tarball holds what it must and nothing else', () => checkContents(tarball))
  await step('it installs into an empty project', () => install(tarball))
  await step('seam-emulator --version prints the version', checkVersion)
  await step('commands that are printed run where they are installed', checkCommands)
  await step('its code can be read', checkReadable)
  await step('its start is compiled once', checkStart)
  await step('the library imports, starts and closes', checkImport)
  await step('the library has types', checkTypes)
  await step('seam-emulator start answers and stops on SIGTERM', checkServer)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
