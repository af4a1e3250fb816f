// Writes fixtures/fixture.schema.json, with which editors check and complete fixture files, from the
// schema that the emulator itself reads them by; and src/sim/workspaces/default-world.ts: the default fixture as it is
// once it was checked and its defaults were filled in, so that a start need not do so
// (docs/decisions/0100-nothing-before-it-is-used.md).
import { readFixtureFile } from '../src/fixture-files.ts'
import { fixtureJsonSchema, parseFixture } from '../src/sim/workspaces/check-fixture.ts'
import { writeFormatted } from './write-formatted.ts'

writeFormatted('fixtures/fixture.schema.json', JSON.stringify(fixtureJsonSchema(), null, 2))

const world = parseFixture(readFixtureFile('default'), 'The fixture default')
writeFormatted(
  'src/sim/workspaces/default-world.ts',
  `/** Made by scripts/generate-fixture-schema.ts from fixtures/default.json. Do not edit. */
import type { Fixture } from './fixture.ts'

export const defaultWorld: Fixture = ${JSON.stringify(world, null, 2)}
`,
)
