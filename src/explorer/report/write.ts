/** Writes a run's report into a folder: data, a page and two tests for each finding, and JUnit's XML. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Snapshot } from '../../db/snapshot-format.ts'
import { badgeMarkdown, badgeOf } from './badge.ts'
import { junitOf } from './junit.ts'
import { pageOf } from './page.ts'
import type { ExploreReport } from './report.ts'
import { pytestOf, vitestOf } from './tests.ts'

export interface ReportPlace {
  folder: string
  /** The adapter's file, for the tests that are written. */
  config: string
}

/** @param worlds the world of each finding, at the moment that matters */
export const writeReport = async (
  report: ExploreReport,
  worlds: readonly Snapshot[],
  { folder, config }: ReportPlace,
): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  const writeJson = (name: string, value: unknown): void =>
    write(name, `${JSON.stringify(value, null, 2)}\n`)
  writeJson('report.json', report)
  write('junit.xml', junitOf(report))
  write('badge.svg', badgeOf(report))
  write('badge.md', badgeMarkdown(report))
  for (const [n, finding] of report.findings.entries()) {
    const name = `finding-${finding.number}`
    const place = { config, file: join(folder, `${name}.json`) }
    writeJson(`${name}.json`, { ...finding, world: worlds[n] })
    write(
      `${name}.html`,
      await pageOf(finding, [
        `seam-emulator explore --config ${config} --replay ${place.file}`,
        `seam-emulator open ${place.file}`,
      ]),
    )
    write(`${name}.test.js`, vitestOf(finding, place))
    write(`test_finding_${finding.number}.py`, pytestOf(finding, place))
  }
}
