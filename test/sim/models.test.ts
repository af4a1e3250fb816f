/** Brands are data: a file in the folder of models, and a line in its index. */
import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { isRecord } from '../../src/lib/is-record.ts'
import { acsModels } from '../../src/sim/acs-systems/models/index.ts'
import { lockProfiles } from '../../src/sim/locks/models/index.ts'

test.each([
  ['locks', lockProfiles],
  ['acs-systems', acsModels],
])('every brand that a file of %s tells of is registered', async (kind, registered) => {
  const folder = new URL(`../../src/sim/${kind}/models/`, import.meta.url)
  const known = new Set<unknown>(Object.values(registered))
  const missing: string[] = []
  for (const file of globSync('*.ts', { cwd: folder })) {
    const made = z
      .record(z.string(), z.unknown())
      .parse({ ...(await import(new URL(file, folder).href)) })
    const brands = Object.entries(made).filter(([, it]) => isRecord(it) && 'sources' in it)
    missing.push(...brands.flatMap(([name, it]) => (known.has(it) ? [] : [name])))
  }
  expect(missing, missing.join(', ')).toEqual([])
})
