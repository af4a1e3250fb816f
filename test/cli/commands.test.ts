import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SeamHttp } from '@seamapi/http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'
import { createProgram } from '../../src/cli/program.ts'
import { cli, outcomeOf, startProcess } from './run.ts'
import type { Outcome } from './run.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'
const ESCAPE = '\u001B['

let emulator: Emulator
let folder: string
beforeAll(async () => {
  emulator = await createEmulator()
  folder = mkdtempSync(join(tmpdir(), 'seam-emulator-test-'))
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a command against a workspace of the shared emulator. */
const on = (workspace: string, ...args: string[]): Promise<Outcome> =>
  cli([...args, '--workspace', workspace], { SEAM_EMULATOR_URL: emulator.endpoint })

const json = async (outcome: Promise<Outcome>): Promise<unknown> => {
  const { code, stdout, stderr } = await outcome
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('commands that act on a running emulator', { timeout: 120_000 }, () => {
  test('clock tells the time and leaps with a list of what happened', async () => {
    const { call } = emulator.workspace('clock')
    await call('/access_codes/create', { device_id, name: 'Guest', code: '4821' })
    const { code, stdout } = await on('clock', 'clock', 'advance', '1h')
    expect(code).toBe(0)
    expect(stdout).toContain('access_code.set_on_device')
    expect(stdout).toContain('It is now 2025-01-01 01:00:00Z')
    expect(await json(on('clock', 'clock', '--json'))).toMatchObject({
      clock: { now: '2025-01-01T01:00:00.000Z', mode: 'frozen' },
    })
  })

  test('clock passes the emulator’s own words on, and ends with 1', async () => {
    const { code, stderr } = await on('clock-errors', 'clock', 'advance', 'soon')
    expect(code).toBe(1)
    expect(stderr).toContain('"soon" is no duration')
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('lock types a code on a door that is given by name; its exit code is the door’s answer', async () => {
    const { call, clock } = emulator.workspace('lock')
    await call('/access_codes/create', { device_id, name: 'Guest', code: '4821' })
    await clock.advance('10m')
    const [right, wrong, shown, unknown] = await Promise.all([
      on('lock', 'lock', 'enter', 'front door', '4821'),
      on('lock', 'lock', 'enter', 'Front', '0000'),
      on('lock', 'lock', 'show', device_id),
      on('lock', 'lock', 'show', 'Side Door'),
    ])
    expect(right).toMatchObject({ code: 0, stdout: 'The door opens.\n' })
    expect(wrong.code).toBe(1)
    expect(wrong.stdout).toContain('The door stays shut: unknown_code')
    expect(shown.stdout).toContain('4821')
    expect(shown.stdout).not.toContain(ESCAPE)
    expect(unknown.stderr).toContain('There is no device "Side Door". There are: Front Door')
  })

  test('fault causes trouble that explain, list and clear then tell of', async () => {
    const { call, clock } = emulator.workspace('fault')
    expect(
      await json(
        on(
          'fault',
          'fault',
          'create',
          'access_code.set',
          'fail',
          'message=No luck',
          '--times',
          '2',
          '--match',
          `device_id=${device_id}`,
          '--json',
        ),
      ),
    ).toMatchObject({ fault: { on: 'access_code.set', times: 2, match: { device_id }, hits: 0 } })
    await call('/access_codes/create', { device_id, name: 'Guest 12' })
    await clock.advance('5s')
    const [explained, listed] = await Promise.all([
      on('fault', 'explain', 'Guest 12'),
      on('fault', 'fault', 'list'),
    ])
    expect(explained.stdout).toContain('setting')
    expect(listed.stdout).toContain('1 of 2')
    const bad = await on('fault', 'fault', 'create', 'http', 'explode')
    expect(bad).toMatchObject({ code: 1 })
    expect(bad.stderr).toContain('There is no effect explode')
    expect((await on('fault', 'fault', 'clear')).stdout).toContain('1 fault ended.')
  })

  test('inbox waits for a webhook by leaping to it', async () => {
    const { call } = emulator.workspace('inbox')
    const { stdout } = await on('inbox', 'inbox', 'url', 'ci')
    await call('/webhooks/create', { url: stdout.trim() })
    await call('/access_codes/create', { device_id, name: 'Guest' })
    const waited = on(
      'inbox',
      'inbox',
      'wait',
      '--event-type',
      'access_code.set_on_device',
      '--timeout',
      '1h',
      '--json',
    )
    expect(await json(waited)).toMatchObject({
      messages: [{ inbox: 'ci', event_type: 'access_code.set_on_device', is_verified: true }],
    })
    const late = await on('inbox', 'inbox', 'wait', '--event-type', 'lock.locked')
    expect(late.code).toBe(1)
    expect(late.stderr).toContain('wait_timeout')
  })

  test('events prints one event per line', async () => {
    const { call } = emulator.workspace('events')
    await call('/access_codes/create', { device_id, name: 'Guest' })
    const { stdout } = await on('events', 'events', '--json')
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => /"event_type":"([^"]+)"/.exec(line)?.[1])
    expect(types).toContain('access_code.created')
  })

  test('snapshot keeps, puts back, and writes what import takes', async () => {
    const { call } = emulator.workspace('snapshot')
    await call('/access_codes/create', { device_id, name: 'Kept' })
    const file = join(folder, 'world-of-snapshot.json')
    expect((await on('snapshot', 'snapshot', 'create', 'early')).code).toBe(0)
    expect((await on('snapshot', 'snapshot', 'export', file)).code).toBe(0)
    await call('/access_codes/create', { device_id, name: 'Later' })
    expect((await on('snapshot', 'snapshot', 'restore', 'early')).code).toBe(0)
    expect((await on('snapshot', 'explain')).stdout).not.toContain('Later')
    expect((await on('elsewhere', 'snapshot', 'import', file)).code).toBe(0)
    expect((await on('elsewhere', 'explain')).stdout).toContain('Kept')
  })

  test('workspace reset goes back to the first instant, with another seed if it is given one', async () => {
    const { clock, workspaces } = emulator.workspace('reset')
    await clock.advance('1h')
    const reset = await on('reset', 'workspace', 'reset', '--seed', 'seven', '--json')
    expect(JSON.parse(reset.stdout)).toMatchObject({ workspace: { seed: 'seven' } })
    expect((await clock.get()).now).toBe('2025-01-01T00:00:00.000Z')
    expect((await on('reset', 'workspace', 'reset')).stdout).toContain('as it was at first')
    expect((await workspaces.list()).map(({ seed }) => seed)).toContain('seven')
  })

  test('report ends with 1 when a guest was locked out, and says for how long', async () => {
    const { call, clock } = emulator.workspace('report')
    const stay = { starts_at: '2025-01-02T15:00:00Z', ends_at: '2025-01-03T10:00:00Z' }
    await call('/access_codes/create', { device_id, name: 'Guest', code: '4821', ...stay })
    await clock.advance({ to: stay.ends_at })
    const file = join(folder, 'bookings.json')
    const bookings = [{ device_id, code: '4821', ...stay }]
    writeFileSync(file, JSON.stringify(bookings))
    const fine = await on('report', 'report', file)
    expect(fine.stdout).toContain('guests were locked out for 0 min')
    writeFileSync(file, JSON.stringify([...bookings, { device_id, code: '9999', ...stay }]))
    const bad = await on('report', 'report', file)
    expect(bad.code).toBe(1)
    expect(bad.stdout).toContain('locked out for 1140 min')
  })

  test('report knows the stays that have grants, as text, JSON and JUnit XML', async () => {
    const { call, clock, bridges } = emulator.workspace('stays')
    await bridges.unplug({ bridge_id: 'b0000000-0000-4000-8000-000000000001' })
    await call('/access_grants/create', {
      user_identity: { full_name: 'Ada & Bob' },
      device_ids: [device_id],
      reservation_key: 'r1',
      ends_at: '2025-01-03T00:00:00Z',
      requested_access_methods: [{ mode: 'code' }],
    })
    await clock.advance('2h')
    const [text, xml, one, unknown] = await Promise.all([
      on('stays', 'report'),
      on('stays', 'report', '--junit'),
      on('stays', 'report', '--stay', 'r1', '--json'),
      on('stays', 'report', '--stay', 'r2'),
    ])
    expect(text).toMatchObject({ code: 1 })
    expect(text.stdout).toMatch(
      /Ada & Bob \(r1\) .+ Front Door +\d+ +120 min +0 min +code_not_on_lock/,
    )
    expect(text.stdout).toContain('1 stay, 2025-01-01 00:00:00Z to 2025-01-01 02:00:00Z')
    expect(xml).toMatchObject({ code: 1 })
    expect(xml.stdout).toContain('<testsuites name="seam-emulator report" tests="1" failures="1">')
    expect(xml.stdout).toContain('name="Ada &amp; Bob at Front Door"')
    expect(xml.stdout).toContain('<failure message="locked out for 120 min, overstay 0 min"')
    expect(JSON.parse(one.stdout)).toMatchObject({ report: { total: { stays: 1 } } })
    expect(unknown).toMatchObject({ code: 4 })
  })

  test('report says which doors it does not judge, and passes none of them', async () => {
    const { call, acsSystems } = emulator.workspace('not-judged')
    const { entrances } = await acsSystems.create({ model: 'visionline' })
    await call('/access_grants/create', {
      user_identity: { full_name: 'Ada' },
      acs_entrance_ids: entrances.slice(0, 2).map((it) => it.acs_entrance_id),
      requested_access_methods: [{ mode: 'card' }],
    })
    const [text, xml] = await Promise.all([
      on('not-judged', 'report'),
      on('not-judged', 'report', '--junit'),
    ])
    expect(text.stdout).toContain('Not judged: 2 entrances of access systems')
    expect(xml.stdout).toContain('tests="2" failures="0" errors="0" skipped="2"')
    expect(xml.stdout).toContain(`name="Ada at ${entrances[0]?.display_name}"`)
  })

  test('bridge unplugs by name', async () => {
    const { stdout } = await on('bridge', 'bridge', 'unplug', 'SmartThings hub')
    expect(stdout).toContain('SmartThings hub is offline')
  })

  test('says where it looked when nobody answers', async () => {
    // Also without `http://`, as people type it.
    const { code, stderr } = await cli(['clock', '--url', 'localhost:9'])
    expect(code).toBe(3)
    expect(stderr).toMatch(/No emulator answers at http:\/\/localhost:9 .*npx seam-emulator/)
  })

  test('a slip is told with what was probably meant, by one prefix, and its own exit code', async () => {
    const { call, apiKey } = emulator.workspace('slips')
    await call('/access_codes/create', { device_id, name: 'My first code' })
    await emulator.workspace('slips').snapshot('before')
    expect(apiKey).toBe('seam_test_slips')
    const slips: [args: string[], code: number, words: RegExp][] = [
      [['lock', 'lst'], 2, /there is no command "lock lst"\. Did you mean list\?\nUsage: /],
      [['lokc'], 2, /unknown command 'lokc'[\s\S]*Did you mean lock/],
      [['resend', 'a', 'b'], 2, /too many arguments[\s\S]*\nUsage: seam-emulator resend/],
      [['completion'], 2, /Usage: seam-emulator completion <bash\|zsh\|fish>/],
      [['fault', 'create', 'htp', 'status'], 1, /no occasion htp\. Did you mean http\?/],
      [['fault', 'create', 'http', 'stats'], 1, /no effect stats\. Did you mean status\?/],
      [['lock', 'create', 'schlag'], 1, /no lock model "schlag"\. Did you mean schlage\?/],
      [['lock', 'battery', 'Front Door', '500%'], 1, /no level: give 0 to 1, or a percentage/],
      [['lock', 'show', 'Frnt Door'], 4, /no device "Frnt Door"\. Did you mean Front Door\?/],
      [['snapshot', 'restore', 'nope'], 4, /no snapshot "nope"\..* There are: before\./],
      [['explain', 'nobody'], 4, /no access code "nobody"\. There are: My first code\./],
      [['trigger', 'lock.lockd'], 1, /no event type lock\.lockd\. Did you mean lock\.locked\?/],
      [
        ['clock', 'advance', 'soon'],
        1,
        /^seam-emulator: .*"soon" is no duration.*\(invalid_input\)/,
      ],
    ]
    for (const [args, code, words] of slips) {
      const told = await on('slips', ...args)
      expect({ args, code: told.code }).toEqual({ args, code })
      expect(told.stderr).toMatch(words)
      expect(told.stderr).toMatch(/^seam-emulator: /)
    }
    expect((await on('slips', 'explain', 'my first')).stdout).toContain('My first code')
    expect((await on('slips', 'lock', 'battery', 'Front Door', '5%')).stdout).toContain('5 %')
  })

  test('logs, trigger, inbox deliveries and resend show what goes to and fro', async () => {
    const { apiKey, inbox, webhookTo } = emulator.workspace('to-and-fro')
    await webhookTo(inbox.url())
    expect((await on('to-and-fro', 'trigger', 'lock.access_denied')).stdout).toMatch(
      /lock\.access_denied {2}\w/,
    )
    const headers = { authorization: `Bearer ${apiKey}` }
    await fetch(`${emulator.endpoint}/acess_codes/list`, { headers })
    const logs = await on('to-and-fro', 'logs', '--unmatched')
    expect(logs.stdout).toMatch(/404 {2}GET \/acess_codes\/list.*Did you mean \/access_codes\/list/)
    expect((await on('to-and-fro', 'inbox', 'deliveries')).stdout).toMatch(
      /lock\.access_denied +delivered +1 +200/,
    )
    expect((await on('to-and-fro', 'resend')).stdout).toMatch(/→ 200 \(delivered/)
  })

  test('listen registers an endpoint, prints its secret, shows deliveries and goes again', async () => {
    const { call, inbox, webhookTo } = emulator.workspace('listen')
    expect(webhookTo).toBeTypeOf('function')
    const child = startProcess(['listen', inbox.url(), '--workspace', 'listen'], {
      SEAM_EMULATOR_URL: emulator.endpoint,
    })
    const outcome = outcomeOf(child)
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/whsec_/)
    await call('/access_codes/create', { device_id, name: 'Guest' })
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/access_code\.created → 200/)
    child.kill('SIGTERM')
    expect((await outcome).code).toBe(0)
    expect(await call('/webhooks/list')).toMatchObject({ webhooks: [] })
  })
})

describe('seam-emulator doctor', { timeout: 120_000 }, () => {
  test('has nothing to say before the integration has called', async () => {
    const { code, stdout } = await on('doctor-none', 'doctor')
    expect(code).toBe(0)
    expect(stdout).toContain('has not called this workspace yet')
  })

  test('finds a PIN that nobody saw get set, and pages that were not read', async () => {
    const { apiKey } = emulator.workspace('doctor')
    const seam = new SeamHttp({ endpoint: emulator.endpoint, apiKey })
    await seam.accessCodes.create({ device_id, name: 'Guest' })
    await seam.devices.list({ limit: 2 })
    const { code, stdout } = await on('doctor', 'doctor', '--json', '--no-probe')
    expect(code).toBe(1)
    const verdicts = /"findings":(\[.*\])/.exec(stdout)?.[1] ?? ''
    for (const check of ['pin-before-set', 'failure-events', 'pagination'])
      expect(verdicts).toMatch(new RegExp(`"check":"${check}","verdict":"wrong"`))
  })
})

describe('seam-emulator exec', { timeout: 120_000 }, () => {
  test('gives the command an emulator of its own, and ends with its code', async () => {
    const script =
      'fetch(process.env.SEAM_ENDPOINT + "/devices/list", { headers: { authorization: "Bearer " + process.env.SEAM_API_KEY } }).then((answer) => { console.log(answer.status, process.env.SEAM_PERSONAL_ACCESS_TOKEN); process.exit(7) })'
    expect(
      await cli(['exec', '--', process.execPath, '-e', script], {
        SEAM_PERSONAL_ACCESS_TOKEN: 'seam_at_live',
        SEAM_ENDPOINT: 'https://connect.getseam.com',
        PORT: '1',
      }),
    ).toMatchObject({ code: 7, stdout: '200 undefined\n' })
  })

  test('passes a signal on as shells do', async () => {
    const { code } = await cli([
      'exec',
      '--',
      process.execPath,
      '-e',
      'process.kill(process.pid, "SIGTERM")',
    ])
    expect(code).toBe(128 + 15)
  })

  test('hands a signal on to the command, which ends in its own way', async () => {
    const script =
      'process.on("SIGTERM", () => process.exit(9)); console.log("up"); setInterval(() => {}, 1e6)'
    const child = startProcess(['exec', '--', process.execPath, '-e', script])
    const outcome = outcomeOf(child)
    child.stdout.once('data', () => child.kill('SIGTERM'))
    expect((await outcome).code).toBe(9)
  })

  test('ends with 127 when there is no such command', async () => {
    const { code, stderr } = await cli(['exec', '--', 'no-such-command-here'])
    expect(code).toBe(127)
    expect(stderr).toContain('no-such-command-here was not found')
  })
})

describe('commands that need no emulator', { timeout: 120_000 }, () => {
  test('demo tells a stay in which every line has its source', async () => {
    const begun = performance.now()
    const { code, stdout } = await cli(['demo', '--json'])
    expect(code).toBe(0)
    expect(performance.now() - begun).toBeLessThan(10_000)
    const door = stdout.split('\n').filter((line) => line.includes('"kind":"door"'))
    expect(door.map((line) => line.includes('the door opens'))).toEqual([false, true, false])
    expect(stdout).toContain('access_code.scheduled_on_device, signature verified')
  })

  test('demo reservation tells a booking with trouble in the middle, judged at the doors', async () => {
    const { code, stdout } = await cli(['demo', 'reservation', '--json'])
    expect(code).toBe(0)
    const beat = z.object({ kind: z.string(), text: z.string(), source: z.string() })
    const beats = stdout
      .trim()
      .split('\n')
      .map((line) => beat.parse(JSON.parse(line)))
    const doors = beats.filter(({ kind }) => kind === 'door').map(({ text }) => text)
    expect(doors.map((it) => it.replace(/^The guest types \d+ at /, ''))).toEqual([
      'the entrance: the door opens.',
      'flat 1: the door opens.',
      'flat 1: the door stays shut (unknown_code).',
      'flat 2: the door opens.',
      // Cancelled, and its hub is out.
      'flat 2: the door opens.',
      'flat 2: the door stays shut (unknown_code).',
      'the entrance: the door stays shut (unknown_code).',
    ])
    const explained = beats.filter(({ kind }) => kind === 'explain').map(({ text }) => text)
    expect(explained[0]).toContain('One of two doors is ready: Flat 1 waits for its bridge')
    expect(explained[1]).toContain('It is being deleted, but Flat 2 still has its code')
    expect(explained[2]).toMatch(/locked out for 0 min, and could get in for 180(\.\d)? min after/)
    const told = beats.filter(({ kind }) => kind === 'webhook').map(({ source }) => source)
    expect(told.filter((it) => !it.endsWith('signature verified'))).toEqual([])
    expect(told.map((it) => it.split(',')[0])).toEqual(
      expect.arrayContaining([
        'access_method.delay_in_issuing',
        'access_method.issued',
        'access_method.reissued',
        'access_grant.deleted',
      ]),
    )
    expect(beats.at(-1)?.text).toBe('Nothing of the booking is left.')
  })

  test('init writes a world that start accepts, and does not write over one', async () => {
    const file = join(folder, 'world.json')
    expect((await cli(['init', file])).code).toBe(0)
    await using own = await createEmulator({ fixture: file })
    const { devices } = await own.call('/devices/list')
    expect(devices).toMatchObject([{ display_name: 'Flat' }, { display_name: 'Cabin' }])
    const again = await cli(['init', file])
    expect(again).toMatchObject({ code: 1 })
    expect(again.stderr).toContain('--force')
  })

  test('routes counts what is emulated', async () => {
    const { stdout } = await cli(['routes'])
    expect(stdout).toMatch(/\d+ of 201 routes of Seam's API are emulated/)
  })

  test('--version is the manifest’s', async () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    const { stdout } = await cli(['--version'])
    expect(manifest).toContain(`"version": "${stdout.trim()}"`)
  })

  test('completion for bash knows what follows a command', async () => {
    const { stdout } = await cli(['completion', 'bash'])
    expect(stdout).toMatch(/"clock"\) words="get advance freeze stop resume/)
    for (const shell of ['zsh', 'fish']) expect((await cli(['completion', shell])).code).toBe(0)
  })

  test('a command that is none is said to be none, whatever it is called', async () => {
    const { code, stderr } = await cli(['constructor'])
    expect(code).toBe(2)
    expect(stderr).toContain("unknown command 'constructor'")
  })

  test('every command teaches itself in its help', async () => {
    const program = await createProgram()
    for (const command of program.commands) {
      expect(command.description(), command.name()).not.toBe('')
      for (const child of command.commands)
        expect(child.description(), `${command.name()} ${child.name()}`).not.toBe('')
    }
  })

  test('colours only a terminal, or when told to', async () => {
    const [plain, coloured, told] = await Promise.all([
      cli(['routes']),
      cli(['routes'], { FORCE_COLOR: '1' }),
      cli(['routes'], { NO_COLOR: '1' }),
    ])
    expect(plain.stdout).not.toContain(ESCAPE)
    expect(told.stdout).not.toContain(ESCAPE)
    expect(coloured.stdout).toContain(ESCAPE)
  })
})
