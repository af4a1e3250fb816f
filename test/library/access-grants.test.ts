/** Access grants in the library: waited for, matched, and told of where a test fails. */
import { SeamHttp } from '@seamapi/http'
import { afterAll, expect, expectTypeOf, test as base } from 'vitest'
import '../../src/testing/vitest.ts'
import { closeSharedEmulators, seamFixtures } from '../../src/testing/index.ts'
import type { TestWorkspace } from '../../src/testing/index.ts'
import { storyOf } from '../../src/testing/story.ts'

const test = base.extend(seamFixtures({ stories: false }))
const front = 'd0000000-0000-4000-8000-000000000001'
const studio = 'd0000000-0000-4000-8000-000000000003'
const hub = 'b0000000-0000-4000-8000-000000000002'

afterAll(closeSharedEmulators)

const guest = async (workspace: TestWorkspace) => {
  const seam = new SeamHttp(workspace.seam)
  const { access_grant_id, access_method_ids } = await seam.accessGrants.create({
    user_identity: { full_name: 'Ada Guest' },
    device_ids: [front, studio],
    requested_access_methods: [{ mode: 'code' }],
  })
  return { seam, access_grant_id, access_method_id: access_method_ids[0] ?? '' }
}

const wordsOf = async (failing: Promise<unknown>): Promise<string> => {
  const failure: unknown = await failing.then(
    () => null,
    (error: unknown) => error,
  )
  return failure instanceof Error ? failure.message : expect.unreachable('it did not fail')
}

test('a wait leaps to the moment at which the PIN is issued, or the grant ready', async ({
  seamWorkspace,
}) => {
  const { access_grant_id, access_method_id } = await guest(seamWorkspace)
  const issued = await seamWorkspace.waitUntil({ access_method_id, status: 'issued' })
  expect(issued.access_method).toMatchObject({ is_issued: true, access_method_id })
  expectTypeOf(issued.access_method.is_issued).toEqualTypeOf<boolean>()
  const ready = await seamWorkspace.waitUntil({
    access_grant_id,
    status: 'ready',
    event_type: 'access_grant.access_granted_to_all_doors',
  })
  expect(ready.access_grant.display_name).toBe('Ada Guest')
  expect(ready.event.access_grant_id).toBe(access_grant_id)
  await expect(seamWorkspace).toHaveStatus({ access_grant_id, status: 'ready' })
  await expect(seamWorkspace).toHaveStatus({ access_method_id, status: 'issued' })
  await expect(seamWorkspace).toHaveEvent({ event_type: 'access_method.issued', access_grant_id })
})

test('a wait for the end of a grant that is deleted finds it gone', async ({ seamWorkspace }) => {
  const { seam, access_grant_id } = await guest(seamWorkspace)
  await seamWorkspace.waitUntil({ access_grant_id, status: 'ready' })
  await seam.accessGrants.delete({ access_grant_id })
  const { event } = await seamWorkspace.waitUntil({
    access_grant_id,
    event_type: 'access_grant.deleted',
  })
  expect(event.event_type).toBe('access_grant.deleted')
  expect(await seamWorkspace.waitUntil({ access_grant_id, status: 'deleted' })).not.toHaveProperty(
    'access_grant',
  )
})

test('in vain, it says door by door what is waited for', async ({ seamWorkspace }) => {
  await seamWorkspace.bridges.unplug({ bridge_id: hub })
  const { access_grant_id, access_method_id } = await guest(seamWorkspace)
  const words = await wordsOf(
    seamWorkspace.waitUntil({ access_method_id, status: 'issued', timeout: '1h' }),
  )
  expect(words).toMatch(/its status is not_issued\. One of two doors is ready: Studio Door waits/)
  expect(
    await wordsOf(expect(seamWorkspace).toHaveStatus({ access_grant_id, status: 'ready' })),
  ).toMatch(/is partly_ready; ready was expected[\s\S]+Studio Door waits for its bridge/)
  expect(
    await wordsOf(expect(seamWorkspace).toHaveStatus({ access_method_id, status: 'issued' })),
  ).toMatch(/is not_issued; issued was expected/)
  expect(
    await wordsOf(
      expect(seamWorkspace).toHaveEvent({ event_type: 'access_method.issued', access_method_id }),
    ),
  ).toMatch(/access_method\.failed_to_issue[\s\S]+Studio Door waits for its bridge/)
})

test('what cannot be waited for is refused, and who never was', async ({ seamWorkspace }) => {
  const { access_grant_id, access_method_id } = await guest(seamWorkspace)
  const wait = (body: object) => wordsOf(seamWorkspace.call('/_emulator/wait_until', body))
  expect(await wait({ access_grant_id, status: 'issued' })).toContain(
    'An access grant has no status "issued". Known: ready, partly_ready',
  )
  expect(await wait({ access_grant_id, access_method_id, status: 'ready' })).toContain(
    'Give exactly one of access_code_id, device_id, action_attempt_id, access_grant_id, access_method_id,',
  )
  const nobody = '00000000-0000-4000-8000-000000000000'
  expect(await wait({ access_method_id: nobody, status: 'issued' })).toContain(
    'access_method_not_found',
  )
})

test('the story of a failed test has the grants, door by door', async ({ seamWorkspace }) => {
  await guest(seamWorkspace)
  const { access_grants } = await storyOf(seamWorkspace, 'any')
  expect(access_grants).toMatchObject([{ name: 'Ada Guest', doors: [{}, {}] }])
})
