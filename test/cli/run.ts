/** Runs the command line as a user does: in a process of its own. */
import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Server } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export const cliFile = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))

export interface Outcome {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** The machine's own variables must not leak into what a test starts. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(SEAM_|PORT$|NO_COLOR$|FORCE_COLOR$)/.test(name),
    ),
  )

export const startProcess = (
  args: readonly string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams =>
  spawn(process.execPath, [cliFile, ...args], {
    env: { ...cleanEnvironment(), ...env },
  })

/** Collects what a process says until it ends. */
export const outcomeOf = (child: ChildProcessWithoutNullStreams): Promise<Outcome> =>
  new Promise((resolve) => {
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
    child.stdin.end()
  })

/** Runs a command to its end. */
export const cli = (args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> =>
  outcomeOf(startProcess(args, env))

const readyLine = z.object({
  url: z.url(),
  api_key: z.string(),
  workspace_id: z.string(),
  pid: z.number(),
})

export interface StartedServer extends z.infer<typeof readyLine> {
  /** Ends the server and answers all that it said. */
  stop(signal?: NodeJS.Signals): Promise<Outcome>
  [Symbol.asyncDispose](): Promise<void>
}

/** `seam-emulator start --port 0 --json`, once it is ready. */
export const startServer = async (
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<StartedServer> => {
  const child = startProcess(['start', '--port', '0', '--json', ...args], env)
  const outcome = outcomeOf(child)
  const first = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    outcome.then(
      ({ code, stderr }) => reject(new Error(`the server ended with ${code}: ${stderr}`)),
      reject,
    )
  })
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Outcome> => {
    if (child.exitCode === null) child.kill(signal)
    return outcome
  }
  return {
    ...readyLine.parse(JSON.parse(first)),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
    },
  }
}

/** The port that a server of the test itself listens on. */
export const portOf = (server: Server): number => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it does not listen')
  return address.port
}
