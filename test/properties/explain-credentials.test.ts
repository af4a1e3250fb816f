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
import type { Chapter, Experiment } from '../support/experiment.ts'
import { flats } from '../support/flats.ts'
import { mixedHotel } from '../support/mixed-hotel.ts'
import { hour, minute } from '../support/place.ts'
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
  const former = row.held?.before?.code
  const isItself =
    (row.held?.state.code ?? code) === code && (former === undefined || former === code)
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

/** Whatever else is told, the `known` stories are: what must have been seen does not hang on luck. */
const holds = async <Deed>(
  experiment: Experiment<Deed>,
  known: Chapter<Deed>[][],
): Promise<Set<string>> => {
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
    { numRuns: runs(40) + known.length, examples: known.map((it) => [it]) },
  )
  return seen
}

test('a door of flats and offices answers what is explained', { timeout: 120_000 }, async () => {
  const card = { do: 'encode', nth: 0, flag: false } as const
  const untilThen = (after: number) => [
    { after: 0, deed: { do: 'arrive', nth: 0, flag: false } as const },
    { after: 0, deed: card },
    { after, deed: { do: 'arrive', nth: 0, flag: false } as const },
  ]
  // The gate hears of a card a moment after it was written.
  const seen = await holds(flats, [untilThen(3_057), untilThen(minute)])
  for (const cause of ['opens', 'no_door', 'on_its_way']) expect(seen).toContain(cause)
})

test('a door of a hotel answers what is explained', { timeout: 120_000 }, async () => {
  // The first credential there is a key of the fixture's.
  const guest = { nth: 1, flag: true, lasts: 5 }
  const untilThen = (after: number) => [
    { after: 0, deed: { do: 'arrive', ...guest } as const },
    { after: minute, deed: { do: 'encode', ...guest } as const },
    { after, deed: { do: 'scan', ...guest } as const },
  ]
  const seen = await holds(mixedHotel, [untilThen(minute), untilThen(9 * hour)])
  for (const cause of ['opens', 'no_door', 'too_late']) expect(seen).toContain(cause)
})

test('a door of a grant answers what is explained', { timeout: 120_000 }, async () => {
  const grant = {
    do: 'grant',
    person: 'ada',
    acs_entrance_ids: ['office'],
    isFlat: false,
    hasGate: false,
    modes: ['code'],
    stay: null,
    starts_in: 0,
    lasts: null,
  } as const
  const story = [
    {
      after: 0,
      deed: { ...grant, acs_entrance_ids: ['office' as const], modes: ['code' as const] },
    },
    { after: hour, deed: { do: 'present', acs_entrance_id: 'office', nth: 0 } as const },
  ]
  const suspended = [
    ...story,
    { after: minute, deed: { do: 'suspend', nth: 0, isOn: true } as const },
    { after: minute, deed: { do: 'present', acs_entrance_id: 'office', nth: 0 } as const },
  ]
  const seen = await holds(sites, [story, suspended])
  for (const cause of ['opens', 'no_door', 'suspended']) expect(seen).toContain(cause)
})
