import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fidelityPage } from '../../scripts/generate-fidelity.ts'
import { knownRoutes } from '../../src/api/http/known-routes.ts'
import { seamSchema } from '../support/seam-document.ts'
import type { SeamSchema } from '../support/seam-document.ts'
import { ruleNames } from '../../src/db/tables/automations.ts'
import { grantsTable } from './grants-table.ts'
import type { GrantRow } from './grants-table.ts'
import { actionTypes } from '../../src/db/tables/action-attempts.ts'
import { scenarios } from '../../src/cli/trigger/scenarios.ts'
import { acsTable } from './acs-table.ts'
import { entranceMetadata } from '../../src/contract/acs-metadata.ts'
import { acsClaims, actedOn, shownOnly } from './acs-claims.ts'
import { climateClaims } from './climate-claims.ts'
import { climateIssuesTable } from './climate-issues-table.ts'
import { climateTable } from './climate-table.ts'
import { eventTable } from './event-table.ts'
import { table } from './table.ts'
import type { Reached } from './table.ts'

const triggered: ReadonlySet<string> = new Set(Object.keys(scenarios))

const names = (kind: keyof Reached): string[] =>
  table.filter((row) => row.kind === kind).map((row) => row.name)

const constant = (schema: SeamSchema | undefined): string => String(schema?.enum?.[0])

const codesOf = (list: SeamSchema | undefined, property: string): string[] => {
  const items = list?.items
  const isOne = items?.properties?.[property]?.enum !== undefined
  const one = isOne ? [items] : []
  return (items?.oneOf ?? items?.anyOf ?? one).map((it) => constant(it.properties?.[property]))
}

const accessCode = seamSchema('access_code')
const event = seamSchema('event')

test('the table has every access-code event of the OpenAPI document', () => {
  const all = (event.oneOf ?? []).map((it) => constant(it.properties?.['event_type']))
  const ofCodes = all.filter((name) => name.startsWith('access_code.'))
  expect(ofCodes).toHaveLength(21)
  expect(names('events').toSorted()).toEqual(ofCodes.toSorted())
  expect(table.filter((row) => row.kind === 'events' && 'absent' in row)).toEqual([])
})

test('the table has every error and warning of access codes of the OpenAPI document', () => {
  const errors = codesOf(accessCode.properties?.['errors'], 'error_code')
  const warnings = codesOf(accessCode.properties?.['warnings'], 'warning_code')
  expect(errors.length).toBeGreaterThan(20)
  expect(names('errors').toSorted()).toEqual([...new Set(errors)].toSorted())
  expect(names('warnings')).toEqual(expect.arrayContaining(warnings))
})

test('the table has every route of access codes', () => {
  const all = Object.keys(knownRoutes).filter((path) => path.startsWith('/access_codes/'))
  expect(names('routes').toSorted()).toEqual(all.toSorted())
})

/** What the OpenAPI document can say of a thing, by kind. */
const documented = (thing: string) => {
  const { properties } = seamSchema(thing)
  return [
    ['error', codesOf(properties?.['errors'], 'error_code')],
    ['warning', codesOf(properties?.['warnings'], 'warning_code')],
    ['mutation', codesOf(properties?.['pending_mutations'], 'mutation_code')],
  ] as const
}

const namesOf = (thing: GrantRow['thing'], what: GrantRow['what']): string[] =>
  grantsTable
    .filter((row) => row.thing === thing && row.what === what)
    .map((row) => row.name)
    .toSorted()

test.each([
  ['access_grant', 1, 7, 2],
  ['access_method', 1, 4, 3],
  ['user_identity', 1, 2, 0],
] as const)(
  'the table has every error, warning and pending mutation of %s of the OpenAPI document',
  (thing, ...counts) => {
    const all = documented(thing)
    expect(all.map(([, codes]) => codes.length)).toEqual(counts)
    for (const [what, codes] of all) expect(namesOf(thing, what)).toEqual(codes.toSorted())
  },
)

