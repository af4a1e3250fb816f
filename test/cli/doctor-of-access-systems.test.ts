/** What the doctor finds wrong with an integration of access systems, in a running emulator. */
import { SeamHttp } from '@seamapi/http'
import { afterAll, expect, test } from 'vitest'
import { closeSharedEmulators, freshWorkspace } from '../../src/testing/index.ts'
import type { TestWorkspace } from '../../src/testing/index.ts'

afterAll(() => closeSharedEmulators())

const HOUR = 3_600_000

type Model = Parameters<TestWorkspace['acsSystems']['create']>[0]['model']

/** An integration and a site of a brand. */
const site = async (workspace: TestWorkspace, model: Model) => {
  const { acs } = new SeamHttp({
    ...workspace.seam,
    waitForActionAttempt: { pollingInterval: 10 },
  })
  const made = await workspace.acsSystems.create({ model })
  const { acs_system_id } = made
  const [lobby = '', first = '', second = ''] = made.entrances.map((it) => it.acs_entrance_id)
  const acs_encoder_id = made.encoders[0]?.acs_encoder_id ?? ''
  const now = Date.parse((await workspace.clock.get()).now)
  const user = async (more: object = {}) =>
    (await acs.users.create({ acs_system_id, full_name: 'Ada', ...more })).acs_user_id
  return {
    ...made,
    acs,
    lobby,
    first,
    second,
    acs_encoder_id,
    user,
    later: (hours: number) => new Date(now + hours * HOUR).toISOString(),
    card: async (more: object = {}) =>
      (
        await acs.credentials.create({
          acs_user_id: await user(),
          access_method: 'card',
          allowed_acs_entrance_ids: [first],
          ends_at: new Date(now + 48 * HOUR).toISOString(),
          ...more,
        })
      ).acs_credential_id,
    /** What the doctor says of a check. */
    says: async (check: string) =>
      (await workspace.doctor()).findings.find((it) => it.check === check),
  }
}

test('an encoding that failed and that nobody read is wrong; read until its end, it is good', async () => {
  await using workspace = await freshWorkspace({ name: 'blind at the desk' })
  const { acs, card, acs_encoder_id, says } = await site(workspace, 'visionline')
  const acs_credential_id = await card()
  await workspace.encoders.removeCard({ acs_encoder_id })
  const ask = () =>
    acs.encoders.encodeCredential(
      { acs_encoder_id, acs_credential_id },
      { waitForActionAttempt: false },
    )
  await ask()
  await workspace.clock.advance('1m')
  const found = await says('acs-attempts')
  expect(found).toMatchObject({ verdict: 'wrong' })
  expect(found?.text).toContain('ENCODE_CREDENTIAL: no_credential_on_encoder')
  expect(await says('encoding-given-up')).toMatchObject({ verdict: 'wrong' })

  await using careful = await freshWorkspace({ name: 'sees at the desk' })
  const desk = await site(careful, 'visionline')
  const good = await desk.card()
  await careful.encoders.removeCard({ acs_encoder_id: desk.acs_encoder_id })
  const encode = () =>
    desk.acs.encoders.encodeCredential({
      acs_encoder_id: desk.acs_encoder_id,
      acs_credential_id: good,
    })
  await expect(encode()).rejects.toThrow(/card/)
  await careful.encoders.placeCard({ acs_encoder_id: desk.acs_encoder_id })
  await encode()
  expect(await desk.says('acs-attempts')).toMatchObject({ verdict: 'good' })
  expect(await desk.says('encoding-given-up')).toBeUndefined()
})

test('a webhook of the credential tells of an encoding as well', async () => {
  await using workspace = await freshWorkspace({ name: 'told at the desk' })
  await workspace.webhookTo(workspace.inbox.url('app'), { event_types: ['acs_credential.issued'] })
  const { acs, card, acs_encoder_id, says } = await site(workspace, 'visionline')
  const acs_credential_id = await card()
  await acs.encoders.encodeCredential(
    { acs_encoder_id, acs_credential_id },
    { waitForActionAttempt: false },
  )
  await workspace.clock.advance('1m')
  expect(await says('acs-attempts')).toMatchObject({ verdict: 'good' })
})

test('a card that was not encoded again after a change is wrong; encoded again, it is good', async () => {
  await using workspace = await freshWorkspace({ name: 'a longer stay' })
  const { acs, card, acs_encoder_id, says, later } = await site(workspace, 'visionline')
  const acs_credential_id = await card()
  await acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id })
  expect(await says('cards-out-of-date')).toMatchObject({ verdict: 'good' })
  await acs.credentials.update({ acs_credential_id, ends_at: later(72) })
  const found = await says('cards-out-of-date')
  expect(found).toMatchObject({ verdict: 'wrong' })
  expect(found?.text).toContain(acs_credential_id)
  await acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id })
  expect(await says('cards-out-of-date')).toMatchObject({ verdict: 'good' })
})

