/** What no history of grants over access systems may lead to, judged at the doors; and time is one for them too. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAccessGrant } from '../../src/sim/access-grants/operations.ts'
import { grantMutations, methodMutations } from '../../src/sim/access-grants/mutations.ts'
import { grantIssues } from '../../src/sim/access-grants/issues.ts'
import { methodsOf } from '../../src/sim/access-grants/rows.ts'
import { judgeCard, judgeRight } from '../../src/sim/acs-cards/judge.ts'
import { rightOf } from '../../src/sim/acs-cards/rights.ts'
import { setEntranceOnline } from '../../src/sim/acs-cards/door-lines.ts'
import { credentialsOfMethod } from '../../src/sim/acs-credentials/rows.ts'
import { reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { plugBridge } from '../../src/sim/devices/bridges.ts'
import { clearFaults } from '../../src/sim/faults/operations.ts'
import type { AccessGrant } from '../../src/db/tables/access-grants.ts'
import type { AccessMethod } from '../../src/db/tables/access-methods.ts'
import type { AcsCredential } from '../../src/db/tables/acs-credentials.ts'
import type { AcsEntrance } from '../../src/db/tables/acs-entrances.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { createSandboxPhone } from '../../src/sim/phones/operations.ts'
import { suspendUser } from '../../src/sim/acs-users/operations.ts'
import { openExperiment, runs, storyOf } from '../support/experiment.ts'
import type { Chapter } from '../support/experiment.ts'
import { entrances, serveCard, sites } from '../support/sites.ts'
import type { Deed } from '../support/sites.ts'
import { day, hour, minute } from '../support/place.ts'
import { holdTimeLaws } from '../support/time-laws.ts'
import { holdWorldLaws } from '../support/world-laws.ts'

holdTimeLaws(sites, { scale: 0.4, keepsNumbers: false })
holdWorldLaws(sites)

const story = storyOf(sites)

const isNow = ({ starts_at, ends_at, deletion_requested_at }: AccessGrant, now: number): boolean =>
  deletion_requested_at === null && starts_at <= now && now < (ends_at ?? Infinity)

/** What the door would say of a credential, without that anybody tries. */
const verdictOf = (world: World, row: AcsCredential, door: AcsEntrance): string | null => {
  const { now } = world
  if (door.is_wired) return judgeRight(rightOf(world, row, door), { in_privacy_mode: false, now })
  const card = row.card_number === null ? undefined : world.acs_cards.get(row.card_number)
  const contents = row.access_method === 'card' ? (card?.contents ?? null) : row.written
  return judgeCard(
    { contents, is_damaged: false },
    {
      acs_system_id: door.acs_system_id,
      acs_entrance_id: door.acs_entrance_id,
      compares_issues: door.category === 'guest',
      seen_issue: door.seen_issue,
      in_privacy_mode: false,
      now,
    },
  )
}

/** The doors of an issued method that do not open for it, whatever the reason. */
const closedDoors = (world: World, { access_method_id, acs }: AccessMethod): string[] =>
  (acs?.entrance_ids ?? []).flatMap((id) => {
    const door = world.acs_entrances.get(id)
    if (door === undefined || door.offline_at !== null) return []
    const rows = credentialsOfMethod(world, access_method_id).filter(
      (row) => !row.is_multi_phone_sync,
    )
    const verdicts = rows.map((row) => verdictOf(world, row, door))
    return verdicts.includes(null) ? [] : [`${id} ${verdicts.join()}`]
  })

/** Somebody has suspended the user by hand, or the doors do not know yet that it is over. */
const isSuspended = (world: World, { access_method_id }: AccessMethod): boolean =>
  credentialsOfMethod(world, access_method_id).some(({ acs_user_id }) => {
    const user = world.acs_users.get(acs_user_id ?? '')
    const states = [user, user?.held?.state, user?.held?.before]
    return states.some((state) => state?.is_suspended === true)
  })

/** What is said to be issued does not open. */
const liesOf = (world: World): string[] =>
  world.access_grants
    .all()
    .filter((grant) => isNow(grant, world.now))
    .flatMap((grant) => methodsOf(world, grant))
    .filter(({ acs, issued_at }) => acs !== null && issued_at !== null)
    // What is asked to go may be gone before anybody says so.
    .filter(({ deletion_requested_at }) => deletion_requested_at === null)
    .filter((method) => !isSuspended(world, method))
    .flatMap((method) => closedDoors(world, method).map((it) => `${method.mode} ${it}`))

