/** The app's own process, where the explorer is to start it. */
import { spawn } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { AppProblem } from '../integration.ts'

const READY_WITHIN = 30_000
const ASK_EVERY = 100

/** Why the app is not ready yet; null when it is. */
const unreadiness = async (url: string): Promise<string | null> => {
  try {
    const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    return ok ? null : `it answers ${status}`
  } catch (error) {
    return causeOf(error)
  }
}

/** What `fetch` says itself is "fetch failed"; why, its cause says. */
const causeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

export interface AppProcess {
  stop(): void
}

/** Starts the app and waits until `ready` answers. @throws AppProblem */
export const startApp = async (
  command: string,
  env: Record<string, string>,
  ready: string | undefined,
): Promise<AppProcess> => {
  const child = spawn(command, {
    shell: true,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  let ended: string | null = null
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code) => (ended = `it ended with code ${String(code)}`))
  const stop = (): void => {
    if (ended !== null || child.pid === undefined) return
    // The shell's children as well.
    if (process.platform === 'win32') child.kill()
    else process.kill(-child.pid)
  }
  process.once('exit', stop)
  if (ready !== undefined) {
    let why = await unreadiness(ready)
    for (let waited = 0; why !== null; waited += ASK_EVERY) {
      if (ended !== null) throw new AppProblem(`"${command}" does not run: ${String(ended)}`)
      if (waited > READY_WITHIN) {
        stop()
        throw new AppProblem(
          `"${command}" runs, but ${ready} does not answer 200 after 30 seconds: ${why}`,
        )
      }
      await setTimeout(ASK_EVERY)
      why = await unreadiness(ready)
    }
  }
  return { stop }
}
