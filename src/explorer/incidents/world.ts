/** The world of an incident: one lock of its kind, with the bridge that such a lock needs. */
import { lockProfiles } from '../../sim/locks/models/index.ts'
import type { Incident } from './incident.ts'

const ACCOUNT = 'a0000000-0000-4000-8000-00000000000a'
const BRIDGE = 'b0000000-0000-4000-8000-00000000000b'
export const INCIDENT_DOOR = 'd0000000-0000-4000-8000-00000000000d'

/** A fixture. */
export const incidentWorld = ({ model, number, settings }: Incident): Record<string, unknown> => {
  const profile = Object.values(lockProfiles).find((it) => it.model === model)
  const has_bridge = profile !== undefined && profile.bridge.kind !== 'none'
  return {
    name: `incident-${number}`,
    ...(settings !== undefined && { settings }),
    connected_accounts: [
      { connected_account_id: ACCOUNT, model, user_identifier: { email: 'host@example.com' } },
    ],
    ...(has_bridge && {
      bridges: [{ bridge_id: BRIDGE, connected_account_id: ACCOUNT, name: 'Bridge' }],
    }),
    devices: [
      {
        device_id: INCIDENT_DOOR,
        connected_account_id: ACCOUNT,
        model,
        name: 'Front Door',
        location: { location_name: 'The house', time_zone: 'America/Denver' },
        ...(has_bridge && { bridge_id: BRIDGE }),
      },
    ],
  }
}
