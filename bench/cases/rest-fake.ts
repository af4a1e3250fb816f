/** The routes of thermostats, noise sensors and access systems that the vendor's fake has, against it. */
import { z } from 'zod'
import { withServers } from '../lib/bench.ts'
import type { Bench, BenchCase, Who } from '../lib/bench.ts'
import { anything, call } from '../lib/client.ts'
import type { Target } from '../lib/client.ts'
import { runLoad } from '../lib/load.ts'
import type { Server } from '../lib/processes.ts'
import { ratioGoal, record } from '../lib/report.ts'
import { workspaceOf } from '../lib/worlds.ts'

/** What both sides have: a thermostat, a sensor, an access system of Visionline without doors. */
interface Place {
  target: Target
  thermostat: string
  sensor: string
  /** Of NoiseAware, which take one threshold an hour. The fake has none, and takes any number on any. */
  sensors: string[]
  system: string
}

const PEOPLE = 1_000
const THRESHOLDS = 960

const id = (kind: number, nth: number) =>
  `0000000${kind}-0000-4000-8000-${String(nth).padStart(12, '0')}`

async function placeOf(who: Who, server: Server): Promise<Place> {
  if (who === 'fake') {
    return {
      target: server,
      thermostat: 'ecobee_device_1',
      sensor: 'minut_device_1',
      sensors: ['minut_device_1'],
      system: 'visionline_acs_system_1',
    }
  }
  const sensors = Array.from({ length: THRESHOLDS / 24 }, (_, nth) => id(3, nth))
  const place = { thermostat: id(1, 0), sensor: id(2, 0), sensors, system: id(4, 0) }
  const target = await workspaceOf(server, {
    thermostats: [{ model: 'ecobee', name: 'Thermostat', device_id: place.thermostat }],
    noise_sensors: [
      { model: 'minut', name: 'Sensor', device_id: place.sensor },
      ...sensors.map((device_id, nth) => ({ model: 'noiseaware', name: `${nth}`, device_id })),
    ],
    acs_systems: [{ model: 'visionline', name: 'System', acs_system_id: place.system }],
  })
  return { target, ...place }
}

/** Many bodies are sent once each, in turn; one as often as there is time. */
interface Ask {
  path: string
  bodies: object[]
}

const usersOf = async ({ target }: Place): Promise<string[]> => {
  const shape = z.object({ acs_users: z.array(z.object({ acs_user_id: z.string() })) })
  const { acs_users } = await call(target, '/acs/users/list', { limit: PEOPLE }, shape)
  return acs_users.map(({ acs_user_id }) => acs_user_id)
}

const thresholdsShape = z.object({
  noise_thresholds: z.array(z.object({ noise_threshold_id: z.string() })),
})

const thresholdsOf = async ({ target }: Place, device_id: string): Promise<string[]> => {
  const path = '/noise_sensors/noise_thresholds/list'
  const { noise_thresholds } = await call(target, path, { device_id }, thresholdsShape)
  return noise_thresholds.map(({ noise_threshold_id }) => noise_threshold_id)
}

const two = (hour: number) => String(hour).padStart(2, '0')

/** One threshold for each hour of each sensor. */
const hourly = (sensors: string[]) =>
  Array.from({ length: THRESHOLDS }, (_, nth) => {
    const hour = Math.floor(nth / sensors.length) % 24
    return {
      device_id: sensors[nth % sensors.length],
      starts_daily_at: `${two(hour)}:00:00`,
      ends_daily_at: hour === 23 ? '23:59:59' : `${two(hour + 1)}:00:00`,
      noise_threshold_decibels: 70,
    }
  })

const withoutPeople = async (place: Place): Promise<Ask[]> => {
  const { thermostat, sensor, system } = place
  const [noise_threshold_id] = await thresholdsOf(place, sensor)
  const ask = (path: string, body: object): Ask => ({ path, bodies: [body] })
  const ofThermostat = { device_id: thermostat }
  const heating = { heating_set_point_celsius: 18 }
  const cooling = { cooling_set_point_celsius: 24 }
  const thresholds = '/noise_sensors/noise_thresholds'
  return [
    ask('/thermostats/list', {}),
    ask('/thermostats/heat', { ...ofThermostat, ...heating }),
    ask('/thermostats/cool', { ...ofThermostat, ...cooling }),
    ask('/thermostats/heat_cool', { ...ofThermostat, ...heating, ...cooling }),
    ask('/thermostats/off', ofThermostat),
    ask('/thermostats/set_fan_mode', { ...ofThermostat, fan_mode_setting: 'on' }),
    ask(`${thresholds}/get`, { noise_threshold_id }),
    ask(`${thresholds}/list`, { device_id: sensor }),
    ask('/acs/systems/get', { acs_system_id: system }),
    ask('/acs/systems/list', {}),
    ask('/acs/entrances/list', {}),
  ]
}

