/** The numbers of a workspace that real Seam keeps to itself. */
import { settleEverything } from '../../sim/access-codes/wake.ts'
import { updateSettings } from '../../sim/workspaces/operations.ts'
import { answerRoute } from './endpoint.ts'
import { settingsRoutes } from '../../contract/settings.ts'

const get = answerRoute(settingsRoutes.get, {
  effect: 'read',
  handler: ({ world }) => ({ settings: world.settings }),
})

const update = answerRoute(settingsRoutes.update, {
  effect: 'write',
  handler: ({ world }, changes) => {
    const given = Object.entries(changes).filter(([, value]) => value !== undefined)
    updateSettings(world, Object.fromEntries(given))
    settleEverything(world)
    return { settings: world.settings }
  },
})

export const settingsEndpoints = [get, update]
