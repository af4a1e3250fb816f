/** What a noise sensor tells its provider: at once, or kept until it can be heard again. */
import { recordEvent } from '../events/record.ts'
import { createStream } from '../kernel/random.ts'
import { toIso } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import type { Notice } from './disturbance.ts'
import { nrsOf } from './nrs.ts'
import { sensorView } from './view.ts'
import type { SensorView } from './view.ts'

/** A number that the provider would know the thing by: always the same for the same id. */
export const providerNumber = (id: string): string =>
  createStream(id, 'provider number').at(0).toString(36)

/** The provider's own words in an event. The guide has the name of a notice under two keys. */
const blockOf = ({ profile, device }: SensorView, type: string, at: number) => {
  const home = providerNumber(device.connected_account_id)
  if (profile.alert === 'minut') {
    return {
      minut_metadata: {
        minut_event_id: providerNumber(`${device.device_id} ${at} ${type}`),
        minut_event_type: type,
        event_name: type,
        minut_home_id: home,
        minut_user_id: providerNumber(`${device.connected_account_id} user`),
      },
    }
  }
  return {
    noiseaware_metadata: {
      noiseaware_alert_info: `Noise at ${device.name}`,
      noiseaware_alert_time: toIso(at),
      noiseaware_alert_type: type,
      noiseaware_property_id: home,
      noiseaware_property_name: device.location?.location_name ?? 'Home',
    },
  }
}

/** So many notices a sensor keeps while nobody hears it, the newest ones; assumed, as for locks. */
const KEPT = 1_000

/** Tells of a notice now; a sensor that nobody hears keeps it. */
export const tellNotice = (
  world: World,
  view: SensorView,
  { type, noise_threshold_id, name }: Notice,
  level: number,
): void => {
  const { device_id } = view.device
  const told = {
    noise_threshold_id,
    noise_threshold_name: name,
    noise_level_decibels: level,
    ...(view.profile.has_nrs && { noise_level_nrs: nrsOf(level) }),
    ...blockOf(view, type, world.now),
  }
  if (view.link.online) {
    recordEvent(world, 'noise_sensor.noise_threshold_triggered', { device_id, ...told })
    return
  }
  const { untold } = world.noise_sensors.get(device_id) ?? view.sensor
  world.noise_sensors.update(device_id, {
    untold: [...untold, { occurred_at: world.now, told }].slice(-KEPT),
  })
}

/** The sensor is back: what it kept is told, oldest first, with the instants at which it happened. */
export const deliverAlerts = (world: World, device_id: string): void => {
  const view = sensorView(world, device_id)
  if (view === null || view.sensor.untold.length === 0) return
  world.noise_sensors.update(device_id, { untold: [] })
  for (const { occurred_at, told } of view.sensor.untold) {
    const event = { device_id, ...told }
    recordEvent(world, 'noise_sensor.noise_threshold_triggered', event, occurred_at)
  }
}
