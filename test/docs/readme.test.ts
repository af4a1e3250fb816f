import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'
import { blocksOf, cleanEnvironment, freePort, makePlace, repository } from './blocks.ts'
import type { Block, Place } from './blocks.ts'

const blocks = blocksOf('README.md')
const of = (section: string, language?: string): Block[] =>
  blocks.filter(
    (block) => block.section === section && (language ?? block.language) === block.language,
  )

let place: Place
let emulator: Emulator
beforeAll(async () => {
  place = makePlace()
  emulator = await createEmulator({ clock: 'realtime' })
})
afterAll(async () => {
  await emulator.close()
  place.remove()
})

const reached = (): Record<string, string> => ({ SEAM_EMULATOR_URL: emulator.endpoint })

/** Runs the blocks of a section in order; each must end well. */
const runAll = async (section: string): Promise<string> => {
  let output = ''
  for (const { language, note, code } of of(section)) {
    if (note !== '') continue
    const ran = await (language === 'js' ? place.js(code, reached()) : place.sh(code, reached()))
    expect(ran.output, code).not.toMatch(/Error:|"ok":false/)
    expect({ code: ran.code, output: ran.code === 0 ? '' : ran.output }).toEqual({
      code: 0,
      output: '',
    })
    output += ran.output
  }
  return output
}

describe('the README', { timeout: 120_000 }, () => {
  test('is read in a few minutes', () => {
    const text = readFileSync(join(repository, 'README.md'), 'utf8')
    expect(text.split('\n').length).toBeLessThanOrEqual(131)
  })

  test('begins with what it is and the two commands', () => {
    expect(blocks.slice(0, 2).map(({ code }) => code)).toEqual([
      'npm ci && npm start\n',
      'npm cit\n',
    ])
  })

  test('has a quick start that works as it stands', async () => {
    const [server, shell, script] = of('Quick start')
    expect(server).toMatchObject({ note: 'server' })
    const port = String(await freePort())
    const here = (code = ''): string => code.replaceAll('3020', port)
    const child = spawn('bash', ['-c', `exec ${server?.code.trim() ?? ''}`], {
      cwd: repository,
      env: { ...cleanEnvironment(), PORT: port },
      detached: true,
      stdio: 'ignore',
    })
    try {
      const ready = async (): Promise<number> =>
        (await fetch(`http://localhost:${port}/_emulator/ready`).catch(() => ({ status: 0 })))
          .status
      await expect.poll(ready, { timeout: 25_000, interval: 100 }).toBe(200)
      const first = await place.sh(here(shell?.code))
      expect(first.output).toContain('"event_type":"access_code.set_on_device"')
      expect(first).toMatchObject({ code: 0 })
      const second = await place.js(here(script?.code))
      expect(second.output).toMatch(/^set\n[\s\S]*opened: true[\s\S]*false\n$/)
      expect(second).toMatchObject({ code: 0 })
    } finally {
      // npm starts a process of its own: the whole group ends.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    }
  })

  test('has a CI section whose suite’s exit code counts', async () => {
    writeFileSync(
      join(place.folder, 'package.json'),
      JSON.stringify({
        scripts: { test: 'node -e "process.exit(process.env.SEAM_API_KEY ? 0 : 1)"' },
      }),
    )
    await runAll('In CI')
    const [suite] = of('In CI')
    writeFileSync(
      join(place.folder, 'package.json'),
      JSON.stringify({ scripts: { test: 'node -e "process.exit(3)"' } }),
    )
    expect(await place.sh(suite?.code ?? '')).toMatchObject({ code: 3 })
  })

  test('has a vitest suite that passes', async () => {
    const [suite] = of('Library')
    // Inside the repository, where vitest and its configuration are found.
    const folder = join(repository, 'test/docs/.readme')
    mkdirSync(folder, { recursive: true })
    try {
      writeFileSync(join(folder, 'readme.test.js'), suite?.code ?? '')
      const aliases = Object.entries({
        'seam-emulator/testing': 'src/testing/index.ts',
      }).map(([find, path]) => ({ find, replacement: join(repository, path) }))
      writeFileSync(
        join(folder, 'vitest.config.js'),
        `export default { resolve: { alias: ${JSON.stringify(aliases)} } }\n`,
      )
      const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
      const ran = await place.run(process.execPath, [vitest, 'run', '--root', folder])
      expect(ran.output).toMatch(/1 passed/)
      expect(ran.code).toBe(0)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
