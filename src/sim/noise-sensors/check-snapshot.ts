/** What must hold between a snapshot's noise sensors, their devices and their thresholds. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { Snapshot, SnapshotProblem } from '../../db/snapshot-format.ts'
import { isRecord } from '../../lib/is-record.ts'
import { noiseSensorProfiles } from './models/index.ts'

type Tables = Snapshot['tables']

const profileOf = (model: unknown) =>
  Object.values(noiseSensorProfiles).find((profile) => profile.model === model)

const problemsOfDevices = ({ devices, noise_sensors }: Tables): SnapshotProblem[] => {
  const hanging = new Set(noise_sensors.map(({ device_id }) => device_id))
  return devices.flatMap(({ device_id, model, device_type }, index) => {
    const profile = profileOf(model)
    if (profile === undefined) return []
    const path = ['tables', 'devices', index]
    if (profile.device_type !== device_type) {
      const message = `must be ${profile.device_type}, which the model ${profile.model} is`
      return [{ path: [...path, 'device_type'], message }]
    }
    if (hanging.has(device_id)) return []
    const message = 'is a noise sensor that has no row in noise_sensors'
    return [{ path: [...path, 'device_id'], message }]
  })
}

const problemsOfSensors = ({ devices, noise_sensors }: Tables): SnapshotProblem[] => {
  const models = new Map(devices.map(({ device_id, model }) => [device_id, model]))
  return noise_sensors.flatMap(({ device_id, battery }, index) => {
    const path = ['tables', 'noise_sensors', index]
    const profile = profileOf(models.get(device_id))
    if (profile === undefined) {
      const message = 'names no row of devices that is a noise sensor'
      return [{ path: [...path, 'device_id'], message }]
    }
    if ((profile.battery === null) === !isRecord(battery)) return []
    const message = profile.battery === null ? 'must be null for one that is wired' : 'is missing'
    return [{ path: [...path, 'battery'], message }]
  })
}

const problemsOfEfforts = ({ noise_thresholds }: Tables): SnapshotProblem[] =>
  noise_thresholds.flatMap(({ effort }, index) => {
    const fault = isRecord(effort) ? effort['fault'] : null
    if (fault === null || effectsOf.keeping().safeParse(fault).success) return []
    const path = ['tables', 'noise_thresholds', index, 'effort', 'fault']
    return [{ path, message: 'must be an effect of a fault on noise thresholds' }]
  })

export const problemsOfNoiseSensors = (tables: Tables): SnapshotProblem[] => [
  ...problemsOfDevices(tables),
  ...problemsOfSensors(tables),
  ...problemsOfEfforts(tables),
]
