import type { ControlClient } from '../client/control-client.ts'
import { paint } from '../log/paint.ts'
import { instant } from './output.ts'

/** A leap that is quicker than this needs no bar, ms. */
const QUIET = 400
const EVERY = 150
const WIDTH = 30

const draw = (share: number, now: string): void => {
  const done = Math.round(Math.min(1, Math.max(0, share)) * WIDTH)
  const bar = paint('cyan', '█'.repeat(done), process.stderr) + '░'.repeat(WIDTH - done)
  process.stderr.write(`\r${bar} ${String(Math.floor(share * 100)).padStart(3)} %  ${instant(now)}`)
}

const erase = (): void => {
  process.stderr.write('\r\u001B[K')
}

/** Draws how far the workspace's time has come, on a terminal, while a long leap is under way. */
export const withProgress = async <T>(
  client: ControlClient,
  start: string,
  end: number | null,
  leap: () => Promise<T>,
): Promise<T> => {
  if (!process.stderr.isTTY || end === null || Number.isNaN(end)) return leap()
  const from = Date.parse(start)
  let drawn = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    const { now } = await client.clock.get()
    if (timer === undefined) return
    draw((Date.parse(now) - from) / Math.max(1, end - from), now)
    drawn = true
    timer = setTimeout(lookAgain, EVERY)
  }
  // When the server cannot be asked, the leap itself will say why.
  const lookAgain = (): void => {
    look().catch(() => undefined)
  }
  timer = setTimeout(lookAgain, QUIET)
  try {
    return await leap()
  } finally {
    clearTimeout(timer)
    timer = undefined
    if (drawn) erase()
  }
}
