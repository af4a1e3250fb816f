import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '../../src/emulator.ts'
import { drawnIds, worldTables } from '../../src/db/tables/index.ts'
import { isRecord } from '../../src/lib/is-record.ts'
import { startTestEmulator } from '../support/emulator.ts'
import { makers } from '../support/routes/furnish.ts'

/**
 * Every column of every table, and every field of the workspace, is given values that its type allows
 * and its meaning may not. Each is refused by its path, or the world works: it is reset, lives on for a
 * month, and is listed.
 */
let emulator: RunningEmulator
let snapshot: z.output<typeof world>
beforeAll(async () => {
  emulator = await startTestEmulator({ check_responses: true })
  snapshot = await liveALittle()
}, 60_000)
afterAll(() => emulator.close())

const world = z.looseObject({
  workspace: z.record(z.string(), z.unknown()),
  credentials: z.array(z.record(z.string(), z.unknown())),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
})

const KEY = 'seam_test_mutations'

const agent = new Agent({ keepAlive: true })
afterAll(() => agent.destroy())

/** Asked tens of thousands of times: `fetch` takes as long for it as the emulator itself. */
const ask = (path: string, body: unknown, key = KEY): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const outgoing = request(`${emulator.endpoint}${path}`, {
      method: 'POST',
      agent,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) => {
      text(incoming).then(
        (told) => resolve({ status: incoming.statusCode ?? 0, text: told }),
        reject,
      )
    })
    outgoing.end(JSON.stringify(body))
  })

const answered = async (path: string, body: unknown, key = KEY): Promise<unknown> => {
  const { status, text } = await ask(path, body, key)
  if (status !== 200) throw new Error(`${path}: ${text}`)
  return JSON.parse(text)
}

const flatDoor = 'e0000000-0000-4000-8000-000000000002'
const flatDesk = '70000000-0000-4000-8000-000000000002'
const tenant = '80000000-0000-4000-8000-000000000002'