const creations = ({ system, sensors }: Place): Ask[] => {
  const people = Array.from({ length: PEOPLE }, (_, nth) => ({
    acs_system_id: system,
    full_name: `Guest ${nth}`,
    email_address: `guest${nth}@example.com`,
  }))
  return [
    { path: '/acs/users/create', bodies: people },
    { path: '/noise_sensors/noise_thresholds/create', bodies: hourly(sensors) },
  ]
}

const withPeople = async (place: Place): Promise<Ask[]> => {
  const people = (await usersOf(place)).map((acs_user_id) => ({ acs_user_id }))
  const [first = { acs_user_id: '' }] = people
  const made: object[] = []
  for (const device_id of place.sensors) {
    for (const noise_threshold_id of await thresholdsOf(place, device_id)) {
      made.push({ device_id, noise_threshold_id })
    }
  }
  const louder = made.map((it) => ({ ...it, noise_threshold_decibels: 65 }))
  const renamed = people.map((it, nth) => ({ ...it, full_name: `Other ${nth}` }))
  return [
    { path: '/acs/users/get', bodies: [first] },
    { path: '/acs/users/list', bodies: [{ limit: PEOPLE }] },
    { path: '/acs/users/update', bodies: renamed },
    { path: '/acs/users/suspend', bodies: people },
    { path: '/acs/users/unsuspend', bodies: people },
    { path: '/acs/users/delete', bodies: people },
    { path: '/noise_sensors/noise_thresholds/update', bodies: louder },
    { path: '/noise_sensors/noise_thresholds/delete', bodies: made },
  ]
}

const isOneByOne = ({ bodies }: Ask): boolean => bodies.length > 1

const sendEach = ({ target }: Place, { path, bodies }: Ask) =>
  runLoad({
    target,
    path,
    body: '{pick}',
    connections: 4,
    picks: bodies.map((body) => JSON.stringify(body)),
    requests: bodies.length,
  })

const repeat = async (bench: Bench, { target }: Place, { path, bodies: [body] }: Ask) => {
  await call(target, path, body, anything)
  return await runLoad({
    target,
    path,
    body: JSON.stringify(body),
    connections: 4,
    seconds: bench.quick ? 0.3 : 1,
    warmup_seconds: 0.3,
  })
}

const put = async (bench: Bench, who: Who, place: Place, ask: Ask) => {
  const sent = isOneByOne(ask) ? sendEach(place, ask) : repeat(bench, place, ask)
  const { per_second } = await sent
  record(bench.report, { name: ask.path.slice(1), who, unit: '/s' }, per_second)
}

/**
 * All that is sent once each, and ends with what there was: neither side's code is compiled when
 * the first thousand requests come, and that is what a single round of a tenth of a second would tell.
 * Twice, as V8 compiles anew what it took for simpler at first.
 */
const rehearse = async (place: Place) => {
  for (const stage of [creations, withPeople, creations, withPeople]) {
    for (const ask of await stage(place)) if (isOneByOne(ask)) await sendEach(place, ask)
  }
}

const both: Who[] = ['emulator', 'fake']

export const restFake: BenchCase = {
  name: 'rest-fake',
  about:
    'the routes of thermostats, noise sensors and access systems that the fake has, but for acs/entrances/get and grant_access and acs/users/add_to_ and remove_from_access_group, which answer 404: it has neither doors nor groups, and no way to make any',
  run: async (bench) => {
    const names = new Set<string>()
    for (let round = 0; round < bench.rounds; round++) {
      // The fake keeps what it was given, and gets slower by it: each round has new ones.
      await withServers(bench, both, async (servers) => {
        for (const [who, server] of servers) {
          const place = await placeOf(who, server)
          for (const stage of [withoutPeople, creations, withPeople]) {
            if (stage === creations) await rehearse(place)
            for (const ask of await stage(place)) {
              names.add(ask.path.slice(1))
              await put(bench, who, place, ask)
            }
          }
        }
      })
    }
    for (const name of names) ratioGoal(bench.report, name, 'fake', 'least', 3)
  },
}