test('the table has every event of grants, methods, spaces, people, phones and sessions', () => {
  const all = (event.oneOf ?? []).map((it) => constant(it.properties?.['event_type']))
  const meant =
    /^(access_grant|access_method|space|user_identity|phone|client_session|customer|instant_key)\./
  const ours = grantsTable.filter((row) => row.what === 'event').map((row) => row.name)
  expect(ours.toSorted()).toEqual(all.filter((name) => meant.test(name)).toSorted())
})

test('the table has every rule of the automations', () => {
  expect(namesOf('automation', 'rule')).toEqual(ruleNames.toSorted())
})

test('each row of grants names a test that exists, or says why there is none', () => {
  const sources = ['stories', 'scenarios']
    .flatMap((name) => {
      const folder = new URL(`../${name}/`, import.meta.url)
      return readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
    })
    // Only there it is seen whether they really reach their rows.
    .filter((source) => source.includes('placesThatReach()'))
    .join('\n')
  for (const { name, scenario, absent } of grantsTable) {
    expect([name, (scenario === undefined) !== (absent === undefined)]).toEqual([name, true])
    // A test of several cases says at its end which one it is.
    const title = scenario?.replace(/: \w+$/, ': %s')
    if (scenario !== undefined)
      expect([name, sources.includes(`'${scenario}'`) || sources.includes(`'${title}'`)]).toEqual([
        name,
        true,
      ])
  }
})

test('each row names a scenario that exists', () => {
  const folder = new URL('../scenarios/', import.meta.url)
  const sources = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  const missing = table.filter((row) => 'scenario' in row && !sources.includes(`'${row.scenario}'`))
  expect(missing).toEqual([])
})

test('docs/fidelity.md is what the table says; if not: npm run generate', () => {
  const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8')
  expect(page).toBe(fidelityPage())
})

test('thermostats and noise sensors have a story for every event and action attempt', () => {
  const isOurs = (name: string): boolean => /^(thermostat|noise_sensor)\./.test(name)
  const events = (event.oneOf ?? []).map((it) => constant(it.properties?.['event_type']))
  const of = (what: string) =>
    climateTable.flatMap((row) => (row.what === what ? [row.name] : [])).toSorted()
  expect(of('event')).toEqual(events.filter(isOurs).toSorted())
  const attempts = actionTypes.filter((it) => /NOISE|HVAC|FAN|CLIMATE|THERMOSTAT/.test(it))
  expect(of('action attempt')).toEqual(attempts.toSorted())
  const folder = new URL('../stories/', import.meta.url)
  const sources = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  expect(climateTable.filter(({ story }) => !sources.includes(`'${story}'`))).toEqual([])
})

test.each(
  [...climateClaims, ...acsClaims].flatMap(({ claims }) =>
    claims.map((it) => [it.claim, it.test, it.file] as const),
  ),
)('%s: a test holds it', (_, title, file) => {
  const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
  for (const part of title.split(' > ')) {
    expect([part, source.includes(`'${part}'`)]).toEqual([part, true])
  }
})

test.each([
  ['device', 13, 28],
  ['connected_account', 4, 8],
] as const)(
  'the table of thermostats and noise sensors has every error and warning of %s of the OpenAPI document',
  (thing, ...counts) => {
    const all = documented(thing).slice(0, 2)
    expect(all.map(([, codes]) => codes.length)).toEqual(counts)
    for (const [what, codes] of all) {
      const ours = climateIssuesTable.filter((row) => row.thing === thing && row.what === what)
      expect(ours.map((row) => row.name).toSorted()).toEqual(codes.toSorted())
    }
  },
)

test('each issue of thermostats and noise sensors names a test that really looks, or says why there is none', () => {
  const file = new URL('../stories/climate-issues.test.ts', import.meta.url)
  const source = readFileSync(file, 'utf8')
  for (const { name, scenario, absent } of climateIssuesTable) {
    expect([name, (scenario === undefined) !== (absent === undefined)]).toEqual([name, true])
    if (scenario !== undefined)
      expect([name, source.includes(`'${scenario}'`)]).toEqual([name, true])
  }
})

