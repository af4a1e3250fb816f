/**
 * Seam's reference page "Access Code Events", executed: each event is brought about, received as
 * a webhook, verified, judged by the OpenAPI document, and has the very fields of the page.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookCode } from '../support/booking.ts'
import { assertEventMatchesOpenApi, coverage } from '../support/openapi-contract.ts'
import { day, home, hour, iso, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(async () => {
  await emulator.stop()
  console.log(coverage())
})

/** What every event of the page has. */
const common = [
  'access_code_id',
  'connected_account_custom_metadata',
  'connected_account_id',
  'created_at',
  'device_custom_metadata',
  'device_id',
  'event_id',
  'event_type',
  'occurred_at',
  'workspace_id',
]
const issues = ['access_code', 'connected_account', 'device'].flatMap((it) => [
  `${it}_errors`,
  `${it}_warnings`,
])

const window = { starts_at: iso(T0 + 10 * day), ends_at: iso(T0 + 12 * day) }
const later = { starts_at: iso(T0 + 20 * day), ends_at: iso(T0 + 22 * day) }

interface Section {
  /** The fields beside the common ones. */
  fields: string[]
  /** Brings the event about, and answers what else must be in it. */
  happen: (place: Place) => Promise<Record<string, unknown>>
}

const ongoing = async (place: Place) => {
  const code = await bookCode(place, { device_id: home.august, name: 'Guest', code: '1234' })
  await place.advance('1m')
  return code
}

const sections: Record<string, Section> = {
  'access_code.created': {
    fields: [],
    happen: async (place) => {
      const { access_code_id } = await bookCode(place, { device_id: home.august, code: '1234' })
      return { access_code_id, device_id: home.august, occurred_at: iso(T0) }
    },
  },
  'access_code.changed': {
    fields: ['change_reason', 'changed_properties'],
    happen: async (place) => {
      await (await ongoing(place)).update({ name: 'Cleaner' })
      return { changed_properties: [{ property: 'name', from: 'Guest', to: 'Cleaner' }] }
    },
  },
  'access_code.name_changed': {
    fields: ['description', 'from', 'to'],
    happen: async (place) => {
      await (await ongoing(place)).update({ name: 'Cleaner' })
      return { from: { name: 'Guest' }, to: { name: 'Cleaner' } }
    },
  },
  'access_code.code_changed': {
    fields: ['description', 'from', 'to'],
    happen: async (place) => {
      await (await ongoing(place)).update({ code: '4321' })
      return { from: { code: '1234' }, to: { code: '4321' } }
    },
  },
  'access_code.time_frame_changed': {
    fields: ['description', 'from', 'to'],
    happen: async (place) => {
      const code = await bookCode(place, { device_id: home.august, code: '1234', ...window })
      await place.advanceTo(T0 + 9 * day)
      await code.update(later)
      return { from: window, to: later }
    },
  },
  'access_code.scheduled_on_device': {
    fields: ['code'],
    happen: async (place) => {
      await bookCode(place, { device_id: home.august, code: '1234', ...window })
      await place.advanceTo(T0 + 9 * day)
      return { code: '1234' }
    },
  },
  'access_code.set_on_device': {
    fields: ['code'],
    happen: async (place) => {
      await ongoing(place)
      return { code: '1234' }
    },
  },
  'access_code.removed_from_device': {
    fields: [],
    happen: async (place) => {
      const code = await ongoing(place)
      await code.delete()
      return { access_code_id: code.access_code_id }
    },
  },
  'access_code.delay_in_setting_on_device': {
    fields: issues,
    happen: async (place) => {
      await place.unplug(home.august_bridge)
      await bookCode(place, { device_id: home.august, code: '1234' })
      return {
        access_code_warnings: [{ warning_code: 'delay_in_setting_on_device' }],
        device_errors: [{ error_code: 'hub_disconnected' }],
      }
    },
  },
  'access_code.failed_to_set_on_device': {
    fields: issues,
    happen: async (place) => {
      await place.unplug(home.august_bridge)
      await bookCode(place, { device_id: home.august, code: '1234' })
      return {
        access_code_errors: [{ error_code: 'failed_to_set_on_device' }],
        access_code_warnings: [{ warning_code: 'delay_in_setting_on_device' }],
        connected_account_errors: [],
        connected_account_warnings: [],
        device_errors: [{ error_code: 'hub_disconnected' }],
        device_warnings: [],
      }
    },
  },
  'access_code.deleted': {
    fields: ['code'],
    happen: async (place) => {
      await (await ongoing(place)).delete()
      return { code: '1234' }
    },
  },
  'access_code.delay_in_removing_from_device': {
    fields: issues,
    happen: async (place) => {
      const code = await ongoing(place)
      await place.unplug(home.august_bridge)
      await code.delete()
      return {
        access_code_warnings: [
          { warning_code: 'delay_in_removing_from_device' },
          { warning_code: 'being_deleted' },
        ],
      }
    },
  },
  'access_code.failed_to_remove_from_device': {
    fields: issues,
    happen: async (place) => {
      const code = await ongoing(place)
      await place.unplug(home.august_bridge)
      await code.delete()
      return { access_code_errors: [{ error_code: 'failed_to_remove_from_device' }] }
    },
  },
  'access_code.modified_external_to_seam': {
    fields: [],
    happen: async (place) => {
      const { access_code_id } = await ongoing(place)
      await place.control('manufacturer_app/update_code', {
        device_id: home.august,
        access_code_id,
        code: '9876',
      })
      return { access_code_id }
    },
  },
  'access_code.deleted_external_to_seam': {
    fields: [],
    happen: async (place) => {
      const { access_code_id } = await ongoing(place)
      await place.control('manufacturer_app/delete_code', {
        device_id: home.august,
        access_code_id,
      })
      return { access_code_id }
    },
  },
  'access_code.backup_access_code_pulled': {
    fields: ['backup_access_code_id'],
    happen: async (place) => {
      const code = await bookCode(place, {
        device_id: home.august,
        code: '1234',
        use_backup_access_code_pool: true,
        ...window,
      })
      await place.advanceTo(T0 + 9 * day)
      const { access_code_id } = code
      await place.seam.accessCodes.pullBackupAccessCode({ access_code_id })
      const { pulled_backup_access_code_id } = await code.get()
      return { access_code_id, backup_access_code_id: pulled_backup_access_code_id }
    },
  },
}

test('the page has sixteen events', () => {
  expect(Object.keys(sections)).toHaveLength(16)
})

test.each(Object.keys(sections))('%s arrives with the fields of the page', async (event_type) => {
  const { fields, happen } = sections[event_type] ?? { fields: [], happen: () => undefined }
  const place = emulator.open()
  const receiver = await startReceiver()
  const { secret } = await place.seam.webhooks.create({
    url: receiver.url,
    event_types: [event_type],
  })
  const expected = await happen(place)
  await place.advance(hour)
  receiver.verifyAll(secret ?? '')
  const [first] = receiver.received
  expect(first?.event.event_type).toBe(event_type)
  expect(Object.keys(first?.event ?? {}).toSorted()).toEqual([...common, ...fields].toSorted())
  expect(first?.event).toMatchObject({ ...expected })
  expect(new Set(receiver.types())).toEqual(new Set([event_type]))

  // The same event is in the list, to the byte, and can be fetched by its id.
  const stored = await place.seam.events.get({ event_id: first?.event.event_id ?? '' })
  assertEventMatchesOpenApi(stored)
  expect(stored).toEqual(first?.event)
  const listed = (await place.events()).find((it) => it.event_type === event_type)
  expect(listed).toEqual(first?.event)
  await receiver.close()
})
