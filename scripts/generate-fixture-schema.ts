// Writes fixtures/fixture.schema.json, with which editors check and complete fixture files, from the
// schema that the emulator itself reads them by. `npm run fmt` brings it into shape.
import { writeFileSync } from 'node:fs'
import { fixtureJsonSchema } from '../src/sim/workspaces/check-fixture.ts'

const file = new URL('../fixtures/fixture.schema.json', import.meta.url)
writeFileSync(file, JSON.stringify(fixtureJsonSchema(), null, 2))
