/** An app in another language and process, reached by URLs and started by the explorer. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'

const hasPython = spawnSync('python3', ['--version']).status === 0
const root = join(import.meta.dirname, '../..')
const config = 'examples/explorer/python/explorer.config.js'
const out = mkdtempSync(join(tmpdir(), 'explorer-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      )
    })
  })

const explore = async (bug: string): Promise<{ code: number | null; text: string }> => {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    `src/cli.ts explore --config ${config} --level 2 --stories 8 --out ${out}`.split(' '),
    { cwd: root, env: { ...process.env, BUG: bug, PORT: String(port), NO_COLOR: '1' } },
  )
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (text += part))
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, text }
}

describe.skipIf(!hasPython)('the sample app in Python (skipped without python3)', () => {
  test('is found to leave the code of a cancelled booking', { timeout: 120_000 }, async () => {
    const { code, text } = await explore('forgets_cancel')
    expect(text).toMatch(/code is on .* that no guest needs/)
    expect(code).toBe(1)
    const files = readdirSync(out)
    for (const name of ['report.json', 'junit.xml', 'finding-1.html', 'finding-1.test.js']) {
      expect(files).toContain(name)
    }
  })

  test('is told to take the time from the story', { timeout: 120_000 }, async () => {
    const { code, text } = await explore('wall_clock')
    expect(text).toContain("the app goes by the machine's clock")
    expect(code).toBe(1)
  })
})
