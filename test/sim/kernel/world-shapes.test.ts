import { expect, test } from 'vitest'
import { tableNames } from '../../../src/db/tables/index.ts'
import { addWorkspace, createTestUniverse } from '../../support/api-universe.ts'
import { shapeComparer } from '../../support/shapes.ts'

test('all worlds and all their tables have the same shapes, so that many worlds are as quick to look into as one', () => {
  const universe = createTestUniverse()
  addWorkspace(universe, 'three')
  const [first, ...others] = ['one', 'two', 'three'].map((id) => universe.world(id))
  const haveSameShape = shapeComparer()
  for (const world of others) {
    world.updateWorkspace({ name: 'another' })
    world.invalidate()
    expect(first && haveSameShape(first, world)).toBe(true)
    for (const name of tableNames) {
      expect(first && haveSameShape(first[name], world[name]), name).toBe(true)
    }
  }
})
