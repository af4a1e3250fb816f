import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { repository } from './processes.ts'
import { median } from './stats.ts'

export type Unit = '/s' | 'ms' | 'MB' | '×' | 'count'

export type Measurement = {
  name: string
  who: string
  unit: Unit
  samples: number[]
  note?: string
}

/** A target of the project: `value` must be at least or at most `limit`. */
export type Goal = {
  text: string
  value: number
  at: 'least' | 'most'
  limit: number
  met: boolean
}

export type Report = {
  measurements: Measurement[]
  goals: Goal[]
  remarks: string[]
  failures: string[]
}

export function emptyReport(): Report {
  return { measurements: [], goals: [], remarks: [], failures: [] }
}

/** Adds a sample to the row of this name and competitor. */
export function record(report: Report, row: Omit<Measurement, 'samples'>, sample: number): void {
  const known = report.measurements.find(
    (other) => other.name === row.name && other.who === row.who && other.unit === row.unit,
  )
  if (known === undefined) report.measurements.push({ ...row, samples: [sample] })
  else known.samples.push(sample)
}

export function medianOf(report: Report, name: string, who: string): number | undefined {
  const row = report.measurements.find((other) => other.name === name && other.who === who)
  return row === undefined ? undefined : median(row.samples)
}

/** States a goal about one number. */
export function goal(
  report: Report,
  text: string,
  value: number | undefined,
  at: Goal['at'],
  limit: number,
): void {
  if (value === undefined || Number.isNaN(value)) return
  const met = at === 'least' ? value >= limit : value <= limit
  report.goals.push({ text, value, at, limit, met })
}

/** States a goal about the emulator's median as a multiple of a competitor's. */
export function ratioGoal(
  report: Report,
  name: string,
  theirs: string,
  at: Goal['at'],
  limit: number,
): void {
  const ours = medianOf(report, name, 'emulator')
  const other = medianOf(report, name, theirs)
  if (ours === undefined || other === undefined) return
  goal(report, `${name}: emulator / ${theirs}`, ours / other, at, limit)
}

/** Says for everything that was measured of both how the emulator stands to the version before it. */
export function compareWithBefore(report: Report): void {
  for (const { name, who, unit, samples } of report.measurements) {
    if (who !== 'before') continue
    const ours = medianOf(report, name, 'emulator')
    if (ours === undefined) continue
    const ratio = format(ours / median(samples))
    report.remarks.push(`${name}: emulator / before = ${ratio} ×, of ${unit}`)
  }
}

export function format(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

function table(head: string[], rows: string[][]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  )
  const draw = (line: string[]) =>
    line
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [draw(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(draw)].join(
    '\n',
  )
}

/** The table of medians; the ratio is emulator ÷ competitor, whichever direction is better. */
export function render(report: Report): string {
  const rows = report.measurements.map((row) => {
    const middle = median(row.samples)
    const ours = medianOf(report, row.name, 'emulator')
    const ratio = row.who === 'emulator' || ours === undefined ? '' : `${format(ours / middle)} ×`
    const spread =
      row.samples.length > 1
        ? `${format(Math.min(...row.samples))}–${format(Math.max(...row.samples))}`
        : ''
    return [row.name, row.who, `${format(middle)} ${row.unit}`, spread, ratio, row.note ?? '']
  })
  const blocks = [table(['case', 'who', 'median', 'min–max', 'emulator ÷ who', 'note'], rows)]
  if (report.goals.length > 0) {
    const goals = report.goals.map((entry) => [
      entry.text,
      entry.met ? 'met' : 'MISSED',
      format(entry.value),
      `${entry.at === 'least' ? '≥' : '≤'} ${entry.limit}`,
    ])
    blocks.push(table(['target', '', 'measured', 'wanted'], goals))
  }
  if (report.remarks.length > 0) blocks.push(report.remarks.map((line) => `· ${line}`).join('\n'))
  if (report.failures.length > 0) {
    blocks.push(report.failures.map((line) => `FAILED ${line}`).join('\n'))
  }
  return blocks.join('\n\n')
}

export function machine() {
  const processors = cpus()
  return {
    date: new Date().toISOString(),
    cpu: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    commit: commit(),
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: repository })
      .toString()
      .trim()
  } catch {
    return 'unknown'
  }
}

/** Writes the report to bench/results (not committed); answers the path. */
export function save(kind: string, content: unknown): string {
  const folder = join(repository, 'bench/results')
  mkdirSync(folder, { recursive: true })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const path = join(folder, `${kind}-${stamp}.json`)
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`)
  return path
}