test('every field that a brand says of its doors is acted on by a test, or has the reason why not', () => {
  const fields = Object.entries(entranceMetadata()).flatMap(([key, { shape }]) =>
    Object.keys(shape).map((field) => `${key}.${field}`),
  )
  const ours = [...Object.keys(actedOn), ...Object.keys(shownOnly)]
  expect(ours.filter((it) => it.includes('_metadata.')).toSorted()).toEqual(fields.toSorted())
  const source = sourcesIn('scenarios', 'stories', 'api/seam')
  expect(Object.values(actedOn).filter((title) => !source.includes(`'${title}'`))).toEqual([])
})

test.each([
  ['acs_system', 8, 3, 0],
  ['acs_entrance', 0, 5, 0],
  ['acs_user', 6, 5, 9],
  ['acs_access_group', 1, 2, 8],
  ['acs_credential', 0, 6, 0],
  ['acs_encoder', 1, 0, 0],
] as const)(
  'the table has every error, warning and pending mutation of %s of the OpenAPI document',
  (thing, ...counts) => {
    const all = documented(thing)
    expect(all.map(([, codes]) => codes.length)).toEqual(counts)
    for (const [what, codes] of all) {
      const ours = acsTable.filter((row) => row.thing === thing && row.what === what)
      expect(ours.map((row) => row.name).toSorted()).toEqual(codes.toSorted())
    }
  },
)

const sourcesIn = (...folders: string[]): string =>
  folders
    .flatMap((name) => {
      const folder = new URL(`../${name}/`, import.meta.url)
      return readdirSync(folder)
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    })
    .join('\n')

test.each([
  ['ENCODE_CREDENTIAL', 10],
  ['SCAN_CREDENTIAL', 6],
  ['SCAN_TO_ASSIGN_CREDENTIAL', 3],
  ['ASSIGN_CREDENTIAL', 3],
] as const)('the table has every error of %s of the OpenAPI document', (type, count) => {
  const ends = (seamSchema('action_attempt').oneOf ?? []).filter(
    ({ properties }) => constant(properties?.['action_type']) === type,
  )
  const errors = ends.flatMap(({ properties }) => {
    const error = properties?.['error']
    return (error?.oneOf ?? [error]).flatMap((it) => it?.properties?.['type']?.enum ?? [])
  })
  expect(new Set(errors).size).toBe(count)
  const ours = acsTable.filter(
    ({ thing, name }) => thing === 'attempt' && name.startsWith(`${type} `),
  )
  expect(ours.map(({ name }) => name.slice(type.length + 1)).toSorted()).toEqual(
    [...new Set(errors)].map(String).toSorted(),
  )
})

test('each row of access systems names a test that really looks, or says why there is none', () => {
  const source = readFileSync(
    new URL('../stories/access-systems-issues.test.ts', import.meta.url),
    'utf8',
  )
  for (const { name, scenario, absent } of acsTable) {
    expect([name, (scenario === undefined) !== (absent === undefined)]).toEqual([name, true])
    if (scenario !== undefined)
      expect([name, source.includes(`'${scenario}'`)]).toEqual([name, true])
  }
})

test('every event of the document is in one table: reached by a test, or with the reason why not', () => {
  const tables = [
    table.filter((row) => row.kind === 'events'),
    grantsTable.filter((row) => row.what === 'event'),
    climateTable.filter((row) => row.what === 'event'),
    eventTable,
  ]
  const ours = tables.flatMap((rows) => rows.map((row) => row.name))
  const all = (event.oneOf ?? []).map((it) => constant(it.properties?.['event_type']))
  expect(all).toHaveLength(109)
  expect(ours.toSorted()).toEqual(all.toSorted())
  const source = sourcesIn('scenarios', 'api/seam')
  for (const { name, by, absent } of eventTable) {
    expect([name, (by === undefined) !== (absent === undefined)]).toEqual([name, true])
    // What is triggered, test/cli/trigger.test.ts tries by its name.
    if (by === 'trigger') expect([name, triggered.has(name)]).toEqual([name, true])
    else if (by !== undefined) expect([name, source.includes(`'${by}'`)]).toEqual([name, true])
  }
})
