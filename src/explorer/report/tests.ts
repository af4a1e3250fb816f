/** A finding as a test that fails today, for vitest and for pytest: each plays the story again. */
import type { ReportedFinding } from './report.ts'

interface Place {
  /** The adapter's file, as the command line takes it. */
  config: string
  /** The finding's file. */
  file: string
}

const commented = ({ told }: ReportedFinding, sign: string): string =>
  told.map((line) => `${sign} ${line}`).join('\n')

export const vitestOf = (
  finding: ReportedFinding,
  { config, file }: Place,
): string => `${commented(finding, '//')}
import { execFileSync } from 'node:child_process'
import { test } from 'vitest'

test(${JSON.stringify(finding.summary)}, { timeout: 120_000 }, () => {
  // Ends with a code other than 0, which throws, as long as the story goes wrong.
  execFileSync('npx', ['seam-emulator', 'explore', '--config', ${JSON.stringify(config)}, '--replay', ${JSON.stringify(file)}], {
    stdio: 'inherit',
  })
})
`

export const pytestOf = (
  finding: ReportedFinding,
  { config, file }: Place,
): string => `${commented(finding, '#')}
import subprocess


def test_finding_${finding.number}():
    ${JSON.stringify(finding.summary)}
    played = subprocess.run(
        ["npx", "seam-emulator", "explore", "--config", ${JSON.stringify(config)}, "--replay", ${JSON.stringify(file)}],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert played.returncode == 0, played.stdout + played.stderr
`
