/** What a fixture may say of a bridge, hub or gateway. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'

const item = () =>
  z.strictObject({
    bridge_id: fixtureId('Its id.'),
    connected_account_id: fixtureId('The account that it belongs to.'),
    name: fixtureText('Its name at the provider.'),
    is_online: z.boolean().default(true).describe('Whether it has a network.'),
  })

export const bridgesFixture = fixturePart({
  list: 'bridges',
  description: 'Bridges, hubs and gateways that devices go through.',
  item,
  unique: ['bridge_id'],
  references: [
    { field: 'connected_account_id', to: 'connected_accounts', noun: 'connected account' },
  ],
  apply: (world, { is_online, ...bridge }) => {
    const { now } = world
    world.bridges.insert({ ...bridge, offline_at: is_online ? null : now, created_at: now })
  },
})
