/** A noise sensor's battery: a function of time, and a job at its next threshold. */
import { recordEvent } from '../events/record.ts'
import { batteryStatus, nextBatteryCrossing, shownLevel } from '../devices/battery-level.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { refreshSensorLink } from './link.ts'
import { listen } from './listen.ts'
import { requireSensor, sensorView } from './view.ts'

const JOB = 'noise_sensor.battery'

/** Sets the job for the instant at which the battery reaches its next threshold. */
export const scheduleSensorBattery = (world: World, device_id: string): void => {
  const { profile, sensor } = requireSensor(world, device_id)
  if (profile.battery === null || sensor.battery === null) return
  const crossing = nextBatteryCrossing(profile.battery, sensor.battery, world.now)
  scheduleJob(world, JOB, device_id, crossing?.at ?? null)
}

/** Compares the battery with what was last told of it; a sensor that nobody hears tells when it is back. */
export const reportSensorBattery = (world: World, device_id: string): void => {
  const view = sensorView(world, device_id)
  if (view === null || view.battery_level === null || !view.link.online) return
  const battery_level = shownLevel(view.battery_level)
  const battery_status = batteryStatus(view.battery_level)
  const told = view.device.battery_status
  if (battery_status === told) return
  world.devices.update(device_id, { battery_status })
  if (told === null) return
  recordEvent(world, 'device.battery_status_changed', { device_id, battery_status, battery_level })
  if (battery_status === 'low' || (battery_status === 'critical' && told !== 'low')) {
    recordEvent(world, 'device.low_battery', { device_id, battery_level })
  }
}

/** A threshold of the battery: it is told, and at zero the sensor goes dark. */
export const noteSensorBattery = (world: World, device_id: string): void => {
  if (sensorView(world, device_id) === null) return
  reportSensorBattery(world, device_id)
  refreshSensorLink(world, device_id)
  scheduleSensorBattery(world, device_id)
  listen(world, device_id)
}

/** Puts in a battery of this level, 0 to 1. */
export const setSensorBattery = (world: World, device_id: string, level: number): void => {
  world.noise_sensors.update(device_id, {
    battery: { installed_at: world.now, level_at_install: level, uses: 0 },
  })
  noteSensorBattery(world, device_id)
}
