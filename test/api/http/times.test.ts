/** Every field for a time, of Seam's routes and of the control routes, reads and refuses alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { allEndpoints } from '../../../src/api/app.ts'
import { home, startPlaces } from '../../support/place.ts'

const at = (time: string) => ({ device_id: home.schlage, starts_at: '2025-01-02', ends_at: time })

const fields: [path: string, body: (time: string) => object][] = [
  ['/access_codes/create', at],
  ['/access_codes/create', (time) => ({ ...at('9000-01-01'), starts_at: time })],
  ['/access_codes/create_multiple', (time) => ({ ...at(time), device_ids: [home.schlage] })],
  ['/access_codes/update', (time) => ({ ...at(time), access_code_id: home.august })],
  ['/events/list', (time) => ({ since: time })],
  ['/events/list', (time) => ({ between: ['2025-01-01', time] })],
  ['/devices/list', (time) => ({ created_before: time })],
  ['/client_sessions/create', (time) => ({ expires_at: time })],
  ['/_emulator/clock/advance', (time) => ({ to: time })],
  ['/_emulator/clock/freeze', (time) => ({ at: time })],
  ['/_emulator/workspaces/reset', (time) => ({ clock: { mode: 'frozen', at: time } })],
  ['/_emulator/manufacturer_app/create_code', (time) => ({ ...at(time), code: '4711' })],
  [
    '/_emulator/faults/create',
    (time) => ({ on: 'http', effect: { kind: 'hang' }, between: ['2025-01-01', time] }),
  ],
]

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

describe.each(fields)('%s', (path, body) => {
  test('refuses what is beyond the year 9999 in UTC, and goes on', async () => {
    const place = emulator.open()
    const answer = await place.raw(path, body('9999-12-31T23:59:59-12:00'))
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain('years 0000 to 9999')
    expect(await place.seam.accessCodes.list({ device_id: home.schlage })).toEqual([])
  })

  test('says to add Z where no offset is given', async () => {
    const answer = await emulator.open().raw(path, body('3001-01-01T10:00:00'))
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain('add Z, as in 3001-01-01T10:00:00Z')
  })
})

test('a date alone is its midnight in UTC', async () => {
  const place = emulator.open()
  const code = await place.seam.accessCodes.create({
    device_id: home.schlage,
    starts_at: '3001-01-01',
    ends_at: '3001-01-03',
  })
  expect(code).toMatchObject({
    starts_at: '3001-01-01T00:00:00.000Z',
    ends_at: '3001-01-03T00:00:00.000Z',
  })
})

test('no field that is named as a time is any text', () => {
  // `starts_daily_at` is a time of day with a zone, which its own room reads.
  const named = /((?<!_daily)_at|_before)$|^(since|between|at|from|to|until)$/
  const loose: string[] = []
  const walk = (where: string, schema: unknown): void => {
    const node = z.looseObject({ properties: z.record(z.string(), z.unknown()) }).safeParse(schema)
    if (!node.success) return
    for (const [name, field] of Object.entries(node.data.properties)) {
      const text = JSON.stringify(field)
      if (named.test(name) && text.includes('"string"') && !text.includes('date-time')) {
        loose.push(`${where} ${name}`)
      }
      walk(`${where} ${name}`, field)
    }
  }
  for (const endpoint of [...allEndpoints.api, ...allEndpoints.control]) {
    walk(endpoint.path, z.toJSONSchema(endpoint.params, { io: 'input', unrepresentable: 'any' }))
  }
  expect(loose).toEqual([])
})
