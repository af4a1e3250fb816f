import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** A server under test. `ready_ms` is spawn to the first 200. */
export type Server = {
  name: string
  url: string
  key: string
  pid: number
  ready_ms: number
  /** SIGTERM, then SIGKILL after five seconds. */
  stop: () => Promise<void>
  /** SIGKILL at once, resolves when the process is gone. */
  kill: () => Promise<void>
}

export type Launch = {
  name: string
  command: string[]
  env?: Record<string, string>
  /** Key for servers that do not print one. */
  key?: string
  /** A fixed port and a path to poll, for servers that print nothing useful. */
  poll?: { port: number; path: string }
  startup_ms?: number
}

const readyLine = z.object({ url: z.string(), api_key: z.string().default('') })

/**
 * Starts a server and waits until it answers. A server either prints one JSON line with its `url`
 * (and is then asked once over HTTP), or is polled on a known port every two milliseconds.
 */
export async function launch(options: Launch): Promise<Server> {
  const [program, ...args] = options.command
  if (program === undefined) throw new Error(`no command for ${options.name}`)
  const startedAt = performance.now()
  const child = spawn(program, args, {
    cwd: repository,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stderr = keepTail(child)
  const deadline = startedAt + (options.startup_ms ?? 60_000)
  const gone = () =>
    new Error(`${options.name} ended while starting (exit ${child.exitCode}): ${stderr()}`)
  let url: string
  let key = options.key ?? ''
  try {
    if (options.poll === undefined) {
      const line = await firstJsonLine(child, deadline, gone)
      url = line.url
      if (line.api_key !== '') key = line.api_key
      await untilAnswers(child, `${url}/_emulator/ready`, deadline, gone)
    } else {
      url = `http://127.0.0.1:${options.poll.port}`
      await untilAnswers(child, `${url}${options.poll.path}`, deadline, gone)
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  const ready_ms = performance.now() - startedAt
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  const stop = async () => {
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await exited
    clearTimeout(patience)
  }
  return { name: options.name, url, key, pid: child.pid ?? 0, ready_ms, stop, kill }
}

function keepTail(child: ChildProcess): () => string {
  let tail = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2_000)
  })
  return () => tail.trim()
}

function firstJsonLine(child: ChildProcess, deadline: number, gone: () => Error) {
  return new Promise<z.infer<typeof readyLine>>((resolve, reject) => {
    let text = ''
    const patience = setTimeout(
      () => reject(new Error(`no ready line on stdout; got: ${text.slice(0, 500)}`)),
      Math.max(1, deadline - performance.now()),
    )
    const settle = (act: () => void) => {
      clearTimeout(patience)
      act()
    }
    child.once('error', (error) => settle(() => reject(error)))
    child.once('close', () => settle(() => reject(gone())))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const line = text.split('\n').find((candidate) => candidate.startsWith('{'))
      if (line === undefined || !text.includes('\n')) return
      const parsed = readyLine.safeParse(parseJson(line))
      if (parsed.success) settle(() => resolve(parsed.data))
    })
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function untilAnswers(child: ChildProcess, url: string, deadline: number, gone: () => Error) {
  // A server that listens on a fixed port may also write to stdout: drain it, or it blocks.
  child.stdout?.resume()
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw gone()
    try {
      const answer = await fetch(url)
      await answer.arrayBuffer()
      if (answer.ok) return
    } catch {
      // Not listening yet.
    }
    await wait(2)
  }
  throw new Error(`${url} did not answer 200 in time`)
}

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}

export type Footprint = { rss_mb: number; peak_rss_mb: number; handles: number; threads: number }

/** What the kernel says about a process. Reads /proc, so Linux only. */
export function footprint(pid: number): Footprint {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
  return {
    rss_mb: field('VmRSS') / 1024,
    peak_rss_mb: field('VmHWM') / 1024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    threads: field('Threads'),
  }
}

/** Ticks of a processor per second in /proc: 100 on every Linux that Node runs on. */
const TICKS = 100

/** Processor seconds that a process and its children have taken so far. Reads /proc, so Linux only. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field, the program's name, may hold blanks; user and system time are the 14th and 15th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const own = (Number(fields[11]) + Number(fields[12])) / TICKS
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  if (children === '') return own
  return children.split(' ').reduce((sum, child) => sum + cpuSeconds(Number(child)), own)
}

/**
 * The command that starts the emulator: the built `dist/cli.js` when it is at least as new as every
 * file under src (that is what users run), the TypeScript source otherwise, nothing if neither exists.
 * BENCH_EMULATOR names another cli file, to compare two versions.
 */
export function emulatorCommand(): string[] | undefined {
  const chosen = process.env['BENCH_EMULATOR']
  if (chosen !== undefined) return [process.execPath, chosen]
  const built = join(repository, 'dist/cli.js')
  const source = join(repository, 'src/cli.ts')
  if (existsSync(built) && statSync(built).mtimeMs >= newest(join(repository, 'src'))) {
    return [process.execPath, built]
  }
  return existsSync(source) ? [process.execPath, source] : undefined
}

function newest(folder: string): number {
  let latest = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    latest = Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs)
  }
  return latest
}

/** Starts the emulator on a free port with `start --json`. */
export function launchEmulator(
  command: string[],
  flags: string[] = [],
  env: Record<string, string> = {},
): Promise<Server> {
  const quiet = ['--log-level', 'error']
  return launch({
    name: 'emulator',
    env,
    command: [...command, 'start', '--port', '0', '--json', ...quiet, ...flags],
  })
}
