import { expect, it } from 'vitest'
import { z } from 'zod'
import { startProcess } from './run.ts'

const ready = z.object({ url: z.string(), api_key: z.string() })

/** More log than a pipe or socket holds. */
const MANY = 1_500

it.each(['goes away', 'never reads'])(
  'a parent that %s keeps nobody from being answered, and the process from no end',
  async (manner) => {
    const child = startProcess(['start', '--port', '0', '--json'])
    const [line] = await new Promise<Buffer[]>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => resolve([chunk])),
    )
    const { url, api_key } = ready.parse(JSON.parse(String(line)))
    if (manner === 'goes away') child.stderr.destroy()
    for (let n = 0; n < MANY; n++) {
      const answer = await fetch(`${url}/devices/list`, {
        headers: { authorization: `Bearer ${api_key}` },
        signal: AbortSignal.timeout(10_000),
      })
      await answer.text()
      expect(answer.status).toBe(200)
    }
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
  },
)
