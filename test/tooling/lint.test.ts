import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')

/**
 * A file, a line of code in it, and the rule that must refuse the line; null if it must pass. Cases
 * that name the same file become lines of one file. NAME stands for a name of the line's own.
 */
type Case = { says: string; file: string; code: string; rule: string | null }

const imports = (file: string, from: string, rule: string | null): Case => ({
  says: `${file} ${rule === null ? 'may' : 'must not'} import ${from}`,
  file,
  code: `export * as NAME from '${from}'`,
  rule,
})

const DIRECTION = 'house(direction)'

const directions: Case[] = [
  imports('src/sim/access-codes/a.ts', '../locks/x.ts', null),
  imports('src/sim/access-codes/checks/a.ts', '../../kernel/x.ts', null),
  imports('src/sim/locks/a.ts', '../access-codes/x.ts', DIRECTION),
  imports('src/sim/locks/battery/a.ts', '../../access-codes/x.ts', DIRECTION),
  imports('src/sim/locks/battery/a.ts', '../lock-view.ts', null),
  imports('src/sim/devices/a.ts', '../locks/x.ts', DIRECTION),
  imports('src/sim/devices/a.ts', '../connected-accounts/x.ts', null),
  imports('src/sim/connected-accounts/a.ts', '../devices/x.ts', DIRECTION),
  imports('src/sim/events/a.ts', '../devices/x.ts', DIRECTION),
  imports('src/sim/kernel/a.ts', '../events/x.ts', DIRECTION),
  imports('src/sim/kernel/a.ts', '../reactions.ts', DIRECTION),
  imports('src/sim/kernel/universe.ts', '../reactions.ts', null),
  imports('src/sim/kernel/universe.ts', '../locks/x.ts', DIRECTION),
  imports('src/sim/reactions.ts', './access-codes/x.ts', null),
  imports('src/sim/locks/a.ts', '../reactions.ts', DIRECTION),
  imports('src/sim/of-no-place/a.ts', '../access-grants/x.ts', null),
  imports('src/sim/of-no-place/b.ts', '../also-of-no-place/x.ts', DIRECTION),
  imports('src/sim/access-grants/a.ts', '../of-no-place/x.ts', DIRECTION),
  imports('src/sim/workspaces/a.ts', '../of-no-place/x.ts', null),
  imports('src/api/a.ts', '../sim/x.ts', null),
  imports('src/api/a.ts', '../console/x.ts', DIRECTION),
  imports('src/console/live/a.ts', '../../lib/x.ts', null),
  imports('src/console/live/a.ts', '../../sim/x.ts', DIRECTION),
  // Types of the contract alone.
  imports('src/console/live/a.ts', '../../contract/x.ts', DIRECTION),
  imports('src/api/seam/a.ts', '../../db/tables/x.ts', null),
  imports('src/api/seam/a.ts', '../http/x.ts', null),
  imports('src/api/http/a.ts', '../seam/x.ts', DIRECTION),
  imports('src/api/http/a.ts', '../app.ts', DIRECTION),
  imports('src/api/app.ts', './control/x.ts', null),
  imports('src/api/of-no-place/a.ts', '../http/x.ts', DIRECTION),
  imports('src/api/a.ts', '../webhooks/x.ts', DIRECTION),
  imports('src/api/a.ts', '../driver/x.ts', DIRECTION),
  imports('src/api/a.ts', '../emulator.ts', DIRECTION),
  imports('src/sim/a.ts', '../db/tables/x.ts', null),
  imports('src/sim/locks/a.ts', '../webhooks/x.ts', null), // src/sim/webhooks is not src/webhooks
  imports('src/sim/a.ts', '../api/x.ts', DIRECTION),
  imports('src/sim/locks/models/a.ts', '../../../api/x.ts', DIRECTION),
  imports('src/sim/a.ts', '../webhooks/x.ts', DIRECTION),
  imports('src/sim/a.ts', '../driver/x.ts', DIRECTION),
  imports('src/sim/a.ts', '../emulator.ts', DIRECTION),
  imports('src/sim/a.ts', '../cli.ts', DIRECTION),
  imports('src/db/a.ts', '../sim/x.ts', DIRECTION),
  imports('src/db/a.ts', '../api/x.ts', DIRECTION),
  imports('src/webhooks/a.ts', '../sim/x.ts', null),
  imports('src/webhooks/a.ts', '../db/tables/x.ts', null),
  imports('src/webhooks/a.ts', '../api/x.ts', DIRECTION),
  imports('src/webhooks/a.ts', '../driver/x.ts', DIRECTION),
  imports('src/driver/a.ts', '../webhooks/x.ts', null),
  imports('src/driver/a.ts', '../sim/x.ts', null),
  imports('src/driver/a.ts', '../api/x.ts', DIRECTION),
  imports('src/emulator.ts', './driver/x.ts', null),
  imports('src/emulator.ts', './cli.ts', DIRECTION),
  imports('src/index.ts', './emulator.ts', null),
  imports('src/index.ts', './cli.ts', DIRECTION),
  imports('src/cli.ts', './emulator.ts', null),
  imports('src/testing/index.ts', '../index.ts', null),
  imports('src/emulator.ts', './testing/x.ts', DIRECTION),
  imports('src/lib/duration.ts', '../sim/x.ts', DIRECTION),
  imports('src/sim/a.ts', '../lib/duration.ts', null),
  imports('src/emulator.ts', '../test/x.ts', DIRECTION),
  imports('test/a.test.ts', '../src/cli.ts', null),
  {
    says: 'an import of types goes the same way as any other',
    file: 'src/sim/a.ts',
    code: `import type { X as NAME } from '../api/x.ts'`,
    rule: DIRECTION,
  },
  {
    says: 'a dynamic import goes the same way as any other',
    file: 'src/sim/a.ts',
    code: `export const NAME = () => import('../api/x.ts')`,
    rule: DIRECTION,
  },
  {
    says: 'an import for its effects goes the same way as any other',
    file: 'src/sim/a.ts',
    code: `import '../api/x.ts'`,
    rule: DIRECTION,
  },
]