const fixture = {
  name: 'mutations',
  connected_accounts: [
    { connected_account_id: 'a0000000-0000-4000-8000-000000000001', model: 'august' },
    { connected_account_id: 'a0000000-0000-4000-8000-000000000002', model: 'igloohome' },
    { connected_account_id: 'a0000000-0000-4000-8000-000000000003', model: 'brivo' },
    { connected_account_id: 'a0000000-0000-4000-8000-000000000004', model: 'visionline' },
  ],
  bridges: [
    {
      bridge_id: 'b0000000-0000-4000-8000-000000000001',
      connected_account_id: 'a0000000-0000-4000-8000-000000000001',
      name: 'Bridge',
    },
    {
      bridge_id: 'b0000000-0000-4000-8000-000000000002',
      connected_account_id: 'a0000000-0000-4000-8000-000000000004',
      name: 'Seam Bridge',
    },
  ],
  acs_systems: [
    {
      acs_system_id: '50000000-0000-4000-8000-000000000001',
      model: 'brivo',
      connected_account_id: 'a0000000-0000-4000-8000-000000000003',
      time_zone: 'Europe/Berlin',
    },
    {
      acs_system_id: '50000000-0000-4000-8000-000000000002',
      model: 'visionline',
      connected_account_id: 'a0000000-0000-4000-8000-000000000004',
      bridge_id: 'b0000000-0000-4000-8000-000000000002',
      is_server_up: false,
      subscription_slots: 5,
    },
    {
      acs_system_id: '50000000-0000-4000-8000-000000000003',
      model: 'salto_space',
    },
  ],
  acs_entrances: [
    {
      acs_entrance_id: 'e0000000-0000-4000-8000-000000000001',
      acs_system_id: '50000000-0000-4000-8000-000000000001',
      display_name: 'Office',
      is_online: false,
      in_privacy_mode: true,
    },
    {
      acs_entrance_id: flatDoor,
      acs_system_id: '50000000-0000-4000-8000-000000000003',
      display_name: 'Flat',
      is_wired: false,
      metadata: { audit_on_keys: true },
    },
  ],
  acs_access_groups: [
    {
      acs_access_group_id: '60000000-0000-4000-8000-000000000002',
      acs_system_id: '50000000-0000-4000-8000-000000000003',
      name: 'Flat',
      access_schedule: { ends_in: 86_400_000_000 },
      acs_entrance_ids: [flatDoor],
    },
    {
      acs_access_group_id: '60000000-0000-4000-8000-000000000001',
      acs_system_id: '50000000-0000-4000-8000-000000000001',
      name: 'Everybody',
      access_schedule: { ends_in: 86_400_000_000 },
      acs_entrance_ids: ['e0000000-0000-4000-8000-000000000001'],
    },
  ],
  acs_encoders: [
    {
      acs_encoder_id: '70000000-0000-4000-8000-000000000001',
      acs_system_id: '50000000-0000-4000-8000-000000000002',
      display_name: 'Front Desk',
      is_online: false,
    },
    {
      acs_encoder_id: flatDesk,
      acs_system_id: '50000000-0000-4000-8000-000000000003',
      display_name: 'Desk of the flats',
    },
  ],
  acs_users: [
    {
      acs_user_id: '80000000-0000-4000-8000-000000000001',
      acs_system_id: '50000000-0000-4000-8000-000000000001',
      full_name: 'Jane Doe',
      email_address: 'jane@example.com',
      phone_number: '+15550000001',
      access_schedule: { ends_in: 86_400_000_000 },
      acs_access_group_ids: ['60000000-0000-4000-8000-000000000001'],
    },
    {
      acs_user_id: tenant,
      acs_system_id: '50000000-0000-4000-8000-000000000003',
      full_name: 'Tenant',
      acs_access_group_ids: ['60000000-0000-4000-8000-000000000002'],
    },
  ],
  acs_credentials: [
    {
      acs_credential_id: '90000000-0000-4000-8000-000000000001',
      acs_system_id: '50000000-0000-4000-8000-000000000001',
      acs_user_id: '80000000-0000-4000-8000-000000000001',
      access_method: 'code',
      code: '4821',
      window: { ends_in: 86_400_000_000 },
    },
  ],
  acs_cards: [
    { card_number: '04A1B2C3D4E5F607', acs_encoder_id: '70000000-0000-4000-8000-000000000001' },
  ],
  devices: [
    {
      device_id: 'd0000000-0000-4000-8000-000000000001',
      connected_account_id: 'a0000000-0000-4000-8000-000000000001',
      bridge_id: 'b0000000-0000-4000-8000-000000000001',
      model: 'august',
      name: 'Door',
      memory: [{ slot: 7, code: '9999', name: 'By hand' }],
      profile: { memory_slots: 20 },
      location: { location_name: 'Home', time_zone: 'Europe/Berlin' },
    },
    {
      device_id: 'd0000000-0000-4000-8000-000000000002',
      connected_account_id: 'a0000000-0000-4000-8000-000000000002',
      model: 'igloohome',
      name: 'Shed',
      location: { time_zone: 'Europe/Berlin' },
    },
  ],
  thermostats: [
    { device_id: 'd0000000-0000-4000-8000-000000000005', model: 'ecobee', name: 'Lounge' },
  ],
  noise_sensors: [
    {
      device_id: 'd0000000-0000-4000-8000-000000000003',
      model: 'minut',
      name: 'Lounge',
      location: { time_zone: 'Etc/UTC' },
    },
    { device_id: 'd0000000-0000-4000-8000-000000000004', model: 'noiseaware', name: 'Hall' },
  ],
  faults: [
    { on: 'noise_threshold.set', effect: { kind: 'fail' } },
    {
      on: 'access_code.set',
      match: { name: 'Unlucky' },
      effect: { kind: 'fail', error_code: 'provider_issue', message: 'y' },
    },
    {
      on: 'bridge.link',
      between: ['2030-01-01T00:00:00Z', '2030-02-01T00:00:00Z'],
      effect: { kind: 'down' },
    },
  ],
}

