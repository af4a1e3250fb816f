/** Every question that was settled has a test that is there. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/decisions/0121-settled-questions.md'), 'utf8')
const rows = page
  .split('\n')
  .filter((line) => /^\| +\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

const titles = globSync('test/{api,scenarios,stories}/**/*.test.ts', { cwd: root }).flatMap(
  (file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/\btest\(\s*'([^']+)'/g)].map(
      ([, title]) => title,
    ),
)

test('the table has all twenty-four questions', () => {
  expect(rows.map(([, number]) => Number(number))).toEqual(
    Array.from({ length: 24 }, (_, at) => at + 1),
  )
})

test.each(rows)('%s question %s: %s', (...cells) => {
  expect(titles).toContain(cells[4])
})
