// Writes docs/fidelity.md from the tables of what each scenario reaches.
import { acsTable, acsThings } from '../test/fidelity/acs-table.ts'
import { acsClaims, actedOn, shownOnly } from '../test/fidelity/acs-claims.ts'
import type { ClaimsAbout } from '../test/fidelity/claims.ts'
import { climateClaims, climateLeftOut } from '../test/fidelity/climate-claims.ts'
import { climateIssuesTable, climateThings } from '../test/fidelity/climate-issues-table.ts'
import type { ClimateIssueRow } from '../test/fidelity/climate-issues-table.ts'
import { climateTable } from '../test/fidelity/climate-table.ts'
import { eventTable } from '../test/fidelity/event-table.ts'
import { grantsTable, things, whats } from '../test/fidelity/grants-table.ts'
import type { AcsRow } from '../test/fidelity/acs-table.ts'
import { eventTypes } from '../src/contract/vocabulary.ts'
import type { EventType } from '../src/contract/vocabulary.ts'
import type { GrantRow } from '../test/fidelity/grants-table.ts'
import { table } from '../test/fidelity/table.ts'
import type { Row } from '../test/fidelity/table.ts'
import { writeFormatted } from './write-formatted.ts'

const kinds = [
  ['events', 'Events', 'event'],
  ['errors', 'Errors', 'error'],
  ['warnings', 'Warnings', 'warning'],
  ['routes', 'Routes', 'route'],
] as const

const cells = (row: Row): string[] =>
  'scenario' in row
    ? [`\`${row.name}\``, row.scenario, row.evidence, row.note ?? '']
    : [`\`${row.name}\``, `not produced: ${row.absent}`, row.evidence, '']

const line = (parts: readonly string[]): string =>
  `| ${parts.map((part) => part.replaceAll('|', '\\|')).join(' | ')} |`

/** One table a kind of thing. */
/** What belongs to one thing: how much of it is reached, and how. */
const sectionOf = (
  title: string,
  rows: readonly (AcsRow | ClimateIssueRow | GrantRow)[],
): string[] => [
  `## ${title}`,
  '',
  reachedText(rows),
  '',
  line(['what', 'name', 'test', 'evidence', 'note']),
  line(['---', '---', '---', '---', '---']),
  ...rows.map((row) => line(cellsOfGrantRow(row))),
  '',
]

const sectionsOf = (
  things: Readonly<Record<string, string>>,
  table: readonly (AcsRow | ClimateIssueRow)[],
): string[] =>
  Object.entries(things).flatMap(([thing, title]) =>
    sectionOf(
      title,
      table.filter((row) => row.thing === thing),
    ),
  )

/** What every table has of events, in the order of Seam's document. */
const eventSection = (): string[] => {
  const rows = eventTypes.map((name) => eventRow(name))
  const reached = rows.filter(([, , isReached]) => isReached).length
  return [
    '# Events',
    '',
    `Every type of event of Seam's document: ${reached} of ${rows.length} are reached. \`trigger\`: \`seam-emulator trigger\` brings it about, and \`test/cli/trigger.test.ts\` tries that.`,
    '',
    line(['event', 'test']),
    line(['---', '---']),
    ...rows.map(([name, how]) => line([`\`${name}\``, how])),
    '',
  ]
}

const eventRow = (name: EventType): readonly [string, string, boolean] => {
  const code = table.find((row) => row.kind === 'events' && row.name === name)
  if (code !== undefined && 'scenario' in code) return [name, code.scenario, true]
  const grant = grantsTable.find((row) => row.what === 'event' && row.name === name)
  const climate = climateTable.find((row) => row.what === 'event' && row.name === name)
  const other = eventTable.find((row) => row.name === name)
  const how = grant?.scenario ?? climate?.story ?? other?.by
  const absent = grant?.absent ?? other?.absent ?? ''
  return [name, how ?? `not produced: ${absent}`, how !== undefined]
}

const isThing = (name: string): name is keyof typeof things => Object.hasOwn(things, name)

const reachedText = (rows: readonly (AcsRow | ClimateIssueRow | GrantRow | Row)[]): string =>
  `${rows.filter((row) => 'scenario' in row).length} of ${rows.length} are reached.`

const cellsOfGrantRow = (row: AcsRow | ClimateIssueRow | GrantRow): string[] => [
  row.what,
  `\`${row.name}\``,
  row.scenario ?? `not produced: ${row.absent}`,
  row.evidence,
  row.note ?? '',
]

