/** A world may live on for ever: the oldest of what it tells of its past is forgotten. */
import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { exportWorkspace } from '../../../src/db/snapshot.ts'
import type { HistoryTable } from '../../../src/db/tables/index.ts'
import { registry } from '../../../src/db/tables/index.ts'
import type { Job } from '../../../src/db/tables/jobs.ts'
import { createAccessCode, deleteAccessCode } from '../../../src/sim/access-codes/operations.ts'
import { recordEvent } from '../../../src/sim/events/record.ts'
import { noteHistory } from '../../../src/sim/history/forget.ts'
import { historyKinds, historyTables } from '../../../src/sim/history/kinds.ts'
import { nextJob } from '../../../src/sim/kernel/jobs.ts'
import type { World } from '../../../src/sim/kernel/world.ts'
import { updateSettings } from '../../../src/sim/workspaces/operations.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'
import type { FrozenWorld } from '../../support/frozen-world.ts'

const day = 86_400_000
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** One row of each table of history, that may be forgotten. */
const add: Record<HistoryTable, (world: World, n: number) => void> = {
  events: (world) => void recordEvent(world, 'device.connected', { device_id: 'wifi-lock' }),
  webhook_deliveries: (world, n) =>
    world.webhook_deliveries.insert({
      webhook_id: 'webhook',
      event_id: id(n),
      message_id: `msg_${n}`,
      state: 'delivered',
      due_at: world.now,
      attempts: 1,
      held_by: null,
      is_reordered: false,
      created_at: world.now,
    }),
  webhook_attempts: (world, n) =>
    world.webhook_attempts.insert({
      delivery_seq: n,
      webhook_id: 'webhook',
      event_id: id(n),
      attempt: 1,
      attempted_at: world.now,
      duration: 1,
      status: 200,
      response_body: 'thank you',
      error: null,
      fault_id: null,
    }),
  inbox_messages: (world, n) =>
    world.inbox_messages.insert({
      inbox: 'default',
      received_at: world.now,
      event_id: id(n),
      event_type: 'device.connected',
      is_verified: true,
      headers: {},
      body: '{}',
    }),
  action_attempts: (world, n) =>
    world.action_attempts.insert({
      action_attempt_id: id(n),
      action_type: 'LOCK_DOOR',
      status: 'success',
      result: {},
      error: null,
      device_id: 'wifi-lock',
      access_code_id: null,
      created_at: world.now,
      action: null,
      is_pinned: false,
    }),
  door_history: (world, n) =>
    world.door_history.insert({
      device_id: 'wifi-lock',
      slot: n,
      code: '1234',
      access_code_id: null,
      starts_at: null,
      ends_at: null,
      cause: null,
      began_at: world.now,
      ended_at: world.now,
    }),
  chronicle: (world, n) =>
    world.chronicle.insert({
      at: world.now,
      kind: 'keypad_entry',
      device_id: 'wifi-lock',
      access_code_id: null,
      body: { code: String(n), opened: false, reason: 'unknown_code' },
    }),
  automation_runs: (world, n) =>
    world.automation_runs.insert({
      automation_run_id: id(n),
      automation_id: null,
      customer_key: 'acme',
      stay_id: id(n),
      stay_key: `stay-${n}`,
      stay_kind: 'reservation',
      rule: 'reservation_created',
      success: true,
      error: null,
      message: null,
      actions: [],
      created_at: world.now,
    }),
}

const fill = ({ write }: FrozenWorld, table: HistoryTable, rows: number, from = 1): void =>
  write((world) => {
    for (let n = from; n < from + rows; n++) {
      add[table](world, n)
      if (table !== 'events') noteHistory(world, table, 10)
    }
  })

const countOf = ({ read }: FrozenWorld, table: HistoryTable): number =>
  read((world) => historyKinds[table].count(world))

/** Lets what is due happen, as any call does. */
const look = (place: FrozenWorld): void => place.advance(0)

const opened = (settings: Parameters<typeof updateSettings>[1]): FrozenWorld => {
  const place = openFrozenWorld()
  place.write((world) => updateSettings(world, settings))
  return place
}

describe.each(historyTables)('%s', (table) => {
  test('are as many as the setting says, and some more at times', () => {
    const place = opened({ keep_history_rows: 100 })
    for (let n = 0; n < 40; n++) {
      fill(place, table, 50, 1 + n * 50)
      look(place)
      expect(countOf(place, table)).toBeLessThan(100 + 128 + 64 + 50)
    }
    expect(countOf(place, table)).toBeGreaterThanOrEqual(100)
    const left = place.read((world) => historyKinds[table].oldest(world, 1_000))
    expect(left.length).toBe(countOf(place, table))
  })

  test('are forgotten when they are as old as the setting says, all but the newest', () => {
    const place = opened({ keep_history_for: 7 * day })
    fill(place, table, 300)
    place.advance(6 * day)
    expect(countOf(place, table)).toBe(300)
    place.advance(3 * day)
    expect(countOf(place, table)).toBe(1)
  })

  test('of a world whose clock stands still are kept for ever, and cost no job', () => {
    const place = openFrozenWorld()
    fill(place, table, 2_000)
    const jobs = place.read((world) => world.jobs.all().filter(isForgetting))
    expect(jobs).toEqual([])
    place.advance(400 * day)
    expect(countOf(place, table)).toBeGreaterThanOrEqual(2_000)
  })
})