const SQL = 'house(no-sql)'
const text = (file: string, code: string, rule: string | null): Case => ({
  says: `${file} ${rule === null ? 'may' : 'must not'} say ${code}`,
  file,
  code: `export const NAME = ${code}`,
  rule,
})

const sql: Case[] = [
  imports('src/api/seam/a.ts', '../../db/conditions.ts', null),
  imports('src/sim/a.ts', '../db/conditions.ts', null),
  imports('src/sim/a.ts', '../db/store/x.ts', SQL),
  imports('src/webhooks/a.ts', '../db/open.ts', SQL),
  imports('src/db/a.ts', './store/x.ts', null),
  imports('src/db/a.ts', 'drizzle-orm/sql', null),
  imports('src/sim/a.ts', 'drizzle-orm', SQL),
  imports('src/api/a.ts', 'drizzle-orm/sql', SQL),
  imports('src/driver/a.ts', 'better-sqlite3', SQL),
  text('src/sim/a.ts', `'order by due_at, seq'`, SQL),
  text('src/sim/a.ts', `'device_id = ? and code is not null'`, SQL),
  text('src/api/a.ts', '`select ${1} from devices`', SQL),
  text('src/api/a.ts', '`select 1 from devices where name = ${1}`', SQL),
  text('src/api/a.ts', `'SELECT 1 from devices'`, SQL),
  text('src/api/a.ts', `'The devices of an account, by name; which of them is yours?'`, null),
  text('src/db/a.ts', `'order by seq'`, null),
  text('scripts/a.ts', `'order by seq'`, null),
]

const inTheWorld = (code: string, rule: string | null): Case => ({
  says: `the world ${rule === null ? 'may' : 'must not'} say ${code.replace('NAME', 'f')}`,
  file: 'src/sim/a.ts',
  code: `export const NAME = () => ${code}`,
  rule,
})
const GLOBAL = 'eslint(no-restricted-globals)'
const PROPERTY = 'eslint(no-restricted-properties)'
const IMPORT = 'eslint(no-restricted-imports)'

const world: Case[] = [
  inTheWorld('Date.now()', PROPERTY),
  inTheWorld('new Date()', 'house(no-wall-clock)'),
  inTheWorld('Date()', 'house(no-wall-clock)'),
  inTheWorld('new Date(0).toISOString()', null),
  inTheWorld(`Date.parse('2025-01-01T00:00:00Z')`, null),
  inTheWorld('setTimeout(NAME, 1)', GLOBAL),
  inTheWorld('setInterval(NAME, 1)', GLOBAL),
  inTheWorld('setImmediate(NAME)', GLOBAL),
  inTheWorld('queueMicrotask(NAME)', GLOBAL),
  inTheWorld('Math.random()', PROPERTY),
  inTheWorld('Math.max(1, 2)', null),
  inTheWorld(`fetch('http://localhost')`, GLOBAL),
  inTheWorld('process.uptime()', GLOBAL),
  inTheWorld('performance.now()', GLOBAL),
  inTheWorld('crypto.randomUUID()', GLOBAL),
  inTheWorld('globalThis.Date', GLOBAL),
  imports('src/sim/a.ts', 'node:timers/promises', IMPORT),
  imports('src/sim/a.ts', 'node:http', IMPORT),
  imports('src/sim/a.ts', 'hono', IMPORT),
  imports('src/sim/a.ts', 'nanoid', IMPORT),
  {
    says: 'the world may hash',
    file: 'src/sim/a.ts',
    code: `export { createHash as NAME } from 'node:crypto'`,
    rule: null,
  },
  {
    says: 'the world must not draw randomness from node:crypto',
    file: 'src/sim/a.ts',
    code: `export { randomUUID as NAME } from 'node:crypto'`,
    rule: IMPORT,
  },
  {
    says: 'the driver may read the clock and set timers',
    file: 'src/driver/a.ts',
    code: 'export const NAME = () => setTimeout(() => new Date(), Date.now())',
    rule: null,
  },
]

