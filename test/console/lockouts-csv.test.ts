import { expect, test } from 'vitest'
import { csvOf } from '../../src/console/lockouts/csv.ts'
import type { CodeReport } from '../../src/console/lockouts/csv.ts'

const code = (name: string, more: Partial<CodeReport> = {}): CodeReport => ({
  access_code_id: 'code',
  device_id: 'lock',
  device_name: 'Front Door',
  name,
  code: '0482',
  is_gone: false,
  starts_at: '2025-01-01T00:00:00.000Z',
  ends_at: null,
  locked_out_minutes: 0,
  overstay_minutes: 0,
  locked_out_ms: 0,
  overstay_ms: 0,
  locked_out: [
    { from: '2025-01-01T00:00:00.000Z', to: '2025-01-01T00:01:30.000Z', reason: 'jammed' },
  ],
  overstay: [],
  ...more,
})

const lines = (...codes: CodeReport[]): string[] => csvOf({ codes }).split('\r\n')

test('a line for each time somebody stood outside or could still get in', () => {
  const [head, first, second, end] = lines(
    code('Ada', {
      overstay: [{ from: '2025-01-02T00:00:00.000Z', to: '2025-01-02T01:00:00.000Z' }],
    }),
  )
  expect(head).toMatch(/^guest,pin,door,/)
  expect(first).toBe(
    'Ada,0482,Front Door,lock,code,2025-01-01T00:00:00.000Z,,locked out,2025-01-01T00:00:00.000Z,2025-01-01T00:01:30.000Z,1.5,jammed',
  )
  expect(second).toMatch(/,overstay,.*,60,$/)
  expect(end).toBe('')
})

test.each([
  ['=1+1', "'=1+1"],
  ['+44', "'+44"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2', "'-2"],
])('a name that a spreadsheet takes for a formula (%s) stays a text', (name, shown) => {
  expect(lines(code(name))[1]?.split(',')[0]).toBe(shown)
})

test('commas, quotes and line breaks of names stay within their cell', () => {
  expect(csvOf({ codes: [code('Ada, "the\nfirst"')] })).toContain('"Ada, ""the\nfirst"""')
})
