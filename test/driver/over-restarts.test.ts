/** What a world in a file knows when the emulator is started again. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'
import { setAside } from '../../src/sim/kernel/failed-jobs.ts'
import { createWorkspace } from '../../src/sim/workspaces/operations.ts'
import { openUniverse, parseFixture, start, twoLocks } from '../support/frozen-world.ts'
import { home, startPlaces } from '../support/place.ts'

const hour = 3_600_000
const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'seam-emulator-')), 'world.db')

test('a world whose machine was set back meanwhile goes on from where it was', () => {
  const file = newFile()
  const open = (wall: () => number) => {
    const db = openDatabase(file)
    return { db, universe: openUniverse({ db, wall }) }
  }
  const before = open(() => start + hour)
  const workspace_id = createWorkspace(
    before.universe,
    {
      api_key: 'seam_test_set_back',
      fixture: parseFixture(twoLocks),
      clock: { mode: 'realtime' },
    },
    start,
  )
  expect(before.universe.read(workspace_id, ({ now }) => now)).toBe(start + hour)
  before.universe.write(workspace_id, (world) =>
    createAccessCode(world, { device_id: 'wifi-lock', code: '4711' }),
  )
  before.db.close()

  let wall = start - 10 * hour
  const after = open(() => wall)
  const now = () => after.universe.read(workspace_id, (world) => world.now)
  const first = now()
  expect(first).toBe(start + hour)
  wall += hour
  expect(now()).toBe(first + hour)
  after.db.close()
})

test('what failed is told after a restart, by the clock and by the doctor', async () => {
  const db = newFile()
  const label = 'failed'
  const first = await startPlaces({ db })
  const place = first.open(label)
  await place.seam.devices.get({ device_id: home.schlage })
  const { universe } = first.running
  const { workspace_id } = await place.seam.workspaces.get()
  universe.write(workspace_id, (world) =>
    setAside(
      world,
      { seq: 1, kind: 'device.sync', subject: home.schlage, due_at: world.now },
      new Error('made to fail'),
    ),
  )
  await first.stop()

  const second = await startPlaces({ db })
  const { emulator, seam } = second.open(label)
  await seam.devices.get({ device_id: home.schlage })
  const told = { kind: 'device.sync', subject: home.schlage, reason: 'made to fail' }
  expect((await emulator.clock.get()).failed_jobs).toMatchObject([told])
  const { findings } = await emulator.doctor()
  expect(findings.some(({ text }) => text.includes('made to fail'))).toBe(true)
  await second.stop()
})

test('a world in which nothing has happened begins where it is frozen', async () => {
  const places = await startPlaces({ clock: { mode: 'realtime' } })
  const { emulator, seam } = places.open('begins')
  const at = '2031-05-01T12:00:00.000Z'
  expect((await emulator.clock.freeze(at)).now).toBe(at)
  const device = await seam.devices.get({ device_id: home.august })
  expect(device.properties).toMatchObject({ battery: { status: 'full' }, online: true })
  expect(device.created_at).toBe(at)
  await places.stop()
})

test('a Date is an instant to leap to', async () => {
  const places = await startPlaces()
  const { emulator } = places.open('date')
  const at = new Date(Date.parse((await emulator.clock.get()).now) + hour)
  const { clock } = await emulator.clock.advance(at)
  expect(clock.now).toBe(at.toISOString())
  await places.stop()
})