/** A thermostat of which every column has a value. */
const keepWarm = async (device_id: string) => {
  const ask = (path: string, body: object) =>
    answered(`/thermostats/${path}`, { device_id, ...body })
  const periods = [{ starts_at_time: '06:00:00', climate_preset_key: 'home' }]
  const { thermostat_daily_program } = z
    .object({ thermostat_daily_program: z.object({ thermostat_daily_program_id: z.string() }) })
    .parse(await ask('daily_programs/create', { name: 'Day', periods }))
  const { thermostat_daily_program_id: monday_program_id } = thermostat_daily_program
  await ask('update_weekly_program', { monday_program_id })
  await ask('set_fallback_climate_preset', { climate_preset_key: 'away' })
  await ask('heat', { heating_set_point_celsius: 25 })
  await ask('set_temperature_threshold', { lower_limit_celsius: 24, upper_limit_celsius: 30 })
  await answered('/_emulator/clock/advance', { by: '1m' })
  await answered('/devices/simulate/disconnect', { device_id })
  await answered('/_emulator/thermostats/set_room', { device_id, outdoor: 0 })
  await ask('schedules/create', {
    name: 'Stay',
    climate_preset_key: 'home',
    starts_at: '2025-01-01T00:00:00Z',
    ends_at: '2025-01-09T12:00:00Z',
    max_override_period_minutes: 60,
  })
  const preset = { climate_preset_key: 'home', heating_set_point_fahrenheit: 70 }
  await ask('update_climate_preset', preset)
  await ask('update_weekly_program', { monday_program_id })
  await answered('/_emulator/clock/advance', { by: '1m' })
}

/** A tenant comes home, which the door without a line notes on the card. */
const comeHome = async () => {
  const { acs_credential } = z
    .object({ acs_credential: z.object({ acs_credential_id: z.string() }) })
    .parse(
      await answered('/acs/credentials/create', { acs_user_id: tenant, access_method: 'card' }),
    )
  const { acs_credential_id } = acs_credential
  await answered('/acs/encoders/encode_credential', { acs_encoder_id: flatDesk, acs_credential_id })
  await answered('/_emulator/clock/advance', { by: '1m' })
  const { cards } = z
    .object({ cards: z.array(z.object({ card_number: z.string(), contents: z.unknown() })) })
    .parse(await answered('/_emulator/cards/list', {}))
  const card_number = cards.find((card) => card.contents !== null)?.card_number
  await answered('/_emulator/acs_systems/present', { acs_entrance_id: flatDoor, card_number })
}

