/** Lists from either end, page by page; and what caused what. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { home, startPlaces } from '../../support/place.ts'
import type { Place, Places } from '../../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const create = (place: Place, name: string) =>
  place.seam.accessCodes.create({ device_id: home.august, name })

interface Page<T> {
  rows: T[]
  next: string | null
}
type Ask<T> = (choice: { order: 'asc' | 'desc'; limit: number; after?: string }) => Promise<Page<T>>

/** Everything, page by page. */
const pagesOf = async <T>(ask: Ask<T>, order: 'asc' | 'desc', limit: number): Promise<T[]> => {
  const all: T[] = []
  let after: string | null = null
  do {
    const page: Page<T> = await ask({ order, limit, ...(after !== null && { after }) })
    expect(page.rows.length).toBeLessThanOrEqual(limit)
    all.push(...page.rows)
    after = page.next
  } while (after !== null)
  return all
}

const lists: [string, (place: Place) => Ask<string>][] = [
  [
    'inbox/list',
    (place) => async (choice) => {
      const { messages, next } = await place.emulator.inbox.page(choice)
      return { rows: messages.map((it) => it.event_id ?? ''), next }
    },
  ],
  [
    'webhook_deliveries/list',
    (place) => async (choice) => {
      const { webhook_deliveries, next } = await place.emulator.webhookDeliveries.page(choice)
      return { rows: webhook_deliveries.map((it) => it.message_id), next }
    },
  ],
  [
    'requests/list',
    (place) => async (choice) => {
      const { requests, next } = await place.emulator.requests.page(choice)
      return { rows: requests.map((it) => it.request_id), next }
    },
  ],
  [
    'events/list',
    (place) => async (choice) => {
      const { events, next } = await place.emulator.events.page(choice)
      return { rows: events.map((it) => it.event_id), next }
    },
  ],
  [
    'faults/list',
    (place) => async (choice) => {
      const { faults, next } = await place.emulator.faults.page(choice)
      return { rows: faults.map((it) => it.fault_id), next }
    },
  ],
  [
    'workspaces/list',
    (place) => async (choice) => {
      const { workspaces, next } = await place.emulator.workspaces.page(choice)
      return { rows: workspaces.map((it) => it.workspace_id), next }
    },
  ],
  [
    'chronicle',
    (place) => async (choice) => {
      const { chronicle, next } = await place.emulator.chronicle.page(choice)
      return { rows: chronicle.map((it) => String(it.seq)), next }
    },
  ],
]

describe.each(lists)('%s', (path, asking) => {
  test('is read whole from either end, in pages of any size', async () => {
    const place = places.open(`pages-${path.replaceAll('/', '-')}`)
    await place.emulator.webhookTo(place.emulator.inbox.url())
    for (const name of ['One', 'Two', 'Three']) {
      await create(place, name)
      await place.emulator.faults.create({
        on: 'access_code.remove',
        name,
        effect: { kind: 'fail' },
      })
      await place.emulator.locks.enterCode({ device_id: home.august, code: '0' })
      places.open(`${path}-${name}`.replaceAll('/', '-'))
    }
    await place.advance('1h')
    const ask = asking(place)
    const all = (await ask({ order: 'asc', limit: 1_000 })).rows
    expect(all.length).toBeGreaterThan(2)
    expect(new Set(all).size).toBe(all.length)
    for (const limit of [1, 2, all.length, all.length + 1]) {
      expect(await pagesOf(ask, 'asc', limit)).toEqual(all)
      expect(await pagesOf(ask, 'desc', limit)).toEqual(all.toReversed())
    }
    // The newest is the first page from the end, however many there are.
    expect((await ask({ order: 'desc', limit: 1 })).rows).toEqual([all.at(-1)])
  })

  test('refuses what is no cursor', async () => {
    const place = places.open()
    for (const after of ['x', '-1', '1.5', '', '9'.repeat(20), 7]) {
      const answer = await place.raw(`/_emulator/${path}`, { order: 'asc', after })
      expect(answer.status, String(after)).toBe(400)
    }
    const sideways = await place.raw(`/_emulator/${path}`, { order: 'sideways' })
    expect(sideways.status).toBe(400)
    const beyond = await place.raw(`/_emulator/${path}`, { order: 'asc', after: '99999999999' })
    expect(beyond).toMatchObject({ status: 200, body: { next: null } })
  })
})

test('a call, its events, their messages and back', async () => {
  const place = places.open()
  await place.emulator.webhookTo(place.emulator.inbox.url())
  const { access_code_id } = await create(place, 'Ada')
  await place.advance('1h')
  const [created] = await place.emulator.requests.list({ path: '/access_codes/create' })
  expect(created?.duration_ms).toBeGreaterThan(0)
  const events = await place.emulator.events.list({ access_code_id })
  expect(events[0]).toMatchObject({
    event_type: 'access_code.created',
    request_id: created?.request_id,
  })
  expect(created?.event_ids).toEqual([events[0]?.event_id])
  // Time did that.
  expect(events.at(-1)).toMatchObject({
    event_type: 'access_code.set_on_device',
    request_id: null,
  })
  const [event_id = ''] = created?.event_ids ?? []
  expect(await place.emulator.requests.list({ event_id })).toEqual([created])
  const [message] = await place.emulator.inbox.list({ event_type: 'access_code.created' })
  expect(message?.event_id).toBe(event_id)
  // Who does not look has no answers kept.
  expect(created?.answer).toBeNull()
  const frames = await place.emulator.stream()
  await frames.next()
  await create(place, 'Grace')
  const [grace] = (await place.emulator.requests.page({ order: 'desc', limit: 1 })).requests
  expect(grace?.answer).toContain('"name":"Grace"')
  await frames.return()
})

test('snapshots are read by name, from either end', async () => {
  const place = places.open()
  for (const name of ['b', 'd', 'a', 'c']) await place.emulator.snapshot(name)
  const pages = (order: 'asc' | 'desc') =>
    pagesOf(
      async (choice) => {
        const { snapshots, next } = await place.emulator.snapshots.page(choice)
        return { rows: snapshots.map(({ name }) => name), next }
      },
      order,
      3,
    )
  expect(await pages('asc')).toEqual(['a', 'b', 'c', 'd'])
  expect(await pages('desc')).toEqual(['d', 'c', 'b', 'a'])
})

test('workspaces are found by what somebody remembers of them', async () => {
  const place = places.open()
  const { api_key, workspace_id } = await place.emulator.workspaces.create({ name: 'Grand Hotel' })
  const found = async (q: string) =>
    (await place.emulator.workspaces.list({ q })).map((it) => it.workspace_id)
  expect(await found('grand')).toEqual([workspace_id])
  expect(await found(api_key)).toEqual([workspace_id])
  expect(await found('nobody knows it')).toEqual([])
  const [fresh] = await place.emulator.workspaces.list({ q: workspace_id })
  expect(fresh?.last_used_at).toBeNull()
  await place.seam.devices.list()
  const [used] = await place.emulator.workspaces.list({ q: place.api_key })
  expect(Date.parse(used?.last_used_at ?? '')).toBeGreaterThan(Date.UTC(2025, 0, 1))
})
