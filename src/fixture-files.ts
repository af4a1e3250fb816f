/** Known worlds: the JSON files of `fixtures/`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseFixture } from './sim/workspaces/check-fixture.ts'
import { defaultWorld } from './sim/workspaces/default-world.ts'
import type { Fixture } from './sim/workspaces/fixture.ts'

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url))

/** The names that `--fixture` takes, besides a file's path. */
export const fixtureNames = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => file.slice(0, -'.json'.length))

/** Reads a fixture by name or path; what is in it is still to be checked. */
export const readFixtureFile = (nameOrPath: string): unknown => {
  const named = `${folder}${nameOrPath}.json`
  const file = /^[\w-]+$/.test(nameOrPath) && existsSync(named) ? named : nameOrPath
  if (!existsSync(file)) {
    throw new Error(
      `There is no fixture "${nameOrPath}": neither a file of that path nor one of ${fixtureNames().join(', ')}.`,
    )
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(
      `The fixture ${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}

/** Reads and checks a fixture, or checks a world given as data. @throws Error naming every field at fault */
export const loadFixture = (fixture: string | object): Fixture => {
  // Nearly every start is of this one; checking it takes as long as all else that makes its world.
  if (fixture === defaultWorld.name) return structuredClone(defaultWorld)
  return typeof fixture === 'string'
    ? parseFixture(readFixtureFile(fixture), `The fixture ${fixture}`)
    : parseFixture(fixture, 'The fixture')
}
