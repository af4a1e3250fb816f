/** What must hold between a snapshot's thermostats, their devices and what is tried on them. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { Snapshot, SnapshotProblem } from '../../db/snapshot-format.ts'
import { isRecord } from '../../lib/is-record.ts'
import { thermostatProfiles } from './models/index.ts'

type Tables = Snapshot['tables']

const profileOf = (device_type: unknown, model: unknown) =>
  Object.values(thermostatProfiles).find(
    (profile) => profile.device_type === device_type && profile.model === model,
  )

const types = new Set<unknown>(
  Object.values(thermostatProfiles).map(({ device_type }) => device_type),
)

const problemsOfDevices = ({ devices, thermostats }: Tables): SnapshotProblem[] => {
  const hanging = new Set(thermostats.map(({ device_id }) => device_id))
  return devices.flatMap(({ device_id, model, device_type }, index) => {
    const path = ['tables', 'devices', index]
    if (model === null || !types.has(device_type)) return []
    if (profileOf(device_type, model) === undefined) {
      return [{ path: [...path, 'model'], message: 'is not the model of such a thermostat' }]
    }
    if (hanging.has(device_id)) return []
    const message = 'is a thermostat that has no row in thermostats'
    return [{ path: [...path, 'device_id'], message }]
  })
}

const problemsOfThermostats = ({ devices, thermostats }: Tables): SnapshotProblem[] => {
  const known = new Set(
    devices.flatMap(({ device_id, device_type, model }) =>
      profileOf(device_type, model) === undefined ? [] : [device_id],
    ),
  )
  return thermostats.flatMap(({ device_id, effort }, index) => {
    const path = ['tables', 'thermostats', index]
    const fault = isRecord(effort) ? effort['fault'] : null
    return [
      ...(known.has(device_id)
        ? []
        : [
            {
              path: [...path, 'device_id'],
              message: 'names no row of devices that is a thermostat',
            },
          ]),
      ...(fault === null || effectsOf.command().safeParse(fault).success
        ? []
        : [
            {
              path: [...path, 'effort', 'fault'],
              message: 'must be an effect of a fault on commands to thermostats',
            },
          ]),
    ]
  })
}

export const problemsOfThermostatRows = (tables: Tables): SnapshotProblem[] => [
  ...problemsOfDevices(tables),
  ...problemsOfThermostats(tables),
]
