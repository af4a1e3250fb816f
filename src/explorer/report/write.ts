/** Writes a run's report into a folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExploreReport } from './report.ts'

export interface ReportPlace {
  folder: string
  /** The adapter's file, for the tests that are written. */
  config: string
}

export const writeReport = (report: ExploreReport, { folder }: ReportPlace): void => {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  write('report.json', `${JSON.stringify(report, null, 2)}\n`)
  for (const finding of report.findings) {
    write(`finding-${finding.number}.json`, `${JSON.stringify(finding, null, 2)}\n`)
  }
}
