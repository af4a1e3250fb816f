/** What the doctor finds wrong with an integration that grants access, in a running emulator. */
import { SeamHttp } from '@seamapi/http'
import { afterAll, expect, test } from 'vitest'
import { closeSharedEmulators, freshWorkspace } from '../../src/testing/index.ts'
import type { TestWorkspace } from '../../src/testing/index.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'

afterAll(() => closeSharedEmulators())

const findingsOf = async (workspace: TestWorkspace) => {
  const { findings } = await workspace.doctor()
  return {
    find: (check: string) => findings.find((it) => it.check === check),
    verdict: (check: string) => findings.find((it) => it.check === check)?.verdict,
  }
}

const grantTonight = (seam: SeamHttp) =>
  seam.accessGrants.create({
    user_identity: { full_name: 'Ada' },
    device_ids: [device_id],
    requested_access_methods: [{ mode: 'code' }],
  })

test('a PIN that is known at once and never seen issued is wrong; read again, or told, it is good', async () => {
  await using workspace = await freshWorkspace({ name: 'a PIN too early' })
  const seam = new SeamHttp(workspace.seam)
  const { access_method_ids } = await grantTonight(seam)
  const [access_method_id = ''] = access_method_ids
  await seam.accessMethods.get({ access_method_id })
  await workspace.clock.advance('1h')
  const early = await findingsOf(workspace)
  expect(early.find('pin-before-issued')).toMatchObject({ verdict: 'wrong' })
  expect(early.find('pin-before-issued')?.text).toContain(access_method_id)
  // Its code is the grant's: whether that got set is not asked of the integration.
  expect(early.verdict('pin-before-set')).toBeUndefined()
  await seam.accessMethods.get({ access_method_id })
  expect((await findingsOf(workspace)).verdict('pin-before-issued')).toBe('good')

  await using told = await freshWorkspace({ name: 'a PIN in time' })
  await told.webhookTo(told.inbox.url('app'), { event_types: ['access_method.issued'] })
  await grantTonight(new SeamHttp(told.seam))
  await told.clock.advance('1h')
  expect((await findingsOf(told)).verdict('pin-before-issued')).toBe('good')
})

test('plain codes beside grants are judged for themselves', async () => {
  await using workspace = await freshWorkspace({ name: 'codes and grants' })
  const seam = new SeamHttp(workspace.seam)
  await grantTonight(seam)
  const { access_code_id } = await seam.accessCodes.create({ device_id, name: 'Plain' })
  await workspace.clock.advance('1h')
  const found = (await findingsOf(workspace)).find('pin-before-set')
  expect(found?.text).toBe(
    `Of 1 access code nobody noticed whether it got set (${access_code_id}).`,
  )
})

test('who grants access must hear that it failed', async () => {
  await using workspace = await freshWorkspace({ name: 'deaf for grants' })
  const seam = new SeamHttp(workspace.seam)
  await seam.webhooks.create({
    url: workspace.inbox.url('app'),
    event_types: ['access_method.issued'],
  })
  await grantTonight(seam)
  const found = (await findingsOf(workspace)).find('failure-events')
  expect(found).toMatchObject({ verdict: 'wrong' })
  expect(found?.text).toContain('access_method.failed_to_issue')
})

test('a code of a grant that is changed by hand is told of, with what to change instead', async () => {
  await using workspace = await freshWorkspace({ name: 'hands on codes' })
  const seam = new SeamHttp(workspace.seam)
  const { access_grant_id } = await grantTonight(seam)
  const [code] = await seam.accessCodes.list({ access_grant_id })
  await expect(
    seam.accessCodes.delete({ access_code_id: code?.access_code_id ?? '' }),
  ).rejects.toThrow()
  const { find, verdict } = await findingsOf(workspace)
  expect(find('codes-of-grants')).toMatchObject({ verdict: 'wrong' })
  expect(find('codes-of-grants')?.advice).toContain('access_grants/update')
  expect(verdict('refusals')).toBeUndefined()
})

test('doors that a grant is given by update are told to be in no schema', async () => {
  await using workspace = await freshWorkspace({ name: 'moved by update' })
  const seam = new SeamHttp(workspace.seam)
  const { access_grant_id } = await grantTonight(seam)
  await seam.client.patch('/access_grants/update', {
    access_grant_id,
    device_ids: ['d0000000-0000-4000-8000-000000000002'],
  })
  expect((await findingsOf(workspace)).verdict('moved-grants')).toBe('warning')
})

const guests = [{ guest_key: 'g1', name: 'Ada' }]
const push = (seam: SeamHttp, reservation: object) =>
  seam.client.post('/customers/push_data', {
    customer_key: 'sunny',
    guests,
    reservations: [{ reservation_key: 'r1', ends_at: '2025-02-01T00:00:00Z', ...reservation }],
  })

test('singular and unknown keys are told of: nothing was deleted, no place was named', async () => {
  await using workspace = await freshWorkspace({ name: 'keys ignored' })
  const seam = new SeamHttp(workspace.seam)
  await push(seam, { guest_key: 'g1', property_listing_keys: ['p1'] })
  await seam.client.post('/customers/delete_data', { reservation_key: 'r1', customer_key: 'sunny' })
  const { findings } = await workspace.doctor()
  const found = findings.filter(({ check }) => check === 'ignored-keys')
  expect(found.map(({ verdict, text }) => [verdict, text])).toEqual([
    [
      'wrong',
      '/customers/delete_data was called with reservation_key, customer_key, which is ignored.',
    ],
    [
      'wrong',
      '/customers/push_data was called with reservations[].property_listing_keys, which is ignored.',
    ],
  ])
})

test('another person in a stay is left out without a word, and that is told', async () => {
  await using workspace = await freshWorkspace({ name: 'another person' })
  const seam = new SeamHttp(workspace.seam)
  await seam.spaces.create({ name: 'Flat', space_key: 'flat', device_ids: [device_id] })
  await push(seam, { guest_key: 'g1', space_keys: ['flat'] })
  await workspace.clock.advance('1m')
  expect((await findingsOf(workspace)).verdict('skipped-changes')).toBeUndefined()
  await push(seam, { guest_key: 'g2', space_keys: ['flat'] })
  await workspace.clock.advance('1m')
  const { find } = await findingsOf(workspace)
  expect(find('skipped-changes')?.text).toContain('another person')
})
