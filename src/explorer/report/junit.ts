/** A run as JUnit XML: a test case for each finding, and one for the stories that went well. */
import { xml } from '../../lib/xml.ts'
import type { ExploreReport } from './report.ts'

export const junitOf = ({ findings, stories, seed, level }: ExploreReport): string => {
  const suite = `level ${level}, seed ${seed}`
  const failures = findings.map(
    ({ summary, told, kind }) =>
      `    <testcase classname="seam-emulator.explore" name="${xml(summary)}" time="0">\n      <failure message="${xml(summary)}" type="${kind}">${xml(told.join('\n'))}</failure>\n    </testcase>`,
  )
  const counts = `tests="${findings.length + 1}" failures="${findings.length}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seam-emulator explore" ${counts}>`,
    `  <testsuite name="${xml(suite)}" ${counts} errors="0" skipped="0" time="0">`,
    `    <testcase classname="seam-emulator.explore" name="${stories} stories" time="0" />`,
    ...failures,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}
