import {
  array,
  assert,
  constant,
  constantFrom,
  dictionary,
  integer,
  oneof,
  option,
  property,
  record,
  string,
  tuple,
} from 'fast-check'
import { expect, test } from 'vitest'
import { bodyOf, shortened } from '../../src/db/tables/event-body.ts'
import { events } from '../../src/db/tables/events.ts'
import { is } from '../../src/db/conditions.ts'
import { recordEvent } from '../../src/sim/events/record.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'

const place = { workspace_id: 'w"1' }

const columns = record({
  event_id: string(),
  event_type: constant('access_code.deleted'),
  created_at: integer({ min: 0, max: 4_000_000_000_000 }),
  occurred_at: integer({ min: 0, max: 4_000_000_000_000 }),
  device_id: option(string()),
  access_code_id: option(string()),
  access_grant_id: option(string()),
  access_method_id: option(string()),
  connected_account_id: option(string()),
  connect_webview_id: option(string()),
})

/** In any order: what the columns say, the same under their names otherwise, what is empty, and more. */
const fields = array(
  tuple(
    constantFrom(
      'device_id',
      'access_code_id',
      'access_grant_id',
      'connected_account_id',
      'connected_account_custom_metadata',
      'device_custom_metadata',
      'code',
      'errors',
    ),
    oneof(
      constant('as its column'),
      constantFrom(undefined, null, {}, []),
      string(),
      dictionary(constantFrom('a', 'd', ''), string()),
    ),
  ),
)

test('an event is what it would be if it were kept whole, letter by letter', () => {
  assert(
    property(columns, fields, (event, given) => {
      const carried: Record<string, unknown> = {}
      const its: Readonly<Record<string, unknown>> = event
      for (const [name, value] of given)
        carried[name] = value === 'as its column' ? (its[name] ?? value) : value
      const whole = {
        event_id: event.event_id,
        event_type: event.event_type,
        ...place,
        created_at: new Date(event.created_at).toISOString(),
        occurred_at: new Date(event.occurred_at).toISOString(),
        ...carried,
      }
      const body = shortened(event, carried)
      expect(bodyOf(place, { ...event, body })).toBe(JSON.stringify(whole))
      const short: unknown = JSON.parse(body)
      // Conditions find in it what no column has.
      const { code } = carried
      expect(short).toMatchObject(code === undefined ? {} : { code })
    }),
  )
})

test('an event that is kept whole, as before, is told as it is', () => {
  const { write, read } = openFrozenWorld()
  const body = '{"event_id":"1","told":"once"}'
  write((world) => {
    recordEvent(world, 'device.connected', { device_id: 'wifi-lock' })
    const [event] = world.events.all()
    world.events.update(event?.event_id ?? '', { body })
  })
  const [event] = read((world) => world.events.all())
  expect(event && bodyOf(place, event)).toBe(body)
})

test('most of an event is not kept twice', () => {
  const { write, read } = openFrozenWorld()
  write((world) => recordEvent(world, 'device.connected', { device_id: 'wifi-lock' }))
  const [event] = read((world) => world.events.all(is(events.event_type)('device.connected')))
  expect(event?.body.length).toBeLessThan(20)
})
