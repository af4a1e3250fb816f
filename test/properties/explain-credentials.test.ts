/** What an explanation says of a door is what the door answers, whatever has happened. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AcsCredential } from '../../src/db/tables/acs-credentials.ts'
import { explainCredential } from '../../src/sim/acs-cards/explain.ts'
import { presentAt } from '../../src/sim/acs-cards/at-the-door.ts'
import { credentialsOfSystem } from '../../src/sim/acs-credentials/rows.ts'
import { entrancesOfSystem } from '../../src/sim/acs-entrances/rows.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { openExperiment, runs, storyOf } from '../support/experiment.ts'
import type { Experiment } from '../support/experiment.ts'
import { flats } from '../support/flats.ts'
import { mixedHotel } from '../support/mixed-hotel.ts'
import { sites } from '../support/sites.ts'

/** What somebody who has the credential holds to a door; null where there is nothing yet, or it is another's too. */
const shownOf = (world: World, row: AcsCredential) => {
  const { acs_credential_id, access_method, code, card_number } = row
  if (access_method === 'card') return card_number === null ? null : { card_number }
  if (access_method !== 'code') return row.is_multi_phone_sync ? null : { acs_credential_id }
  const others = credentialsOfSystem(world, row.acs_system_id).filter((it) =>
    [it.code, it.held?.state.code, it.held?.before?.code].includes(code),
  )
  // A PIN that is being changed is two for a moment.
  const isItself = (row.held?.state.code ?? code) === code && row.held?.before?.code !== undefined
  return code === null || others.length > 1 || !isItself ? null : { code }
}

const compare = (world: World, seen: Set<string>): void => {
  for (const row of world.acs_credentials.all()) {
    for (const { acs_entrance_id } of entrancesOfSystem(world, row.acs_system_id)) {
      const { at_door } = explainCredential(world, row.acs_credential_id, acs_entrance_id)
      const shown = shownOf(world, row)
      if (row.access_method === 'card' && shown === null) expect(at_door?.opens_now).toBe(false)
      if (shown === null) continue
      const { reason } = presentAt(world, acs_entrance_id, shown)
      expect([row.access_method, at_door?.cause, at_door?.reason]).toEqual([
        row.access_method,
        at_door?.cause,
        reason,
      ])
      seen.add(at_door?.cause ?? 'opens')
    }
  }
}

const holds = async <Deed>(experiment: Experiment<Deed>): Promise<Set<string>> => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(storyOf(experiment), async (chapters) => {
      const place = openExperiment(experiment)
      for (const chapter of chapters) {
        await place.advance(chapter.after)
        place.perform(chapter)
      }
      place.universe.write('laboratory', (world) => compare(world, seen))
      place.close()
    }),
    { numRuns: runs(40) },
  )
  return seen
}

test('a door of flats and offices answers what is explained', { timeout: 120_000 }, async () => {
  const seen = await holds(flats)
  for (const cause of ['opens', 'no_door', 'on_its_way']) expect(seen).toContain(cause)
})

test('a door of a hotel answers what is explained', { timeout: 120_000 }, async () => {
  expect((await holds(mixedHotel)).size).toBeGreaterThan(2)
})

test('a door of a grant answers what is explained', { timeout: 120_000 }, async () => {
  expect((await holds(sites)).size).toBeGreaterThan(3)
})
