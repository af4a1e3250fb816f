/** A noise sensor's link and what is wrong with it, as events tell it. */
import { accountIssues } from '../connected-accounts/issues.ts'
import { noteLink } from '../devices/link-changes.ts'
import { linkErrors, linkWarnings } from '../devices/issues.ts'
import { deviceEventIssues } from '../events/issues.ts'
import type { Issues } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { sensorView } from './view.ts'
import type { SensorView } from './view.ts'

/** The sensor's own issues: those that any device can have. */
export const sensorIssues = ({ device }: SensorView): Issues => ({
  errors: linkErrors(device),
  warnings: linkWarnings(device),
})

const issuesOfMoment = (world: World, device_id: string) => {
  const view = sensorView(world, device_id)
  const none: Issues = { errors: [], warnings: [] }
  return deviceEventIssues({
    connected_account: view === null ? none : accountIssues(view.account),
    device: view === null ? none : sensorIssues(view),
  })
}

/** Compares a sensor's link with what was last told of it, and tells the difference. */
export const refreshSensorLink = (world: World, device_id: string): void => {
  const view = sensorView(world, device_id)
  if (view === null) return
  noteLink(world, device_id, {
    cause: view.link.cause,
    issues: () => issuesOfMoment(world, device_id),
  })
}
