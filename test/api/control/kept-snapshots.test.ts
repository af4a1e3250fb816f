import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepSnapshot } from '../../../src/sim/workspaces/kept-snapshots.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'
import { startPlaces } from '../../support/place.ts'
import type { Places } from '../../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

test('a kept copy can be forgotten, and what is not there is told with what is', async () => {
  const place = places.open()
  await place.emulator.snapshots.create({ name: 'one' })
  await place.emulator.snapshots.create({ name: 'two' })
  await place.emulator.snapshots.delete({ name: 'one' })
  expect((await place.emulator.snapshots.list()).map((it) => it.name)).toEqual(['two'])
  for (const path of ['delete', 'restore', 'export']) {
    const { status, body } = await place.raw(`/_emulator/snapshots/${path}`, { name: 'one' })
    expect(status).toBe(404)
    expect(body).toMatchObject({ error: { data: { name: 'one', known: ['two'] } } })
  }
})

test('copies are bounded in bytes, all of a workspace together', () => {
  const { write, read } = openFrozenWorld()
  const data = 'ö'.repeat(500)
  const keep = (name: string) => write((world) => keepSnapshot(world, { name, data }, 2_500))
  keep('one')
  keep('two')
  expect(() => keep('three')).toThrow(/others of this workspace.*Delete one.*one, two/)
  // One that takes the place of another needs no more room than it had.
  keep('two')
  expect(read((world) => world.snapshots.bytes(['data']))).toBe(2_000)
})
