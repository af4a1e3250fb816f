/** What a person at a terminal meets: options in any place, files that are wrong, names to complete. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { whyNotStarted } from '../../src/cli/exec.ts'
import { createProgram } from '../../src/cli/program.ts'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'
import { cli, cliFile, portOf } from './run.ts'

let emulator: Emulator
let here: { SEAM_EMULATOR_URL: string; SEAM_EMULATOR_API_KEY: string }
const folder = mkdtempSync(join(tmpdir(), 'seam-at-hand-'))
beforeAll(async () => {
  emulator = await createEmulator()
  here = { SEAM_EMULATOR_URL: emulator.endpoint, SEAM_EMULATOR_API_KEY: emulator.apiKey }
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** What bash offers for the last of these words. */
const completed = async (...words: string[]): Promise<string[]> => {
  const { stdout: script } = await cli(['completion', 'bash'])
  const quoted = words.map((word) => `'${word}'`).join(' ')
  const program = `seam-emulator() { '${process.execPath}' '${cliFile}' "$@"; }
${script}
COMP_WORDS=(seam-emulator ${quoted}); COMP_CWORD=${words.length}
_seam_emulator
printf '%s\\n' "\${COMPREPLY[@]}"`
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', program], { env: { ...process.env, ...here } }, (error, stdout) => {
      if (error === null) resolve(stdout.split('\n').filter(Boolean))
      else reject(error)
    })
  })
}

describe('a command', { timeout: 60_000 }, () => {
  test('takes the address and the workspace before its name as well as behind it', async () => {
    const { SEAM_EMULATOR_URL: url, SEAM_EMULATOR_API_KEY: key } = here
    const before = await cli(['--url', url, `--api-key=${key}`, '--json', 'lock', 'list'])
    const behind = await cli(['lock', 'list', '--url', url, '--api-key', key, '--json'])
    expect(before).toEqual(behind)
    expect(before).toMatchObject({ code: 0 })
    expect(before.stdout).toContain('Front Door')
  })

  test('has examples in its help, whichever it is', async () => {
    const { commands } = await createProgram()
    const without: string[] = []
    for (const command of commands.filter((it) => !it.name().startsWith('__'))) {
      let text = ''
      command.configureOutput({ writeOut: (more) => (text += more) })
      command.outputHelp()
      if (!/^Examples?:$/m.test(text)) without.push(command.name())
    }
    expect(without).toEqual([])
  })
})

describe('a file that is no JSON', { timeout: 60_000 }, () => {
  test.each([
    ['report', /broken\.json is not JSON: .*Expected is a list of bookings/],
    ['snapshot import', /broken\.json is not JSON: .*snapshot export/],
  ])('is named by %s, with what is expected', async (command, told) => {
    const path = file('broken.json', '[{"device_id": "d0"')
    const { code, stderr } = await cli([...command.split(' '), path], here)
    expect(stderr).toMatch(told)
    expect(code).toBe(2)
  })

  test('is told from one that is not there, one that is empty, and one of something else', async () => {
    const told = async (path: string) => (await cli(['report', path], here)).stderr
    expect(await told(join(folder, 'none.json'))).toContain('cannot be read')
    expect(await told(file('empty.json', '\n'))).toContain('is empty')
    expect(await told(file('number.json', '7'))).toContain('is JSON, but not a list of bookings')
  })
})

describe('shell completion', { timeout: 60_000 }, () => {
  test('offers the locks of the running emulator, with their spaces', async () => {
    expect(await completed('lock', 'show', 'Fr')).toEqual(['Front Door'])
    expect(await completed('lock', 'show', String.raw`Front\ D`)).toEqual(['Front Door'])
    expect(await completed('bridge', 'unplug', 'Smart')).toEqual(['SmartThings hub'])
    await emulator.call('/access_grants/create', {
      user_identity: { full_name: 'Ada' },
      device_ids: ['d0000000-0000-4000-8000-000000000001'],
      reservation_key: 'booking-17',
      requested_access_methods: [{ mode: 'code' }],
    })
    expect(await completed('explain', 'book')).toEqual(['booking-17'])
  })

  test('offers what it knows itself where no emulator answers', async () => {
    const { stdout, stderr, code } = await cli(['__names', 'device', '--url', 'localhost:9'])
    expect({ stdout, stderr, code }).toEqual({ stdout: '', stderr: '', code: 0 })
  })
})

describe('seam-emulator exec', { timeout: 60_000 }, () => {
  test('keeps the proxy of the environment away from the emulator, for clients that honour it', async () => {
    const asked: string[] = []
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.statusCode = 502
      response.end()
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void proxy.close())
    const http_proxy = `http://127.0.0.1:${portOf(proxy)}`
    const script = `
      const answer = await fetch(process.env.SEAM_ENDPOINT + '/devices/list', {
        headers: { authorization: 'Bearer ' + process.env.SEAM_API_KEY },
      })
      console.log(answer.status, process.env.NO_PROXY)`
    const { stdout } = await cli(
      ['exec', '--', process.execPath, '--input-type=module', '-e', script],
      {
        HTTP_PROXY: http_proxy,
        http_proxy,
        NODE_USE_ENV_PROXY: '1',
        NO_PROXY: 'internal.example',
        no_proxy: '',
      },
    )
    expect(stdout.trim()).toBe('200 internal.example,localhost,127.0.0.1,::1')
    expect(asked).toEqual([])
  })

  test('says on Windows how a script such as npm is run', () => {
    const missing = Object.assign(new Error('spawn npm ENOENT'), { code: 'ENOENT' })
    const refused = Object.assign(new Error('spawn EINVAL'), { code: 'EINVAL' })
    expect(whyNotStarted('npm', missing, 'win32')).toContain('exec -- cmd /c npm')
    expect(whyNotStarted('npm.cmd', refused, 'win32')).toContain('exec -- cmd /c npm.cmd')
    expect(whyNotStarted('npm', missing, 'linux')).toBe('npm was not found')
  })
})
