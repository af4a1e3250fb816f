import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { emulatorCommand, launch, launchEmulator, repository } from './processes.ts'
import type { Server } from './processes.ts'
import { installVendorFake, launchVendorFake } from './vendor-fake.ts'
import type { Report } from './report.ts'

/** `before`: another version of the emulator, named by BENCH_BEFORE. */
export type Who = 'emulator' | 'before' | 'fake' | 'hono bare' | 'hono keyed'

/** What a case gets to work with. */
export type Bench = {
  report: Report
  rounds: number
  /** Smaller worlds and shorter windows: for trying the bench out, not for quoting. */
  quick: boolean
  /** Of the asked competitors, those that can be measured on this machine. */
  available: (asked: Who[]) => Who[]
  /** `env` is for the emulator alone. */
  start: (who: Who, env?: Record<string, string>) => Promise<Server>
  log: (line: string) => void
}

export type BenchCase = {
  name: string
  about: string
  /** Nothing to measure without the emulator. */
  emulator_only?: boolean
  run: (bench: Bench) => Promise<void>
}

export type BenchOptions = { rounds: number; quick: boolean; report: Report }

/** Finds out which competitors exist here; each missing one is a remark, not an error. */
export function createBench(options: BenchOptions): Bench {
  const command = emulatorCommand()
  const missing = new Set<Who>()
  if (command === undefined) {
    missing.add('emulator')
    options.report.remarks.push('emulator not measured: neither dist/cli.js nor src/cli.ts')
  } else {
    options.report.remarks.push(`emulator started as: node ${command.slice(1).join(' ')}`)
  }
  try {
    installVendorFake()
  } catch (error) {
    missing.add('fake')
    options.report.remarks.push(
      `vendor's fake not measured, it could not be installed: ${String(error)}`,
    )
  }
  const before = process.env['BENCH_BEFORE']
  if (before !== undefined) options.report.remarks.push(`before started as: node ${before}`)
  /** Wherever the emulator is measured, so is the version before it, in turn. */
  const withBefore = (asked: Who[]): Who[] =>
    before === undefined
      ? asked
      : asked.flatMap((who): Who[] => (who === 'emulator' ? ['emulator', 'before'] : [who]))
  const log = (line: string) => console.error(line)
  return {
    ...options,
    log,
    available: (asked) => withBefore(asked).filter((who) => !missing.has(who)),
    start: (who, env = {}) => {
      if (who === 'fake') return launchVendorFake()
      if (who === 'before') {
        return launchEmulator([process.execPath, before ?? ''], [], env)
      }
      if (who === 'emulator') {
        if (command === undefined) throw new Error('the emulator is not here')
        return launchEmulator(command, [], env)
      }
      return launchHono(who)
    },
  }
}

/** Without its types, so that the floor does not carry Node's type stripper (some 15 MB, 20 ms). */
function launchHono(who: 'hono bare' | 'hono keyed'): Promise<Server> {
  const source = readFileSync(join(repository, 'bench/servers/hono.ts'), 'utf8')
  const folder = join(repository, 'bench/.cache')
  const script = join(folder, 'hono.mjs')
  mkdirSync(folder, { recursive: true })
  writeFileSync(script, stripTypeScriptTypes(source))
  const style = who === 'hono bare' ? 'bare' : 'keyed'
  return launch({ name: who, command: [process.execPath, script, style] })
}

/** Runs `act` with one server of each kind and stops them all afterwards, also after an error. */
export async function withServers(
  bench: Bench,
  asked: Who[],
  act: (servers: Map<Who, Server>) => Promise<void>,
): Promise<void> {
  const servers = new Map<Who, Server>()
  try {
    for (const who of bench.available(asked)) servers.set(who, await bench.start(who))
    await act(servers)
  } finally {
    for (const server of servers.values()) await server.stop()
  }
}