test('a card that opens its room though its credential is deleted is told, until another guest was there', async () => {
  await using workspace = await freshWorkspace({ name: 'gone too early' })
  const { acs, card, acs_encoder_id, first, says } = await site(workspace, 'visionline')
  const encoded = async (more: object = {}) => {
    const acs_credential_id = await card(more)
    await acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id })
    return acs_credential_id
  }
  const acs_credential_id = await encoded()
  expect(await says('cards-still-open')).toBeUndefined()
  await acs.credentials.delete({ acs_credential_id })
  await workspace.clock.advance('1m')
  const found = await says('cards-still-open')
  expect(found).toMatchObject({ verdict: 'warning' })
  expect(found?.text).toContain('Room 101 until')
  const next = await encoded({ visionline_metadata: { override: true } })
  const { card_number } = await acs.credentials.get({ acs_credential_id: next })
  await workspace.acsSystems.present({ acs_entrance_id: first, card_number: card_number ?? '' })
  expect(await says('cards-still-open')).toBeUndefined()
})

test('a card of a guest without an end is wrong; one of staff is not', async () => {
  await using workspace = await freshWorkspace({ name: 'for good' })
  const { acs, card, acs_encoder_id, says } = await site(workspace, 'visionline')
  const encoded = async (more: object) =>
    acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id: await card(more) })
  await encoded({ ends_at: undefined, visionline_metadata: { card_function_type: 'staff' } })
  expect(await says('cards-without-end')).toBeUndefined()
  await encoded({ ends_at: undefined })
  expect(await says('cards-without-end')).toMatchObject({ verdict: 'wrong' })
})

test('a PIN that is handed out before its system has it is wrong; read when it is issued, it is good', async () => {
  await using workspace = await freshWorkspace({ name: 'a PIN too early' })
  const { acs, user, access_groups, says } = await site(workspace, 'brivo')
  const acs_access_group_ids = [access_groups[0]?.acs_access_group_id ?? '']
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id: await user({ acs_access_group_ids }),
    access_method: 'code',
    code: '482913',
  })
  await workspace.clock.advance('1m')
  const found = await says('credential-before-issued')
  expect(found).toMatchObject({ verdict: 'wrong' })
  expect(found?.text).toContain(acs_credential_id)
  await acs.credentials.get({ acs_credential_id })
  expect(await says('credential-before-issued')).toMatchObject({ verdict: 'good' })
})

test('a credential that opens no door is wrong, but not where access was taken away', async () => {
  await using workspace = await freshWorkspace({ name: 'no door' })
  const { acs, user, access_groups, says } = await site(workspace, 'brivo')
  const acs_user_id = await user()
  await acs.credentials.create({ acs_user_id, access_method: 'code', code: '482913' })
  await workspace.clock.advance('1m')
  expect(await says('opens-nothing')).toMatchObject({ verdict: 'wrong' })
  const acs_access_group_id = access_groups[0]?.acs_access_group_id ?? ''
  await acs.users.addToAccessGroup({ acs_user_id, acs_access_group_id })
  expect(await says('opens-nothing')).toBeUndefined()
  await acs.users.revokeAccessToAllEntrances({ acs_user_id })
  expect(await says('opens-nothing')).toBeUndefined()
})

test('users who have no slot of the subscription are told of, until one has left', async () => {
  await using workspace = await freshWorkspace({ name: 'a full site' })
  const { acs, user, says } = await site(workspace, 'salto_ks')
  const ids: string[] = []
  for (let nth = 0; nth < 21; nth++) ids.push(await user())
  await workspace.clock.advance('1m')
  expect((await says('subscription-full'))?.text).toContain('1 user')
  await acs.users.delete({ acs_user_id: ids[0] ?? '' })
  await workspace.clock.advance('1m')
  expect(await says('subscription-full')).toBeUndefined()
})

test('an invalidated card and a broken link that nobody hears of are told, and good where somebody does', async () => {
  await using deaf = await freshWorkspace({ name: 'deaf at the desk' })
  await using hearing = await freshWorkspace({ name: 'hears at the desk' })
  await hearing.webhookTo(hearing.inbox.url('app'), { event_types: ['*'] })
  const seen: Record<string, unknown> = {}
  for (const [name, workspace] of Object.entries({ deaf, hearing })) {
    const { acs, card, acs_encoder_id, bridge_id, says } = await site(workspace, 'visionline')
    for (let nth = 0; nth < 2; nth++) {
      const visionline_metadata = { override: true }
      const acs_credential_id = await card({ visionline_metadata })
      await acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id })
    }
    await workspace.bridges.unplug({ bridge_id: bridge_id ?? '' })
    await workspace.clock.advance('1m')
    seen[name] = [
      (await says('invalidated-unheard'))?.verdict,
      (await says('systems-unheard'))?.verdict,
    ]
  }
  expect(seen).toEqual({ deaf: ['warning', 'warning'], hearing: ['good', 'good'] })
})

test('of an integration without access systems nothing of them is said', async () => {
  await using workspace = await freshWorkspace({ name: 'locks alone' })
  await new SeamHttp(workspace.seam).locks.list()
  const { findings } = await workspace.doctor()
  expect(
    findings.filter((it) => /acs|card|credential|subscription|systems/.test(it.check)),
  ).toEqual([])
})
