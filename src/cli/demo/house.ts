/** The house of the second demo: an entrance and two flats, each flat behind a bridge or hub of its own. */

export const entrance = 'd0000000-0000-4000-8000-000000000001'
export const flat1 = 'd0000000-0000-4000-8000-000000000002'
export const flat2 = 'd0000000-0000-4000-8000-000000000003'
export const bridge = 'b0000000-0000-4000-8000-000000000001'
export const hub = 'b0000000-0000-4000-8000-000000000002'

export const doors: Readonly<Record<string, string>> = {
  [entrance]: 'the entrance',
  [flat1]: 'flat 1',
  [flat2]: 'flat 2',
}

const account = (model: string) => ({ connected_account_id: `${model}-account`, model })

export const house = {
  name: 'demo-reservation',
  loose_ids: true,
  connected_accounts: [account('schlage'), account('august'), account('smartthings')],
  bridges: [
    { bridge_id: bridge, connected_account_id: 'august-account', name: 'Bridge of flat 1' },
    {
      bridge_id: hub,
      connected_account_id: 'smartthings-account',
      name: 'Hub of the second floor',
    },
  ],
  devices: [
    {
      device_id: entrance,
      connected_account_id: 'schlage-account',
      model: 'schlage',
      name: 'Entrance',
    },
    {
      device_id: flat1,
      connected_account_id: 'august-account',
      model: 'august',
      name: 'Flat 1',
      bridge_id: bridge,
    },
    {
      device_id: flat2,
      connected_account_id: 'smartthings-account',
      model: 'smartthings',
      name: 'Flat 2',
      bridge_id: hub,
    },
  ],
}
