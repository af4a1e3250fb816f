import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const run = (program: string, shell = '"$NODE" --input-type=module --eval "$PROGRAM"') =>
  spawnSync('sh', ['-c', shell], {
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE: process.execPath,
      PROGRAM: `const { jsonLines } = await import('${new URL('../../src/log/json-lines.ts', import.meta.url).href}'); ${program}`,
    },
  })

test('each line is an object with level, time, its fields and its text, in the order of writing', () => {
  const { stderr } = run(`
    const log = jsonLines('info')
    log.write('info', { kind: 'info', absent: undefined }, 'first, with “é”')
    log.write('error', { kind: 'error' }, 'second')
    process.exit(0)`)
  const lines: unknown[] = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(lines).toEqual([
    { level: 30, time, kind: 'info', msg: 'first, with “é”' },
    { level: 50, time, kind: 'error', msg: 'second' },
  ])
})

test('a level lets through what is as grave, or graver', () => {
  const { stdout } = run(`
    const { isOn } = jsonLines('warn')
    console.log(['error', 'warn', 'info', 'debug'].filter(isOn).join(' '))`)
  expect(stdout.trim()).toBe('error warn')
})

test('a reader that is gone ends nothing', () => {
  const program = `
    const log = jsonLines('info')
    setTimeout(() => log.write('info', {}, 'to nobody'), 100)
    setTimeout(() => console.log('alive'), 150)`
  const toNobody = '{ "$NODE" --input-type=module --eval "$PROGRAM" 2>&1 >&3 | true; } 3>&1'
  expect(run(program, toNobody).stdout.trim()).toBe('alive')
})