const style: Case[] = [
  {
    says: 'any is refused',
    file: 'src/api/a.ts',
    code: 'export type NAME = any',
    rule: 'typescript(no-explicit-any)',
  },
  {
    says: 'a type forced through unknown is refused',
    file: 'src/api/a.ts',
    code: `export const NAME = 'x' as unknown as number`,
    rule: 'house(no-double-assertion)',
  },
  {
    says: 'a comment that silences the compiler is refused',
    file: 'src/api/a.ts',
    code: '/* @ts-ignore */ export const NAME = 1',
    rule: 'typescript(ban-ts-comment)',
  },
  {
    says: 'a promise that nobody awaits is refused',
    file: 'src/api/a.ts',
    code: 'export const NAME = async () => 1; NAME()',
    rule: 'typescript(no-floating-promises)',
  },
  {
    says: 'a promise as a condition is refused',
    file: 'src/api/a.ts',
    code: 'export const NAME = async () => { if (NAME()) throw new Error() }',
    rule: 'typescript(no-misused-promises)',
  },
  {
    says: 'a type imported as a value is refused',
    file: 'src/api/a.ts',
    code: `import { Stats as NAME } from 'node:fs'; export type T = NAME`,
    rule: 'typescript(consistent-type-imports)',
  },
  {
    says: 'console is refused in the library',
    file: 'src/api/a.ts',
    code: `console.log('x')`,
    rule: 'eslint(no-console)',
  },
  {
    says: 'console is what the command line prints with',
    file: 'src/cli.ts',
    code: `console.log('x')`,
    rule: null,
  },
  {
    says: 'a default export is refused',
    file: 'src/api/a.ts',
    code: 'export default 1',
    rule: 'import(no-default-export)',
  },
  {
    says: 'a test that sleeps is refused',
    file: 'test/a.test.ts',
    code: `export { setTimeout as NAME } from 'node:timers/promises'`,
    rule: IMPORT,
  },
]

const Report = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string().default('parser'),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
})

describe('lint', () => {
  const cases = [...directions, ...sql, ...world, ...style]
  const restrictions = new Set(['parser', ...cases.flatMap(({ rule }) => rule ?? [])])
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'seam-emulator-lint-')))
  const files = new Map<string, Case[]>()
  /** Rules that refused the line of a case. */
  const refusals = new Map<Case, string[]>()

  beforeAll(() => {
    symlinkSync(join(root, 'node_modules'), join(home, 'node_modules'))
    for (const name of [
      '.oxlintrc.json',
      'package.json',
      'tsconfig.json',
      'scripts/house-rules.ts',
    ]) {
      cpSync(join(root, name), join(home, name))
    }
    for (const each of cases) {
      const lines = files.get(each.file) ?? []
      files.set(each.file, [...lines, each])
    }
    for (const [file, lines] of files) {
      mkdirSync(dirname(join(home, file)), { recursive: true })
      const code = lines.map((line, index) => line.code.replaceAll('NAME', `name${index}`))
      writeFileSync(join(home, file), `${code.join('\n')}\n`)
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
    const { stdout } = spawnSync(process.execPath, [oxlint, '--format', 'json', 'src', 'test'], {
      cwd: home,
      encoding: 'utf8',
    })
    for (const { code, filename, labels } of Report.parse(JSON.parse(stdout)).diagnostics) {
      const line = files.get(filename)?.[(labels[0]?.span.line ?? 0) - 1]
      if (line === undefined) throw new Error(`${code} in ${filename}, where no case is`)
      refusals.set(line, [...(refusals.get(line) ?? []), code])
    }
  })

  afterAll(() => rmSync(home, { recursive: true, force: true }))

  test.each(cases)('$says', (each) => {
    const rules = (refusals.get(each) ?? []).filter((rule) => restrictions.has(rule))
    expect(new Set(rules)).toEqual(new Set(each.rule === null ? [] : [each.rule]))
  })
})
