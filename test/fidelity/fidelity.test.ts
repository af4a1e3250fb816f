import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fidelityPage } from '../../scripts/generate-fidelity.ts'
import { knownRoutes } from '../../src/api/http/known-routes.ts'
import { seamSchema } from '../support/seam-document.ts'
import type { SeamSchema } from '../support/seam-document.ts'
import { table } from './table.ts'
import type { Reached } from './table.ts'

const names = (kind: keyof Reached): string[] =>
  table.filter((row) => row.kind === kind).map((row) => row.name)

const constant = (schema: SeamSchema | undefined): string => String(schema?.enum?.[0])

const codesOf = (list: SeamSchema | undefined, property: string): string[] => {
  const items = list?.items
  return (items?.oneOf ?? items?.anyOf ?? []).map((it) => constant(it.properties?.[property]))
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

test('each row names a scenario that exists', () => {
  const folder = new URL('../scenarios/', import.meta.url)
  const sources = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
  const missing = table.filter((row) => 'scenario' in row && !sources.includes(`'${row.scenario}'`))
  expect(missing).toEqual([])
})

test('docs/fidelity.md is what the table says: run `node scripts/generate-fidelity.ts`', () => {
  const page = readFileSync(new URL('../../docs/fidelity.md', import.meta.url), 'utf8')
  expect(page).toBe(fidelityPage())
})
