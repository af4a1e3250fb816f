import { expect, test } from 'vitest'
import { table } from '../../src/cli/output.ts'
import { cli } from './run.ts'

test('a table stays straight with emoji and Chinese names', () => {
  const [head, first, second] = table(
    ['name', 'is'],
    [
      ['🏠 Flat', 'x'],
      ['前门', 'y'],
    ],
  ).split('\n')
  // Each sign of these takes two columns.
  expect(first).toBe('🏠 Flat  x')
  expect(second).toBe('前门     y')
  expect(head).toContain('name     is')
})

test(
  'completion knows lock models, faults, event types and routes',
  { timeout: 60_000 },
  async () => {
    const { stdout } = await cli(['completion', 'bash'])
    expect(stdout).toMatch(/"lock create"\) words="[^"]*schlage/)
    expect(stdout).toMatch(/"fault create"\) words="[^"]*access_code\.set[^"]*never_confirm/)
    expect(stdout).toMatch(/"call"\) words="[^"]*locks\/set_door/)
  },
)
