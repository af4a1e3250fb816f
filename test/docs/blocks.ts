/** The code blocks of a page, and a place to run them in as a reader would. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('../../', import.meta.url))

export interface Block {
  /** The heading above it. */
  section: string
  language: string
  /** What stands behind the language, such as `server`. */
  note: string
  code: string
}

/** Every fenced block of a Markdown file, in order. */
export const blocksOf = (file: string): Block[] => {
  const blocks: Block[] = []
  let section = ''
  let open: Block | null = null
  for (const line of readFileSync(join(repository, file), 'utf8').split('\n')) {
    const fence = /^```(\w*) ?(.*)$/.exec(line)
    if (open !== null && fence !== null) {
      blocks.push(open)
      open = null
    } else if (open !== null) open.code += `${line}\n`
    else if (fence !== null) {
      open = { section, language: fence[1] ?? '', note: fence[2] ?? '', code: '' }
    } else if (line.startsWith('## ')) section = line.slice(3)
  }
  return blocks
}

export interface Ran {
  code: number | null
  output: string
}

export interface Place {
  folder: string
  run(command: string, args: readonly string[], env?: Record<string, string>): Promise<Ran>
  /** Runs a script with `seam-emulator` as an installed command. */
  sh(code: string, env?: Record<string, string>): Promise<Ran>
  /** Runs a module in which `seam-emulator` and `seam` can be imported. */
  js(code: string, env?: Record<string, string>): Promise<Ran>
  remove(): void
}

/** The machine's own variables must not decide what a test sees. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(SEAM_|PORT$|FORCE_COLOR$|VITEST)/.test(name),
    ),
  )

/** A folder with the commands and packages that a reader has after installing. */
export const makePlace = (): Place => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-docs-'))
  // Where npm puts it: `npx seam-emulator` finds it there, and the place's PATH leads there too.
  const bin = join(folder, 'node_modules/.bin')
  mkdirSync(bin, { recursive: true })
  const command = join(bin, 'seam-emulator')
  const cli = join(repository, 'src/cli.ts')
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`)
  chmodSync(command, 0o755)
  const hooks = join(repository, 'test/docs/packages.ts')
  const PATH = [bin, dirname(process.execPath), process.env['PATH']].join(delimiter)

  const run: Place['run'] = (program, args, env = {}) =>
    new Promise((resolve) => {
      const child = spawn(program, args, {
        cwd: folder,
        env: { ...cleanEnvironment(), PATH, ...env },
      })
      let output = ''
      const add = (chunk: Buffer): void => {
        output += chunk.toString()
      }
      child.stdout.on('data', add)
      child.stderr.on('data', add)
      child.once('error', (error) => resolve({ code: null, output: error.message }))
      child.once('close', (code) => resolve({ code, output }))
      child.stdin.end()
    })

  let files = 0
  return {
    folder,
    run,
    sh: (code, env) => run('bash', ['-euo', 'pipefail', '-c', code], env),
    js: (code, env) => {
      const file = join(folder, `block-${++files}.mjs`)
      writeFileSync(file, code)
      return run(process.execPath, ['--import', hooks, file], env)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A port that was free just now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'))
        else resolve(address.port)
      })
    })
  })
