import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { conditionsOf, listParams } from '../../../src/api/seam/events/find.ts'
import { isEventType } from '../../../src/sim/events/catalog.ts'
import { replayEvent } from '../../../src/sim/events/record.ts'
import { bookCode } from '../../support/booking.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'
import { hour, home, iso, startPlaces, T0 } from '../../support/place.ts'
import { seamDocument, seamSchema } from '../../support/seam-document.ts'
import type { SeamSchema } from '../../support/seam-document.ts'

const schemaOf = (path: string): SeamSchema =>
  seamDocument.paths[path]?.['post']?.requestBody?.content['application/json'].schema ?? {}

const documented = Object.keys(schemaOf('/events/list').properties ?? {})
/** What is no id of a thing. */
const others = ['since', 'between', 'limit', 'unstable_offset', 'event_type', 'event_types']

const uuid = '00000000-0000-4000-8000-0000000000aa'
const other = '00000000-0000-4000-8000-0000000000bb'

/** One event of each type that has the field, with the value in it. */
const bearing = (field: string): { type: string; told: Record<string, unknown> }[] =>
  (seamSchema('event').oneOf ?? []).flatMap((variant) => {
    const type = String(variant.properties?.['event_type']?.enum?.[0])
    const told: Record<string, unknown> = {}
    if (variant.properties?.[field]) told[field] = uuid
    else if (variant.properties?.[`${field}s`] && field !== 'device_id')
      // A method belongs to one grant here, by which its events are found with an index.
      told[`${field}s`] = field === 'access_grant_id' ? [uuid] : [other, uuid]
    return Object.keys(told).length === 0 ? [] : [{ type, told }]
  })

describe('the filters of events/list', () => {
  const frozen = openFrozenWorld()
  const found = (given: object): string[] =>
    frozen.read((world) => {
      const conditions = conditionsOf(world, listParams().parse({ since: '2000-01-01', ...given }))
      return world.events.all(conditions).map((row) => row.event_type)
    })

  it('are those of the document', () => {
    expect(Object.keys(listParams().shape).sort()).toEqual(documented.toSorted())
  })

  it.each(documented.filter((name) => !others.includes(name)))('%s finds what bears it', (name) => {
    const field = name.replace(/_ids$/, '_id')
    const events = bearing(field)
    expect(events.length).toBeGreaterThan(0)
    frozen.write((world) => {
      for (const { type, told } of events) {
        if (!isEventType(type)) throw new Error(`no event ${type}`)
        replayEvent(world, type, told)
      }
    })
    if (name === 'event_ids') return
    const value = name.endsWith('_ids') ? [other.replace('bb', 'cc'), uuid] : uuid
    expect(new Set(found({ [name]: value }))).toEqual(new Set(events.map(({ type }) => type)))
    const nobody = name.endsWith('_ids') ? [] : other.replace('bb', 'cc')
    expect(found({ [name]: nobody })).toEqual([])
  })
})

describe('events', () => {
  let emulator: Awaited<ReturnType<typeof startPlaces>>
  beforeAll(async () => {
    emulator = await startPlaces()
  })
  afterAll(() => emulator.stop())
  const all = { since: iso(T0 - 1), limit: 10_000 }
  const stamps = (events: readonly { created_at: string }[]): number[] =>
    events.map((event) => Date.parse(event.created_at))

  it('come newest first, also in parts', async () => {
    const place = emulator.open()
    for (const code of ['4711', '4712', '4713'])
      await bookCode(place, { device_id: home.schlage, code })
    await place.advance('1h')
    const events = await place.seam.events.list(all)
    expect(events.length).toBeGreaterThan(3)
    expect(stamps(events)).toEqual(stamps(events).toSorted((a, b) => b - a))
    expect(await place.seam.events.list({ ...all, limit: 2 })).toEqual(events.slice(0, 2))
    expect(await place.seam.events.list({ ...all, limit: 2, unstable_offset: 2 })).toEqual(
      events.slice(2, 4),
    )
  })

  it('never share a stamp, and do not move the clock', async () => {
    const place = emulator.open()
    for (const code of ['0001', '0002', '0003'])
      await place.control('locks/enter_code', { device_id: home.schlage, code })
    for (const code of ['4711', '4712']) await bookCode(place, { device_id: home.schlage, code })
    const events = await place.seam.events.list(all)
    expect(new Set(stamps(events)).size).toBe(events.length)
    expect(await place.now()).toBe(T0)
    await place.advance(hour)
    expect(await place.now()).toBe(T0 + hour)
    const later = await place.seam.events.list(all)
    expect(new Set(stamps(later)).size).toBe(later.length)
    expect(new Set(later.map((event) => event.occurred_at)).size).toBe(later.length)
  })

  it('are not lost to whoever notes the instant before an action', async () => {
    const place = emulator.open()
    const since = iso(await place.now())
    const { access_code_id } = await bookCode(place, { device_id: home.schlage, code: '4711' })
    const about = { since, access_code_id }
    expect((await place.seam.events.list(about)).map((it) => it.event_type)).toContain(
      'access_code.created',
    )
  })

  it('are not lost to whoever goes on from the newest that was seen', async () => {
    const place = emulator.open()
    const seen = new Set<string>()
    let since = iso(T0)
    for (const code of ['4711', '4712', '4713', '4714']) {
      await bookCode(place, { device_id: home.schlage, code })
      if (code === '4713') await place.advance('20s')
      const events = await place.seam.events.list({ since })
      for (const { event_id } of events) seen.add(event_id)
      since = events[0]?.created_at ?? since
      // Only the one that was seen last comes again.
      expect(await place.seam.events.list({ since })).toHaveLength(1)
    }
    const everything = await place.seam.events.list(all)
    expect(seen).toEqual(new Set(everything.map(({ event_id }) => event_id)))
  })

  it('lie between two instants, but not at them', async () => {
    const place = emulator.open()
    await bookCode(place, { device_id: home.schlage, code: '4711' })
    await place.advance('1h')
    const events = z.array(z.looseObject({ created_at: z.string() })).parse(await place.events())
    const bounds = [events[0]?.created_at ?? '', events.at(-1)?.created_at ?? '']
    expect(await place.seam.events.list({ between: bounds })).toHaveLength(events.length - 2)
  })
})