/** A world in which every table has rows, and every nullable column somewhere a value. */
const liveALittle = async () => {
  await answered('/_emulator/workspaces/create', { api_key: KEY, fixture }, 'seam_test_default')
  const control = (path: string, body: unknown) => answered(`/_emulator/${path}`, body)
  const device_id = 'd0000000-0000-4000-8000-000000000001'
  const shed = 'd0000000-0000-4000-8000-000000000002'
  const inbox = `${emulator.endpoint}/_emulator/inbox/receive/mine`
  const seam = answered
  await seam('/webhooks/create', { url: inbox })
  await seam('/webhooks/create', { url: 'http://127.0.0.1:1/nobody' })
  for (const { path, example } of makers()) await seam(path, example())
  await seam('/spaces/create', { name: 'Flat', space_key: 'flat', device_ids: [device_id] })
  const { user_identity } = z
    .object({ user_identity: z.object({ user_identity_id: z.string() }) })
    .parse(await seam('/user_identities/create', { full_name: 'Jane', user_identity_key: 'jane' }))
  await seam('/user_identities/grant_access_to_device', { ...user_identity, device_id })
  const { user_identity_id } = user_identity
  await seam('/phones/simulate/create_sandbox_phone', { user_identity_id })
  await seam('/user_identities/generate_instant_key', { user_identity_id })
  await control('settings/update', { api_version: '1.1038' })
  await seam('/user_identities/create', { full_name: 'Janet', user_identity_key: 'janet' })
  await seam('/user_identities/merge', {
    user_identity_key: 'jane',
    merged_user_identity_keys: ['janet'],
  })
  await control('settings/update', { api_version: '1.977' })
  await seam('/connect_webviews/create', { accepted_providers: ['august'] })
  await seam('/client_sessions/create', { customer_key: 'customer', user_identifier_key: 'user' })
  await seam('/access_codes/create', {
    device_id,
    name: 'Ongoing',
    code: '1111',
  })
  await seam('/access_codes/create', { device_id, name: 'Unlucky', code: '2222' })
  await seam('/access_codes/create', {
    device_id: shed,
    name: 'Offline',
    is_offline_access_code: true,
    starts_at: '2025-01-02T12:00:00Z',
    ends_at: '2025-01-03T12:00:00Z',
  })
  await seam('/access_codes/create', {
    device_id,
    name: 'Soon',
    starts_at: '2025-01-01T12:00:00Z',
    ends_at: '2025-01-03T12:00:00Z',
    use_backup_access_code_pool: true,
  })
  await seam('/access_grants/create', {
    user_identity_id,
    device_ids: [device_id],
    requested_access_methods: [{ mode: 'code' }],
    access_grant_key: 'stay-0',
    reservation_key: 'stay-0',
    ends_at: '2025-01-09T12:00:00Z',
  })
  await seam('/access_grants/create', {
    user_identity_id,
    acs_entrance_ids: ['e0000000-0000-4000-8000-000000000001'],
    requested_access_methods: [{ mode: 'card' }, { mode: 'mobile_key' }],
    access_grant_key: 'stay-at-a-site',
  })
  await seam('/customers/push_data', { customer_key: 'other' })
  await seam('/seam/customer/v1/automations/update', { customer_key: 'other', access_rules: {} })
  await seam('/customers/push_data', {
    customer_key: 'customer',
    // The second is refused: the address is the first one's.
    user_identities: ['ada', 'eve'].map((user_identity_key) => ({
      user_identity_key,
      name: user_identity_key,
      email_address: 'ada@example.com',
    })),
    reservations: [
      {
        reservation_key: 'stay-1',
        name: 'Stay',
        starts_at: '2025-01-01T12:00:00Z',
        ends_at: '2025-01-02T12:00:00Z',
        user_identity_key: 'jane',
        space_keys: ['flat'],
      },
    ],
  })
  await seam('/customers/create_portal', { customer_data: { customer_key: 'customer' } })
  await seam('/locks/unlock_door', { device_id })
  await comeHome()
  await control('clock/advance', { by: '5m' })
  await control('manufacturer_app/update_code', { device_id, slot: 8, code: '3333' })
  await control('bridges/unplug', { bridge_id: fixture.bridges[0]?.bridge_id })
  await control('locks/enter_code', { device_id, code: '9999' })
  await seam('/locks/lock_door', { device_id })
  await keepWarm('d0000000-0000-4000-8000-000000000005')
  const lounge = 'd0000000-0000-4000-8000-000000000003'
  const hall = 'd0000000-0000-4000-8000-000000000004'
  await seam('/noise_sensors/noise_thresholds/create', {
    device_id: hall,
    starts_daily_at: '22:00:00',
    ends_daily_at: '23:00:00',
    noise_threshold_nrs: 40,
  })
  await seam('/devices/simulate/disconnect', { device_id: lounge })
  const segments = [{ for: '2h', decibels: 90 }]
  await control('noise_sensors/play', { device_id: lounge, segments })
  await control('clock/advance', { by: '11m' })
  const { noise_thresholds } = z
    .object({ noise_thresholds: z.array(z.object({ noise_threshold_id: z.string() })) })
    .parse(await seam('/noise_sensors/noise_thresholds/list', { device_id: lounge }))
  const [, quiet] = noise_thresholds
  const which = { device_id: lounge, ...quiet }
  await seam('/noise_sensors/noise_thresholds/delete', which)
  const { snapshot: copy } = z
    .object({ snapshot: world })
    .parse(await control('snapshots/export', {}))
  // Who is told by whom is about other tests; here it would only take time.
  const webhooks = (copy.tables['webhooks'] ?? []).map((row) => ({ ...row, disabled_at: 0 }))
  const webhook_deliveries = (copy.tables['webhook_deliveries'] ?? []).map((row) => ({
    ...row,
    state: 'failed',
  }))
  return { ...copy, tables: { ...copy.tables, webhooks, webhook_deliveries } }
}

