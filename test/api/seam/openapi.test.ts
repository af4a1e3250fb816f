import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { actionTypes } from '../../../src/db/tables/action-attempts.ts'
import { accessCode, unmanagedAccessCode } from '../../../src/api/seam/access-codes/wire.ts'
import { acsAccessGroup } from '../../../src/api/seam/acs-access-groups/wire.ts'
import { acsCredential } from '../../../src/api/seam/acs-credentials/wire.ts'
import { acsEncoder } from '../../../src/api/seam/acs-encoders/wire.ts'
import { acsEntrance } from '../../../src/api/seam/acs-entrances/wire.ts'
import { acsSystem } from '../../../src/api/seam/acs-systems/wire.ts'
import { acsUser } from '../../../src/api/seam/acs-users/wire.ts'
import { actionAttempt } from '../../../src/api/seam/action-attempts/wire.ts'
import { clientSession } from '../../../src/api/seam/client-sessions/wire.ts'
import { connectWebview } from '../../../src/api/seam/connect-webviews/wire.ts'
import { connectedAccount } from '../../../src/api/seam/connected-accounts/wire.ts'
import { deviceProvider } from '../../../src/api/seam/devices/wire-providers.ts'
import { device, unmanagedDevice } from '../../../src/api/seam/devices/wire.ts'
import { event } from '../../../src/api/seam/events/wire.ts'
import { pagination } from '../../../src/api/http/pagination.ts'
import { webhook } from '../../../src/api/seam/webhooks/wire.ts'
import { workspace } from '../../../src/api/seam/workspaces/wire.ts'
import { seamShape, zodShape } from '../../support/schema-shape.ts'
import type { ShapeOf } from '../../support/schema-shape.ts'
import { seamSchema } from '../../support/seam-document.ts'

const exact: Record<string, z.ZodType> = {
  access_code: accessCode(),
  unmanaged_access_code: unmanagedAccessCode(),
  acs_access_group: acsAccessGroup(),
  acs_credential: acsCredential(),
  acs_encoder: acsEncoder(),
  acs_entrance: acsEntrance(),
  acs_system: acsSystem(),
  acs_user: acsUser(),
  client_session: clientSession(),
  connect_webview: connectWebview(),
  connected_account: connectedAccount(),
  device_provider: deviceProvider(),
  event: event(),
  pagination: pagination(),
  unmanaged_device: unmanagedDevice(),
  webhook: webhook(),
  workspace: workspace(),
}

const fieldsOf = (shape: ShapeOf | undefined): { [field: string]: ShapeOf } =>
  typeof shape === 'object' ? shape : {}

describe('the wire schemas say what the OpenAPI document of Seam says', () => {
  it.each(Object.entries(exact))('%s', (name, schema) => {
    expect(zodShape(schema)).toEqual(seamShape(seamSchema(name)))
  })

  it('device, but for the programs of thermostats', () => {
    const { properties: own, ...ours } = fieldsOf(zodShape(device()))
    const { properties: seam, ...theirs } = fieldsOf(seamShape(seamSchema('device')))
    expect(ours).toEqual(theirs)
    const open =
      /^(active_thermostat_schedule|available_|current_climate|default_climate|thermostat_)/
    const credentialServices = /credential_service_metadata|^visionline|_experimental/
    const relevant = (shape: ShapeOf | undefined) =>
      Object.fromEntries(
        Object.entries(fieldsOf(shape)).filter(
          ([field]) => !open.test(field) && !credentialServices.test(field),
        ),
      )
    expect(relevant(own)).toEqual(relevant(seam))
    const known = Object.keys(fieldsOf(seam))
    expect(Object.keys(fieldsOf(own)).filter((field) => !known.includes(field))).toEqual([])
  })

  it('action_attempt, for the actions that the emulator knows', () => {
    const theirs = fieldsOf(seamShape(seamSchema('action_attempt')))
    const ours = fieldsOf(zodShape(actionAttempt()))
    for (const [variant, shape] of Object.entries(ours)) {
      // Seam's document names this type at its route only.
      if (variant.includes('CONVERT_ACCESS_CODE_TO_MANAGED')) continue
      const their = fieldsOf(theirs[variant])
      const status = fieldsOf(shape)['status']
      expect(Object.keys(fieldsOf(shape)).sort(), variant).toEqual(Object.keys(their).sort())
      const key = status === 'one of error' ? 'error' : 'result'
      if (status !== 'one of pending') expect(fieldsOf(shape)[key]).toEqual(their[key])
    }
    expect(Object.keys(ours)).toHaveLength(actionTypes.length * 3)
  })
})
