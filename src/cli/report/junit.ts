/** The lock-out report as JUnit XML: one test case for each door of a stay, for CI servers. */
import type { Report } from '../../client/shapes.ts'
import { xml } from '../../lib/xml.ts'

interface Case {
  suite: string
  name: string
  locked_out: readonly { from: string; to: string; reason: string }[]
  overstay: readonly { from: string; to: string }[]
  locked_out_minutes: number
  overstay_minutes: number
}

const suiteOf = (stay: Report['stays'][number]): string =>
  stay.reservation_key ?? stay.access_grant_key ?? stay.access_grant_id

const casesOf = ({ bookings, stays, codes }: Report): Case[] => [
  ...bookings.map((it) => ({
    ...it,
    suite: 'bookings',
    name: `${it.device_id} with ${it.code ?? it.access_code_id ?? 'no PIN'}, ${it.starts_at} to ${it.ends_at}`,
  })),
  ...stays.flatMap((stay) =>
    stay.doors.map((door) => ({
      ...door,
      suite: suiteOf(stay),
      name: `${stay.name} at ${door.name}`,
    })),
  ),
  ...codes.map((it) => ({
    ...it,
    suite: 'codes',
    name: `${it.name ?? it.access_code_id} at ${it.device_name}`,
  })),
]

/** No failure, and no success either. */
const notJudgedOf = ({ stays }: Report): { suite: string; name: string }[] =>
  stays.flatMap((stay) =>
    stay.entrances_not_judged.map((entrance) => ({
      suite: suiteOf(stay),
      name: `${stay.name} at ${entrance.name}`,
    })),
  )

const figure = (minutes: number): string => `${Number(minutes.toFixed(1))} min`

const detailsOf = ({ locked_out, overstay }: Case): string =>
  [
    ...locked_out.map(({ from, to, reason }) => `locked out ${from} to ${to}: ${reason}`),
    ...overstay.map(({ from, to }) => `could still get in ${from} to ${to}`),
  ].join('\n')

const isFailed = (it: Case): boolean => it.locked_out_minutes > 0 || it.overstay_minutes > 0

const opening = ({ suite, name }: { suite: string; name: string }): string =>
  `    <testcase classname="seam-emulator.report.${xml(suite)}" name="${xml(name)}" time="0"`

const skippedXml = (it: { suite: string; name: string }): string =>
  `${opening(it)}>\n      <skipped message="an entrance of an access system is not judged" />\n    </testcase>`

const caseXml = (it: Case): string => {
  const open = opening(it)
  if (!isFailed(it)) return `${open} />`
  const message = `locked out for ${figure(it.locked_out_minutes)}, overstay ${figure(it.overstay_minutes)}`
  return `${open}>\n      <failure message="${xml(message)}" type="lock-out">${xml(detailsOf(it))}</failure>\n    </testcase>`
}

export const reportJunit = (report: Report): string => {
  const cases = casesOf(report)
  const failures = cases.filter(isFailed).length
  const skipped = notJudgedOf(report)
  const counts = `tests="${cases.length + skipped.length}" failures="${failures}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="seam-emulator report" ${counts}>`,
    `  <testsuite name="lock-out report" ${counts} errors="0" skipped="${skipped.length}" time="0">`,
    ...cases.map(caseXml),
    ...skipped.map(skippedXml),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}
