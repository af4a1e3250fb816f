/** The library's types catch slips: each snippet is compiled, and must be refused at its slip. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** What it is, the statement, and whether it is right. */
const snippets: [string, string, 'right' | 'slip'][] = [
  [
    'a field of a lock',
    'const x: boolean = (await emulator.locks.get({ device_id })).online',
    'right',
  ],
  ['a field of a lock', '(await emulator.locks.get({ device_id })).onlin', 'slip'],
  ['a field deep in a lock', '(await emulator.locks.get({ device_id })).bolt.lockd', 'slip'],
  ['a status', "await emulator.waitUntil({ access_code_id, status: 'sett' })", 'slip'],
  ['a status of another thing', "await emulator.waitUntil({ device_id, status: 'set' })", 'slip'],
  ['an id', "await emulator.waitUntil({ acess_code_id: access_code_id, status: 'set' })", 'slip'],
  [
    'what was waited for',
    "const x: string = (await emulator.waitUntil({ access_code_id, status: 'set' })).access_code.status",
    'right',
  ],
  [
    'what was not waited for',
    "(await emulator.waitUntil({ access_code_id, status: 'set' })).device",
    'slip',
  ],
  [
    'an event type',
    "await emulator.waitUntil({ device_id, event_type: 'device.conected' })",
    'slip',
  ],
  [
    'an event type of the inbox',
    "await emulator.inbox.waitFor({ event_type: 'access_code.sett' })",
    'slip',
  ],
  [
    'an event that was waited for',
    "const x: string = (await emulator.waitUntil({ device_id, event_type: 'lock.locked' })).event.event_id",
    'right',
  ],
  ['a model', "await emulator.locks.create({ model: 'augst' })", 'slip'],
  ['an override', "await emulator.locks.create({ model: 'august', memory_slot: 2 })", 'slip'],
  [
    'an effect',
    "await emulator.faults.create({ on: 'webhook', effect: { kind: 'slow', fr: '2s' } })",
    'slip',
  ],
  [
    'an effect of its occasion',
    "await emulator.faults.create({ on: 'http', effect: { kind: 'status', status: 503 } })",
    'right',
  ],
  [
    'an effect of another occasion',
    "await emulator.faults.create({ on: 'http', effect: { kind: 'flap', every: '2h', for: '1h' } })",
    'slip',
  ],
  ['an occasion', "await emulator.faults.create({ on: 'htp', effect: { kind: 'hang' } })", 'slip'],
  ['a state of a fault', "(await emulator.faults.list())[0]?.state === 'activ'", 'slip'],
  [
    'a state of a delivery',
    "(await emulator.webhookDeliveries.list())[0]?.state === 'deliverd'",
    'slip',
  ],
  ['a field of a message', '(await emulator.inbox.list())[0]?.is_verifed', 'slip'],
  ['a setting', 'await emulator.settings.update({ delay_aftr: 1 })', 'slip'],
  ['a clock mode', "(await emulator.clock.get()).mode === 'freezed'", 'slip'],
  [
    'the named types',
    'const all: [Clock?, Delivery?, Fault?, InboxMessage?, Lock?, Workspace?] = []',
    'right',
  ],
]

const program = (statement: string): string => `
import { createEmulator } from '${root}/src/index.ts'
import type { Clock, Delivery, Fault, InboxMessage, Lock, Workspace } from '${root}/src/index.ts'
const emulator = await createEmulator()
const device_id = '', access_code_id = '';
${statement}
export {}
`

let place: string
let errors: string
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'seam-emulator-types-'))
  for (const [n, [, statement]] of snippets.entries()) {
    writeFileSync(join(place, `s${n}.mts`), program(statement))
  }
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      typeRoots: [join(root, 'node_modules/@types')],
      rewriteRelativeImportExtensions: false,
    },
    include: ['*.mts'],
  }
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  errors = await new Promise((done) => {
    execFile(process.execPath, [tsc, '-p', place, '--pretty', 'false'], (_, stdout) => done(stdout))
  })
}, 120_000)
afterAll(() => rmSync(place, { recursive: true, force: true }))

describe('the types of the library', () => {
  test.each(snippets.map(([what, statement, is], n) => [is, what, statement, n] as const))(
    '%s: %s: %s',
    (is, _, __, n) => {
      const own = errors.split('\n').filter((line) => line.includes(`s${n}.mts(6,`))
      if (is === 'right') expect(own).toEqual([])
      else expect(own).not.toEqual([])
    },
  )

  test('are refused nowhere but there', () => {
    const elsewhere = errors
      .split('\n')
      .filter((line) => /error TS/.test(line) && !/s\d+\.mts\(6,/.test(line))
    expect(elsewhere).toEqual([])
  })
})
