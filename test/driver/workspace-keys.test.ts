import { expect, test, vi } from 'vitest'
import { createWorkspaceService } from '../../src/driver/workspaces.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import { createTestUniverse } from '../support/api-universe.ts'

const openService = () => {
  const universe = createTestUniverse()
  const service = createWorkspaceService(universe, {
    timeTravel: { exclusively: async (_workspace_id, fn) => fn() },
    wall: () => 0,
    shelf: { names: () => [], load: () => fixtureSchema().parse({ name: 'empty' }) },
    defaults: { fixture: fixtureSchema().parse({ name: 'empty' }), clock: { mode: 'frozen' } },
    forgetCalls: () => undefined,
    noteRestored: () => undefined,
  })
  const keyOf = (workspace_id: string) =>
    universe.db.credentials.ofWorkspace(workspace_id).find(({ kind }) => kind === 'api_key')?.token
  return { universe, service, keyOf }
}

test('a hundredth workspace of one name finds its key as quickly as the second', () => {
  const { universe, service, keyOf } = openService()
  for (let n = 1; n < 100; n++) service.create({ name: 'Smoke' })
  const look = vi.spyOn(universe.db.credentials, 'find')
  const hundredth = service.create({ name: 'Smoke' })
  expect(look.mock.calls.length).toBeLessThan(10)
  expect(keyOf(hundredth)).toBe('seam_test_smoke_100')
})

test('the key of a workspace that was deleted is the first that is given again', async () => {
  const { service, keyOf } = openService()
  const [, second] = [1, 2, 3].map(() => service.create({ name: 'Smoke' }))
  await service.delete(second ?? '')
  expect(keyOf(service.create({ name: 'Smoke' }))).toBe('seam_test_smoke_2')
  expect(keyOf(service.create({ name: 'Smoke' }))).toBe('seam_test_smoke_4')
})