/** Credentials and users that belong to nothing that stands. */
const leftovers = (world: World): string[] => [
  ...world.acs_credentials.all().flatMap((row) => {
    const { access_method_id: id, acs_credential_id, parent_acs_credential_id } = row
    if (id === null) return []
    const held = world.access_methods.get(id)?.acs?.acs_credential_id
    return held === (parent_acs_credential_id ?? acs_credential_id) ? [] : [`credential ${id}`]
  }),
  ...world.acs_users
    .all()
    .filter((user) => user.is_made_by_grant === true)
    .filter(
      (user) => !world.acs_credentials.all().some((it) => it.acs_user_id === user.acs_user_id),
    )
    .map((user) => `user ${user.full_name}`),
]

/** Two stays have the same room at the same time: the card that was encoded last has it. */
const isOverridden = (world: World, { access_method_id }: AccessMethod): boolean =>
  credentialsOfMethod(world, access_method_id).some((row) => row.invalidated_at !== null)

const waitsOf = (world: World): string[] =>
  world.access_grants.all().flatMap((grant) => {
    if (grant.deletion_requested_at !== null) return ['a grant is still being deleted']
    return [
      ...grantMutations(world, grant).map((it) => it.mutation_code),
      ...grantIssues(world, grant).warnings.map((it) => String(it['warning_code'])),
      ...methodsOf(world, grant).flatMap((method) => [
        ...methodMutations(world, grant, method).map((it) => it.mutation_code),
        ...(method.acs !== null &&
        isNow(grant, world.now) &&
        method.issued_at === null &&
        !isOverridden(world, method)
          ? [`${method.mode} is not issued`]
          : []),
      ]),
    ].filter((it) => it !== 'device_does_not_support_access_codes')
  })

const mend = (world: World): void => {
  clearFaults(world)
  plugBridge(world, 'seam-bridge')
  for (const id of ['visionline', 'brivo', 'salto_ks']) reconnectAccount(world, id)
  for (const id of entrances) setEntranceOnline(world, id, true)
  for (const { acs_user_id } of world.acs_users.all()) suspendUser(world, acs_user_id, false)
  for (const { user_identity_id, deleting_at } of world.user_identities.all()) {
    if (deleting_at !== null) continue
    createSandboxPhone(world, {
      user_identity_id,
      operating_system: 'android',
      device_model: 'New phone',
      made_with: {},
    })
  }
}

/** A stranger comes, who has access to everything in every way but by a phone. */
const everywhere = (world: World): void => {
  createAccessGrant(world, {
    user_identity: { full_name: 'Stranger' },
    acs_entrance_ids: entrances,
    requested_access_methods: [{ mode: 'code' }, { mode: 'card' }, { mode: 'cloud_key' }],
  })
}

const live = async (
  chapters: readonly Chapter<Deed>[],
  look: (world: World) => void,
  haste = 1,
): Promise<ReturnType<typeof openExperiment<Deed>>> => {
  const place = openExperiment(sites)
  for (const chapter of chapters) {
    await place.advance(Math.floor(chapter.after / haste))
    place.perform(chapter)
    // What follows from it at this very instant.
    await place.advance(1)
    place.read(look)
  }
  return place
}

test('what is issued opens its doors within its time, whatever happens', async () => {
  let judged = 0
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const place = await live(chapters, (world) => {
        expect(liesOf(world)).toEqual([])
        judged += world.access_methods.all().filter((it) => it.issued_at !== null).length
      })
      place.close()
    }),
    { numRuns: runs(40) },
  )
  expect(judged).toBeGreaterThan(100)
}, 600_000)

test('a day after everything is mended and every card is encoded, all that stands opens, and nothing else is left', async () => {
  let judged = 0
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const place = await live(chapters, () => undefined, 20)
      place.universe.write('laboratory', mend)
      place.universe.write('laboratory', everywhere)
      await place.advance(day)
      for (let round = 0; round < 3; round++) {
        for (const { access_method_id } of place.read((world) => world.access_methods.all()))
          place.universe.write('laboratory', (world) => serveCard(world, access_method_id))
        await place.advance(10 * minute)
      }
      await place.advance(hour)
      place.read((world) => {
        expect(leftovers(world)).toEqual([])
        expect(liesOf(world)).toEqual([])
        expect(waitsOf(world)).toEqual([])
        judged += world.access_grants.all().filter((grant) => isNow(grant, world.now)).length
      })
      place.close()
    }),
    { numRuns: runs(40) },
  )
  expect(judged).toBeGreaterThan(20)
}, 600_000)
