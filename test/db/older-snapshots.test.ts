import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { worldTables } from '../../src/db/tables/index.ts'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'

/** Snapshots as earlier versions wrote them, of one world: a door with everything the matter, and an abandoned lock. */
const folder = new URL('./older-snapshots/', import.meta.url)

const rows = z.array(z.record(z.string(), z.unknown()))
const exported = z.object({
  snapshot: z.object({ version: z.number(), tables: z.record(z.string(), rows) }),
})

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator({ port: 0 })
})
afterAll(() => emulator.close())

const door = 'd0000000-0000-4000-8000-000000000001'
const attic = 'd0000000-0000-4000-8000-000000000002'
const shed = 'd0000000-0000-4000-8000-000000000003'

it.each(readdirSync(folder))('%s is imported with all that it says, and lives on', async (file) => {
  const snapshot: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  await emulator.call('/_emulator/snapshots/import', { snapshot })
  const now = exported.parse({ snapshot: await emulator.snapshots.export() }).snapshot
  expect(Object.keys(now.tables).toSorted()).toEqual([...worldTables].toSorted())
  const row = (table: string, of: string) =>
    now.tables[table]?.find(({ device_id }) => device_id === of)
  expect(row('locks', door)).toMatchObject({
    profile_overrides: { memory_slots: 5 },
    subscription_expired_at: 1_735_689_600_000,
    third_party_at: 1_735_689_600_000,
    privacy_mode_at: 1_735_689_600_000,
  })
  expect(row('devices', door)).toMatchObject({ radio_offline_at: 1_735_689_600_000 })
  expect(row('locks', shed)).toMatchObject({
    reported_code_lengths: { min_code_length: 4, max_code_length: 6 },
  })
  expect(row('devices', attic)).toBeUndefined()
  expect(row('locks', attic)).toMatchObject({
    profile_overrides: { memory_slots: 9 },
    abandoned: { name: 'Attic', radio_offline_at: 1_735_693_200_000 },
  })
  expect(
    now.tables['locks']?.filter(
      (lock) => lock['bank_full_since'] !== null && lock['backup_pool_enabled_at'] !== null,
    ),
  ).toHaveLength(1)
  await emulator.clock.advance('30d')
  const { locks } = z
    .object({ locks: z.array(z.object({ device_id: z.string() })) })
    .parse(await emulator.call('/locks/list'))
  expect(locks).toHaveLength(3)
})