const isForgetting = ({ kind }: Job): boolean => kind === 'history.forget'

test('texts are bounded in bytes, of a world whose clock stands still as well', () => {
  const place = opened({ keep_history_bytes: 1_000_000 })
  const body = JSON.stringify({ text: 'x'.repeat(50_000) })
  for (let n = 0; n < 100; n++) {
    place.write((world) => {
      add.inbox_messages(world, n)
      world.inbox_messages.update(String(world.inbox_messages.all().at(-1)?.seq), { body })
      noteHistory(world, 'inbox_messages', body.length)
    })
  }
  look(place)
  const bytes = place.read((world) => historyKinds.inbox_messages.bytes(world))
  expect(bytes).toBeLessThan(2_100_000)
  expect(bytes).toBeGreaterThan(900_000)
})

test('what is still to be sent, still pending or still so at a door is not forgotten', () => {
  const place = opened({ keep_history_for: day, keep_history_rows: 100 })
  place.write((world) => {
    recordEvent(world, 'device.connected', { device_id: 'wifi-lock' })
    const event = world.events.all().at(-1)
    add.webhook_deliveries(world, 1)
    world.webhook_deliveries.update(String(world.webhook_deliveries.all().at(-1)?.seq), {
      state: 'pending',
      event_id: event?.event_id ?? '',
      due_at: world.now + 400 * day,
    })
    createAccessCode(world, { device_id: 'wifi-lock', code: '4711' })
  })
  place.advance(60_000)
  const before = place.read((world) => world.webhook_deliveries.all())
  for (const table of historyTables) fill(place, table, 500)
  place.advance(10 * day)
  place.read((world) => {
    expect(world.webhook_deliveries.all().filter((row) => row.state === 'pending')).toEqual(before)
    expect(world.events.get(before[0]?.event_id ?? '')).toBeDefined()
    expect(world.door_history.all().filter((row) => row.ended_at === null)).toHaveLength(1)
    for (const table of historyTables) expect(historyKinds[table].count(world)).toBeLessThan(4)
  })
})

test('a setting that is changed is carried out at once', () => {
  const place = openFrozenWorld()
  fill(place, 'events', 1_000)
  place.write((world) => updateSettings(world, { keep_history_rows: 100 }))
  expect(countOf(place, 'events')).toBe(100)
})

test('lives of codes by the hundred leave no more behind than is kept', () => {
  const place = opened({ keep_history_rows: 100, keep_history_for: 7 * day })
  for (let n = 0; n < 300; n++) {
    const access_code_id = place.write(
      (world) =>
        createAccessCode(world, { device_id: 'wifi-lock', code: '4711' }).access_code
          .access_code_id,
    )
    place.advance(60_000)
    place.write((world) => void deleteAccessCode(world, access_code_id))
    place.advance(day)
  }
  for (const table of historyTables) expect(countOf(place, table)).toBeLessThan(300)
  const snapshot = exportWorkspace(place.universe.db, place.workspace_id, place.now())
  const rows = Object.values(snapshot.tables).flat()
  expect(rows.length).toBeLessThan(1_500)
  expect(place.read((world) => world.failed_jobs.all())).toEqual([])
  expect(place.read((world) => nextJob(world))).not.toBeNull()
})

test('whoever writes a row of history says so', () => {
  const silent = globSync('src/**/*.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return historyTables.flatMap((table) =>
      text.includes(`.${table}.insert(`) && !text.includes(`noteHistory(world, '${table}'`)
        ? [`${file} ${table}`]
        : [],
    )
  })
  expect(silent).toEqual([])
})

test('a table whose name tells of history, or of attempts, is one', () => {
  const others = Object.keys(registry).filter(
    (name) => /history|attempt|event|message|run|deliver/.test(name) && !(name in historyKinds),
  )
  expect(others).toEqual([])
})

test('beside a receiver that does not answer, forgetting does not look at all that waits for it', () => {
  const place = opened({ keep_history_rows: 100 })
  const has = place.read((world) => vi.spyOn(world.webhook_deliveries, 'has'))
  place.write((world) => {
    for (let n = 0; n < 3_000; n++) {
      recordEvent(world, 'device.connected', { device_id: 'wifi-lock' })
      const event_id = world.events.get(world.recorded.at(-1)?.event_id ?? '')?.event_id ?? ''
      world.webhook_deliveries.insert({
        webhook_id: 'webhook',
        event_id,
        message_id: `msg_${n}`,
        state: 'pending',
        due_at: world.now + 30 * day,
        attempts: 0,
        held_by: null,
        is_reordered: false,
        created_at: world.now,
      })
    }
  })
  for (let n = 0; n < 20; n++) {
    fill(place, 'events', 64)
    look(place)
  }
  expect(countOf(place, 'events')).toBe(3_000 + 20 * 64)
  // Some jobs, each of which looked at 256 rows at most.
  expect(has).toHaveBeenCalled()
  expect(has.mock.calls.length).toBeLessThan(20 * 256)
})