/** Grants and what belongs to them: one table a resource. */
const grantSections = (): string[] =>
  Object.keys(things)
    .filter(isThing)
    .flatMap((thing) => {
      const rows = whats.flatMap((what) =>
        grantsTable.filter((row) => row.thing === thing && row.what === what),
      )
      return sectionOf(things[thing], rows)
    })

/** What is claimed of hardware, each claim with its test. */
const claimSections = (all: readonly ClaimsAbout[]): string[] =>
  all.flatMap(({ about, claims }) => [
    `## ${about}`,
    '',
    line(['claim', 'test', 'file']),
    line(['---', '---', '---']),
    ...claims.map(({ claim, test, file }) => line([claim, test, `\`test/${file}\``])),
    '',
  ])

/** The text that docs/fidelity.md must have. */
export const fidelityPage = (): string => {
  const sections = kinds.flatMap(([kind, title, one]) => {
    const rows = table.filter((row) => row.kind === kind)
    return [
      `## ${title}`,
      '',
      reachedText(rows),
      '',
      line([one, 'scenario', 'evidence', 'note']),
      line(['---', '---', '---', '---']),
      ...rows.map((row) => line(cells(row))),
      '',
    ]
  })
  return [
    '<!-- Generated by scripts/generate-fidelity.ts from the tables in test/fidelity. Do not edit. -->',
    '',
    ...eventSection(),
    '# Fidelity of access codes',
    '',
    'What the emulator does about access codes, where it is shown, and what it is founded on. A scenario is a test of that name in `test/scenarios`; it drives the state of a simulated lock through the public API and fails unless it really reaches its rows.',
    '',
    "- **document**: Seam's public documentation tells the behaviour.",
    "- **schema**: Seam's OpenAPI document tells the shape, and the behaviour follows from the names.",
    '- **inferred**: neither says; the choice is ours.',
    '',
    ...sections,
    '# Fidelity of grants',
    '',
    'The same of access grants and methods, spaces, people, phones and the automations of pushed stays. A test is one of that title in `test/stories` or `test/scenarios`: it works with the official SDK and fails unless the answers that it got hold its rows. Customers, instant keys and portals have no events, errors or warnings of their own.',
    '',
    ...grantSections(),
    '# Fidelity of thermostats and noise sensors',
    '',
    'Every event and action attempt of both, with the story of that title in `test/stories` that reaches it with the official SDK. Each route answers as the document says in `test/contract`.',
    '',
    line(['what', 'name', 'story', 'evidence', 'note']),
    line(['---', '---', '---', '---', '---']),
    ...climateTable.map(({ what, name, story, evidence, note = '' }) =>
      line([what, `\`${name}\``, story, evidence, note]),
    ),
    '',
    'Every error and warning that the document has for devices and accounts; a test is one of that title in `test/stories/climate-issues.test.ts`, which fails unless the answers that it got hold its rows.',
    '',
    ...sectionsOf(climateThings, climateIssuesTable),
    'What is claimed of their hardware and their events, and the test that holds it. The room and the microphone are the judges; numbers that nobody publishes are data of the models, which say `assumed`.',
    '',
    ...claimSections(climateClaims),
    '## Left out of thermostats and noise sensors',
    '',
    line(['what', 'why']),
    line(['---', '---']),
    ...Object.entries(climateLeftOut).map(([what, why]) => line([what, why])),
    '',
    '# Fidelity of access systems',
    '',
    'Every error, warning and pending mutation, with the test of that title in `test/stories`, which fails unless the answers that it got hold its rows; their events are in the list of all events. A **code** is one for which the document has a free string. Of phones and of errors of entrances it has free strings as well, and the emulator has none.',
    '',
    ...sectionsOf(acsThings, acsTable),
    '# What access systems do',
    '',
    'What is claimed of their servers, doors, cards, encoders and brands, and the test that holds it. Wherever something opens or not, the door is asked (`acs_systems/present`).',
    '',
    ...claimSections(acsClaims),
    '## What is shown of doors, and what comes of it',
    '',
    'Every field that a brand says of its doors, and some of users, credentials and cards.',
    '',
    line(['what', 'test, or why it is only shown']),
    line(['---', '---']),
    ...Object.entries(actedOn).map(([what, test]) => line([`\`${what}\``, test])),
    ...Object.entries(shownOnly).map(([what, why]) => line([`\`${what}\``, `only shown: ${why}`])),
    '',
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')
}

if (import.meta.main) {
  writeFormatted('docs/fidelity.md', fidelityPage())
}
