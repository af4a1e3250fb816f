/** Uses an emulator the way its busy users do, so that every statement that matters is prepared. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { FRONT_DOOR, startTestEmulator } from './emulator.ts'
import type { TestEmulator } from './emulator.ts'
import { startReceiver } from './receiver.ts'

const created = z.object({
  access_code: z.object({ access_code_id: z.string() }),
  action_attempt: z.object({ action_attempt_id: z.string() }),
})
const anything = z.looseObject({})

type Post = <S extends z.ZodType>(path: string, body: object, schema: S) => Promise<z.output<S>>

/** A person, a space and a grant: what callers of the newer API ask all day. */
const useGrants = async (post: Post, device_id: string): Promise<void> => {
  const { user_identity } = await post(
    '/user_identities/create',
    { full_name: 'Jane Doe', user_identity_key: 'jane' },
    z.object({ user_identity: z.object({ user_identity_id: z.string() }) }),
  )
  const { space } = await post(
    '/spaces/create',
    { name: 'Suite', space_key: 'suite', device_ids: [device_id] },
    z.object({ space: z.object({ space_id: z.string() }) }),
  )
  const { user_identity_id } = user_identity
  const { access_grant } = await post(
    '/access_grants/create',
    {
      user_identity_id,
      space_ids: [space.space_id],
      requested_access_methods: [{ mode: 'code' }],
    },
    z.object({ access_grant: z.object({ access_grant_id: z.string() }) }),
  )
  const { access_grant_id } = access_grant
  await post('/access_grants/get', { access_grant_id }, anything)
  await post('/access_grants/list', { user_identity_id }, anything)
  await post('/access_methods/list', { access_grant_id }, anything)
  await post('/devices/list', { space_id: space.space_id }, anything)
  await post('/access_grants/delete', { access_grant_id }, anything)
}

const site = z.object({
  acs_system: z.object({
    acs_system_id: z.string(),
    entrances: z.array(z.object({ acs_entrance_id: z.string() })),
  }),
})

/** A guest of a hotel whose card changes. */
const useHotel = async (post: Post): Promise<void> => {
  const { acs_system } = await post('/_emulator/acs_systems/create', { model: 'visionline' }, site)
  const { acs_user } = await post(
    '/acs/users/create',
    { acs_system_id: acs_system.acs_system_id, full_name: 'Jane Doe' },
    z.object({ acs_user: z.object({ acs_user_id: z.string() }) }),
  )
  const { acs_user_id } = acs_user
  const { acs_credential } = await post(
    '/acs/credentials/create',
    {
      acs_user_id,
      access_method: 'card',
      allowed_acs_entrance_ids: acs_system.entrances.slice(1, 2).map((it) => it.acs_entrance_id),
    },
    z.object({ acs_credential: z.object({ acs_credential_id: z.string() }) }),
  )
  await post('/acs/users/get', { acs_user_id }, anything)
  await post(
    '/acs/credentials/update',
    { ...acs_credential, ends_at: '2030-01-01T00:00:00Z' },
    anything,
  )
  await post('/acs/users/get', { acs_user_id }, anything)
}

/** An emulator over a file: there every question goes to its table, also while its rows are few. */
export const startOverFile = async (): Promise<TestEmulator> => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-'))
  const db = join(folder, 'hot-routes.db')
  const emulator = await startTestEmulator({ db, check_responses: false })
  return {
    ...emulator,
    close: async () => {
      await emulator.close()
      rmSync(folder, { recursive: true })
    },
  }
}

export const driveHotRoutes = async (emulator: TestEmulator): Promise<void> => {
  const { endpoint, api_key } = emulator
  const post = async <S extends z.ZodType>(path: string, body: object, schema: S) => {
    const answer = await fetch(`${endpoint}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return schema.parse(await answer.json())
  }
  const { clock, inbox, locks, webhookDeliveries } = emulator.as(api_key)
  const receiver = await startReceiver()
  const device_id = FRONT_DOOR
  const since = '2000-01-01T00:00:00.000Z'

  await post('/webhooks/create', { url: receiver.url, event_types: ['*'] }, anything)
  const ids: string[] = []
  for (const window of [{}, stay(2), stay(40), stay(200)]) {
    const input = { device_id, name: `Guest ${ids.length}`, ...window }
    const { access_code, action_attempt } = await post('/access_codes/create', input, created)
    ids.push(access_code.access_code_id)
    await post('/action_attempts/get', action_attempt, anything)
  }
  const [first, , , last] = ids
  await post('/access_codes/update', { access_code_id: first, name: 'Other' }, anything)
  await post('/access_codes/get', { access_code_id: first }, anything)
  await post('/access_codes/list', { device_id }, anything)
  await post('/access_codes/list', { access_code_ids: ids }, anything)
  await post('/access_codes/unmanaged/list', { device_id }, anything)
  await post('/devices/get', { device_id }, anything)
  await post('/devices/list', {}, anything)
  await post('/locks/unlock_door', { device_id }, anything)
  await clock.advance('3d')
  await post('/access_codes/delete', { access_code_id: last }, anything)
  await clock.advance('30d')
  for (const filter of [
    {},
    { device_id },
    { device_id, event_type: 'access_code.created' },
    { event_type: 'access_code.created' },
    { access_code_id: first },
    { event_types: ['access_code.created', 'access_code.set_on_device'] },
  ]) {
    await post('/events/list', { since, ...filter }, anything)
  }
  await post('/events/get', { event_type: 'access_code.created' }, anything)
  await useGrants(post, device_id)
  await useHotel(post)
  await locks.enterCode({ device_id, code: '4711' })
  await webhookDeliveries.list()
  await inbox.list()
  await receiver.close()
}

/** A window of a day that begins so many hours into 2025, where frozen worlds begin. */
const stay = (hours: number) => {
  const start = Date.UTC(2025, 0, 1) + hours * 3_600_000
  return {
    starts_at: new Date(start).toISOString(),
    ends_at: new Date(start + 86_400_000).toISOString(),
  }
}