const wrongNumbers = [
  Number.MAX_SAFE_INTEGER,
  -Number.MAX_SAFE_INTEGER,
  1e300,
  -1e308,
  0.5,
  -1,
  0,
  253_402_300_799_999,
]
const wrongTexts = [
  '',
  'nothing',
  'whsec_',
  'a\ud800',
  'x'.repeat(20_001),
  'constructor',
  'Mars/Olympus',
  '{',
]

const mutationsOf = (value: unknown): unknown[] => {
  if (typeof value === 'number') return [...wrongNumbers, null]
  if (typeof value === 'boolean') return [!value, null]
  if (typeof value === 'string') return [...wrongTexts, null]
  if (value === null) return [0, 1e300, '', 'nothing', {}, [], true]
  return [null, {}, [], [null], { a: 1 }, 'text', ...within(value)]
}

/** The same object with one field otherwise. */
const within = (value: unknown): unknown[] => {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    const [first, ...rest] = list
    return first === undefined
      ? []
      : mutationsOf(first)
          .slice(0, 3)
          .map((it) => [it, ...rest])
  }
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    mutationsOf(inner)
      .slice(0, 3)
      .map((it) => ({ ...value, [key]: it })),
  )
}

const LISTS = [
  '/access_codes/list',
  '/access_codes/unmanaged/list',
  '/access_grants/list',
  '/access_methods/list',
  '/action_attempts/list',
  '/client_sessions/list',
  '/connect_webviews/list',
  '/connected_accounts/list',
  '/devices/list',
  '/devices/unmanaged/list',
  '/locks/list',
  '/noise_sensors/list',
  '/thermostats/list',
  '/webhooks/list',
  '/spaces/list',
  '/acs/systems/list',
  '/acs/users/list',
  '/acs/access_groups/list',
  '/acs/credentials/list',
  '/acs/encoders/list',
  '/_emulator/cards/list',
  '/acs/entrances/list',
  '/user_identities/list',
  '/phones/list',
  '/instant_keys/list',
  '/_emulator/bridges/list',
  '/_emulator/clock/get',
  '/_emulator/faults/list',
  '/_emulator/inbox/list',
  '/_emulator/report',
  '/_emulator/settings/get',
  '/_emulator/snapshots/export',
  '/_emulator/webhook_deliveries/list',
  '/workspaces/get',
]

const lists = async (): Promise<string[]> => {
  const devices = await ask('/devices/list', {})
  const parsed = z
    .object({ devices: z.array(z.object({ device_id: z.string() })) })
    .safeParse(devices.status === 200 ? JSON.parse(devices.text) : {})
  const locks = parsed.data?.devices ?? []
  const asked: [string, unknown][] = [
    ...LISTS.map((path): [string, unknown] => [path, {}]),
    ['/events/list', { since: '1970-01-01T00:00:00Z' }],
    ...locks.map(({ device_id }): [string, unknown] => ['/_emulator/locks/get', { device_id }]),
  ]
  const answers: string[] = []
  for (const [path, body] of asked) {
    const { status, text } = await ask(path, body)
    if (status >= 500) answers.push(`${path} ${text.slice(0, 300)}`)
  }
  return answers
}

