/** A frame has room for so much, and says when that was too little. */
import { expect, test } from 'vitest'
import { createCollector } from '../../../src/driver/live/collector.ts'
import { openLaboratory } from '../../support/laboratory.ts'

test('a frame names no more things and ids than there is room for', () => {
  const laboratory = openLaboratory()
  const collector = createCollector(laboratory.world(), () => [])
  const event = {
    event_id: 'e',
    event_type: 'device.connected',
    occurred_at: 0,
    device_id: 'native',
    access_code_id: null,
  }
  collector.noteEvents(Array.from({ length: 250 }, () => event))
  const row = { connected_account_id: 'august', name: 'Another', offline_at: null, created_at: 0 }
  const insert = (count: number): void =>
    laboratory.universe.write('laboratory', (world) => {
      for (let n = 0; n < count; n++) world.bridges.insert({ ...row, bridge_id: `more-${n}` })
    })
  insert(501)
  const full = collector.take()
  expect(full.entries).toHaveLength(200)
  expect(full.truncated).toBe(true)
  expect(full.changed.bridges).toBe('all')
  expect(full.changed.devices).toBe('all')
  // The next one begins anew.
  collector.noteEvents([event])
  const next = collector.take()
  expect(next).toMatchObject({ truncated: false, changed: { bridges: [], devices: [] } })
  expect(next.entries).toHaveLength(1)
  collector.stop()
  laboratory.close()
})
