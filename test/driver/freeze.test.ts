/** A clock that runs fast goes on while it is being stopped. */
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { createDispatcher } from '../../src/driver/dispatcher.ts'
import { createTimeTravel } from '../../src/driver/time-travel.ts'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'
import { insertWebhook } from '../../src/sim/webhooks/operations.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import { createWorkspace } from '../../src/sim/workspaces/operations.ts'
import { openUniverse } from '../support/frozen-world.ts'
import { T0 } from '../support/place.ts'

const id = 'fast'

test('a clock that is stopped stands at no instant before the last one that was seen', async () => {
  const db = openDatabase(':memory:')
  let now = T0
  const wall = () => now
  const universe = openUniverse({ db, wall })
  const fixture = fixtureSchema().parse({
    name: id,
    loose_ids: true,
    workspace: { name: 'Fast', workspace_id: id },
    connected_accounts: [{ connected_account_id: 'august', model: 'august' }],
    devices: [{ device_id: 'door', connected_account_id: 'august', model: 'august', name: 'Door' }],
  })
  const clock = { mode: 'scaled', at: T0, rate: 3_600 } as const
  createWorkspace(universe, { api_key: 'seam_test_fast', seed: id, fixture, clock }, now)
  const seen: number[] = []
  const send = () => {
    // While a message is on its way somebody looks.
    now += 10
    seen.push(universe.read(id, (world) => world.now))
    return Promise.resolve({ status: 200, response_body: '', error: null, abort: false })
  }
  const dispatcher = createDispatcher(universe, { send, close: () => undefined }, wall)
  universe.write(id, (world) => {
    insertWebhook(world, 'http://one.test', ['*'])
    createAccessCode(world, { device_id: 'door', name: 'Guest' })
  })
  await createTimeTravel(universe, dispatcher, wall).freeze(id)
  const { workspace } = universe.world(id)
  expect(seen.length).toBeGreaterThan(0)
  expect(workspace.clock_mode).toBe('frozen')
  expect(workspace.clock_base).toBeGreaterThanOrEqual(Math.max(...seen))
  db.close()
})