/** What goes wrong with a snapshot: nothing when it is refused, or works. */
const wrongWith = async (changed: unknown, path: string): Promise<string[]> => {
  const imported = await ask('/_emulator/snapshots/import', { snapshot: changed })
  if (imported.status === 400) {
    return imported.text.includes(path.split('.')[0] ?? '') ? [] : [`no path: ${imported.text}`]
  }
  if (imported.status !== 200) return [`import ${imported.status} ${imported.text.slice(0, 300)}`]
  const advanced = await ask('/_emulator/clock/advance', { by: '30d' })
  const after = await lists()
  // Rows are gone then, whatever they were: what it begins with is the workspace's own.
  const reset = path.startsWith('workspace')
    ? await ask('/_emulator/workspaces/reset', {})
    : imported
  return [
    ...(advanced.status >= 500 ? [`advance ${advanced.text.slice(0, 300)}`] : []),
    ...after,
    ...(reset.status === 200 ? [] : [`reset ${reset.status} ${reset.text.slice(0, 300)}`]),
  ]
}

const tried = async (mutations: readonly (readonly [string, unknown, unknown])[]) => {
  const wrong: string[] = []
  for (const [path, value, changed] of mutations) {
    const problems = await wrongWith(changed, path)
    const shown = JSON.stringify(value).slice(0, 100)
    wrong.push(...problems.slice(0, 1).map((problem) => `${path} = ${shown}: ${problem}`))
  }
  return wrong
}

const withTable = (table: string, rows: unknown[]): unknown => ({
  ...snapshot,
  tables: { ...snapshot.tables, [table]: rows },
})

describe('a snapshot in which one value is otherwise', () => {
  it('was taken of a world in which nothing is empty', () => {
    const empty = worldTables.filter((table) => (snapshot.tables[table] ?? []).length === 0)
    expect(empty).toEqual(['failed_jobs'])
  })

  it.each(worldTables)(
    '%s: is refused by its path, or works',
    { timeout: 120_000 },
    async (table) => {
      const rows = snapshot.tables[table] ?? []
      const columns = Object.keys(rows[0] ?? {})
      const mutations = columns.flatMap((column) => {
        const index = Math.max(
          0,
          rows.findLastIndex((row) => row[column] !== null && row[column] !== undefined),
        )
        const row = rows[index] ?? {}
        return mutationsOf(row[column]).map(
          (value) =>
            [
              `tables.${table}.${index}.${column}`,
              value,
              withTable(table, rows.with(index, { ...row, [column]: value })),
            ] as const,
        )
      })
      const [first] = rows
      const whole =
        first === undefined
          ? []
          : [
              [`tables.${table} twice`, '', withTable(table, [...rows, first])] as const,
              [`tables.${table} without`, '', withTable(table, rows.slice(1))] as const,
              [`tables.${table} none`, '', withTable(table, [])] as const,
            ]
      expect(await tried([...mutations, ...whole])).toEqual([])
    },
  )

  it('is refused where luck would give ids that are taken', async () => {
    const streams = snapshot.tables['streams'] ?? []
    const names = new Set<unknown>([...drawnIds().map(({ name }) => name), 'common_code_key'])
    const ofIds = streams.filter(
      ({ name }) => names.has(name) || String(name).startsWith('access_code '),
    )
    const taken: string[] = []
    for (const stream of ofIds) {
      const behind = streams.map((it) => (it === stream ? { ...it, position: 0 } : it))
      const answer = await ask('/_emulator/snapshots/import', {
        snapshot: withTable('streams', behind),
      })
      if (answer.status === 200) taken.push(String(stream['name']))
      else expect(answer.text).toContain('is behind')
    }
    expect(ofIds.length).toBeGreaterThan(20)
    expect(taken).toEqual([])
  })

  it('the workspace: is refused by its path, or works', { timeout: 120_000 }, async () => {
    const { workspace } = snapshot
    const mutations = Object.entries(workspace).flatMap(([key, value]) =>
      mutationsOf(value).map(
        (it) =>
          [
            `workspace.${key}`,
            it,
            { ...snapshot, workspace: { ...workspace, [key]: it } },
          ] as const,
      ),
    )
    expect(await tried(mutations)).toEqual([])
  })
})
