/** What rooms and thermostats do by themselves, and how Seam gets to know of it: the room is the judge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock, dial, follow, hang, heat, roomOf, setRoom } from '../support/at-the-wall.ts'
import { day, hour, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const off = { hvac_mode_setting: 'off' } as const

const propertiesOf = async (place: Place, device_id: string) =>
  (await place.seam.devices.get({ device_id })).properties

const reading = async (place: Place, device_id: string) =>
  (await propertiesOf(place, device_id)).temperature_celsius

const temperatures = ({ type }: { type: string }) => type.startsWith('temperature')

describe('a room', () => {
  test('cools down towards the weather as its formula says, and quicker by an open window', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off })
    await place.advance(4 * hour)
    expect(await roomOf(place, device_id)).toBeCloseTo(5 + 15 * Math.exp(-1), 9)
    await setRoom(place, device_id, { temperature: 20, tau: 30 * minute })
    await place.advance(30 * minute)
    expect(await roomOf(place, device_id)).toBeCloseTo(5 + 15 * Math.exp(-1), 9)
  })

  test('follows the weather of the day, step by step', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off, room: { outdoor: 20 } })
    const outdoor_steps = [
      { at: iso(T0 + 8 * hour), celsius: 10 },
      { at: iso(T0 + 4 * hour), celsius: 0 },
    ]
    await setRoom(place, device_id, { outdoor_steps })
    await place.advance(4 * hour)
    expect(await roomOf(place, device_id)).toBeCloseTo(20, 9)
    await place.advance(4 * hour)
    const cold = 20 * Math.exp(-1)
    expect(await roomOf(place, device_id)).toBeCloseTo(cold, 9)
    await place.advance(4 * hour)
    expect(await roomOf(place, device_id)).toBeCloseTo(10 + (cold - 10) * Math.exp(-1), 9)
  })

  test('is heated below one set point and cooled above the other one', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { room: { temperature: 15 } })
    await place.seam.thermostats.heatCool({
      device_id,
      heating_set_point_celsius: 20,
      cooling_set_point_celsius: 24,
    })
    await place.advance(5 * hour)
    expect(await roomOf(place, device_id)).toBeGreaterThanOrEqual(19.7 - 1e-9)
    expect(await roomOf(place, device_id)).toBeLessThanOrEqual(20.3 + 1e-9)
    await setRoom(place, device_id, { outdoor: 33, temperature: 30 })
    expect((await place.emulator.thermostats.get({ device_id })).state).toBe('cooling')
    await place.advance(5 * hour)
    expect(await roomOf(place, device_id)).toBeGreaterThanOrEqual(23.7 - 1e-9)
    expect(await roomOf(place, device_id)).toBeLessThanOrEqual(24.3 + 1e-9)
  })

  test('in eco mode is kept from frost and from heat, by the band of the thermostat', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { model: 'nest', room: { outdoor: -5 } })
    await place.seam.thermostats.setHvacMode({ device_id, hvac_mode_setting: 'eco' })
    await place.advance(day)
    expect(await roomOf(place, device_id)).toBeGreaterThanOrEqual(14.7 - 1e-9)
    expect(await roomOf(place, device_id)).toBeLessThanOrEqual(15.3 + 1e-9)
    await setRoom(place, device_id, { outdoor: 40 })
    await place.advance(day)
    expect(await roomOf(place, device_id)).toBeGreaterThanOrEqual(27.7 - 1e-9)
    expect(await roomOf(place, device_id)).toBeLessThanOrEqual(28.3 + 1e-9)
  })

  test('that is held in eco mode or switched off reaches no set point', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { model: 'nest', room: { temperature: 10 } })
    await heat(place, device_id, 21)
    await place.seam.thermostats.setHvacMode({ device_id, hvac_mode_setting: 'eco' })
    await place.advance(day)
    await heat(place, device_id, 21)
    await place.seam.thermostats.off({ device_id })
    await setRoom(place, device_id, { temperature: 21 })
    await place.advance(hour)
    expect(await place.types({ device_id })).not.toContain(
      'thermostat.temperature_reached_set_point',
    )
  })
})

describe('a thermometer', () => {
  test('shows tenths of a degree, where halves go up', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off, room: { outdoor: 20 } })
    const shown = async (temperature: number) => {
      await setRoom(place, device_id, { temperature, outdoor: temperature })
      return reading(place, device_id)
    }
    expect(await shown(19.95)).toBe(20)
    expect(await shown(19.949)).toBe(19.9)
    expect(await shown(15.95)).toBe(16)
    expect(await shown(-0.05)).toBe(0)
    expect(await shown(-0.06)).toBe(-0.1)
  })

  test('shows a humidity that does not change', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await place.advance(day)
    expect(await propertiesOf(place, device_id)).toMatchObject({ relative_humidity: 0.36 })
  })

  test('tells a change of a whole degree since the last one that was told, and no smaller one', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off, room: { outdoor: 20 } })
    const told = await follow(place)
    for (const temperature of [20.9, 20.4, 21.0, 20.1, 21.9, 20]) {
      await setRoom(place, device_id, { temperature, outdoor: temperature })
    }
    await place.advance(second)
    expect(told.news().map((it) => it.temperature_celsius)).toEqual([21, 20])
    await told.close()
  })

  test('that is simulated makes the room as warm as that, and it goes on from there', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off })
    await place.seam.thermostats.simulate.temperatureReached({ device_id, temperature_celsius: 30 })
    expect(await reading(place, device_id)).toBe(30)
    await place.advance(4 * hour)
    expect(await roomOf(place, device_id)).toBeCloseTo(5 + 25 * Math.exp(-1), 9)
  })
})

describe('a set point is reached', () => {
  const reached = (news: readonly { type: string }[]) =>
    news.filter(({ type }) => type === 'temperature_reached_set_point')

  test('once for each new target, and at once where the room is there already', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const told = await follow(place)
    await heat(place, device_id, 20.5)
    await place.advance(day)
    expect(reached(told.news())).toMatchObject([
      { temperature_celsius: 20, desired_temperature_celsius: 20.5 },
    ])
    // The same target once more is none.
    await heat(place, device_id, 20.5)
    await place.advance(day)
    expect(reached(told.news())).toEqual([])
    await dial(place, device_id, 25)
    await place.advance(day)
    expect(reached(told.news())).toMatchObject([
      { temperature_celsius: 24, desired_temperature_celsius: 25 },
    ])
    await told.close()
  })

  test('of two by the one that is nearer', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { room: { temperature: 15 } })
    const told = await follow(place)
    const points = { heating_set_point_celsius: 20, cooling_set_point_celsius: 24 }
    await place.seam.thermostats.heatCool({ device_id, ...points })
    await place.advance(5 * hour)
    expect(reached(told.news())).toMatchObject([{ desired_temperature_celsius: 20 }])
    await setRoom(place, device_id, { temperature: 30, outdoor: 33 })
    const others = { heating_set_point_celsius: 20, cooling_set_point_celsius: 23 }
    await place.seam.thermostats.heatCool({ device_id, ...others })
    await place.advance(5 * hour)
    expect(reached(told.news())).toMatchObject([{ desired_temperature_celsius: 23 }])
    await told.close()
  })
})

describe('temperature limits', () => {
  test('that are exceeded already are told at once, and new ones that are kept say so', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off, room: { temperature: 12, outdoor: 12 } })
    const told = await follow(place)
    const { thermostats } = place.seam
    await thermostats.setTemperatureThreshold({ device_id, lower_limit_celsius: 16 })
    await place.advance(second)
    const [exceeded, ...more] = told.news()
    expect(more).toEqual([])
    expect(exceeded).toMatchObject({
      type: 'temperature_threshold_exceeded',
      lower_limit_celsius: 16,
    })
    expect(exceeded?.after).toBeLessThan(5)
    await thermostats.setTemperatureThreshold({ device_id, lower_limit_fahrenheit: 50 })
    await place.advance(second)
    expect(told.news()).toMatchObject([
      {
        type: 'temperature_threshold_no_longer_exceeded',
        lower_limit_celsius: 10,
        lower_limit_fahrenheit: 50,
        upper_limit_celsius: null,
      },
    ])
    expect(await propertiesOf(place, device_id)).toMatchObject({
      temperature_threshold: { lower_limit_fahrenheit: 50, upper_limit_fahrenheit: null },
    })
    await told.close()
  })

  test.each([
    ['without any limit', {}],
    ['with null', { lower_limit_celsius: null, upper_limit_celsius: null }],
  ])('that are deleted %s go with their warning, and without a word', async (_, limits) => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off, room: { temperature: 12, outdoor: 12 } })
    const { thermostats } = place.seam
    await thermostats.setTemperatureThreshold({ device_id, lower_limit_celsius: 16 })
    expect((await place.seam.devices.get({ device_id })).warnings).toHaveLength(1)
    const told = await follow(place)
    await thermostats.setTemperatureThreshold({ device_id, ...limits })
    await place.advance(day)
    const { warnings, properties } = await place.seam.devices.get({ device_id })
    expect(warnings).toEqual([])
    expect(properties.temperature_threshold).toBeUndefined()
    expect(told.news()).toEqual([])
    await told.close()
  })

  test('are told after the step and the set point of the same instant', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { room: { temperature: 12 } })
    await place.seam.thermostats.setTemperatureThreshold({ device_id, lower_limit_celsius: 16 })
    const told = await follow(place)
    await heat(place, device_id, 21)
    told.news()
    await setRoom(place, device_id, { temperature: 20.5 })
    await place.advance(1)
    expect(told.news().map((it) => it.type)).toEqual([
      'temperature_changed',
      'temperature_reached_set_point',
      'temperature_threshold_no_longer_exceeded',
    ])
    await told.close()
  })
})

describe('a thermostat that nobody can reach', () => {
  test('goes on heating, while the API has its last reading until it is back', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { setting: off, room: { temperature: 16, outdoor: 16 } })
    const taken = await heat(place, device_id, 21)
    await setRoom(place, device_id, { temperature: 16, outdoor: 5 })
    await place.seam.devices.simulate.disconnect({ device_id })
    const told = await follow(place)
    await place.advanceTo(taken + clock('1:19:33.380'))
    expect(await roomOf(place, device_id)).toBeCloseTo(19.95, 5)
    expect(await propertiesOf(place, device_id)).toMatchObject({
      online: false,
      temperature_celsius: 16,
      is_heating: true,
    })
    await place.advance(hour)
    expect(told.news()).toEqual([])
    await place.seam.devices.simulate.connect({ device_id })
    await place.advance(second)
    const back = taken + clock('1:19:33.380') + hour
    const news = told.news(back)
    expect(news.map((it) => [it.type, it.temperature_celsius])).toEqual([
      ['temperature_changed', 21.3],
      ['temperature_reached_set_point', 21.3],
    ])
    expect(news[0]?.after).toBeLessThan(second)
    await told.close()
  })

  test('says which part of its link is broken, as a noise sensor does', async () => {
    const place = emulator.open()
    const sensor = await place.emulator.noiseSensors.create({ model: 'minut' })
    for (const device_id of [await hang(place), sensor.device_id]) {
      const { connected_account_id } = await place.seam.devices.get({ device_id })
      const errors = async () =>
        (await place.seam.devices.get({ device_id })).errors.map((it) => it.error_code)
      await place.emulator.faults.create({
        on: 'connected_account.link',
        match: { connected_account_id },
        effect: { kind: 'down', for: '1h' },
      })
      await place.advance(minute)
      expect(await errors()).toEqual(['account_disconnected'])
      await place.advance(hour)
      expect(await errors()).toEqual([])
      await place.seam.devices.simulate.disconnect({ device_id })
      expect(await errors()).toEqual(['device_disconnected'])
      const told = await place.events({ device_id })
      const causes = told.flatMap((it) =>
        it.event_type === 'device.disconnected' ? [it['error_code']] : [],
      )
      expect(causes).toEqual(['account_disconnected', 'device_disconnected'])
    }
  })
})

describe('where Seam asks every ten minutes', () => {
  const polled = async () => {
    const place = emulator.open()
    await place.emulator.settings.update({ poll_interval: '10m' })
    const device_id = await hang(place, { setting: off, room: { outdoor: 20 } })
    return { place, device_id, told: await follow(place) }
  }

  test('a change is seen at the next poll, as it is then', async () => {
    const { place, device_id, told } = await polled()
    await place.advance(3 * minute)
    await setRoom(place, device_id, { temperature: 24, outdoor: 24 })
    expect(await reading(place, device_id)).toBe(20)
    await place.advance(3 * minute)
    await setRoom(place, device_id, { temperature: 22, outdoor: 22 })
    await place.advance(4 * minute - 1)
    expect(await reading(place, device_id)).toBe(20)
    expect(told.news()).toEqual([])
    await place.advance(1)
    expect(await reading(place, device_id)).toBe(22)
    expect(told.news()).toMatchObject([
      { type: 'temperature_changed', temperature_celsius: 22, after: 10 * minute },
    ])
    await told.close()
  })

  test('a peak between two polls is never seen', async () => {
    const { place, device_id, told } = await polled()
    await place.seam.thermostats.setTemperatureThreshold({ device_id, upper_limit_celsius: 26 })
    await place.advance(2 * minute)
    await setRoom(place, device_id, { temperature: 35, outdoor: 35 })
    await place.advance(5 * minute)
    await setRoom(place, device_id, { temperature: 20, outdoor: 20 })
    await place.advance(day)
    expect(told.news()).toEqual([])
    await told.close()
  })

  test('weather that changes between two polls is seen at the next one', async () => {
    const { place, device_id, told } = await polled()
    const outdoor_steps = [
      { at: iso(T0 + minute), celsius: 40 },
      { at: iso(T0 + 4 * minute), celsius: 20 },
      { at: iso(T0 + 41 * minute), celsius: 40 },
    ]
    await setRoom(place, device_id, { tau: minute, outdoor_steps })
    await place.advance(hour)
    const steps = told.news().filter(temperatures)
    expect(steps.map((it) => it.after % (10 * minute))).toEqual(steps.map(() => 0))
    expect(steps.map((it) => it.temperature_celsius)).toEqual([40])
    await told.close()
  })

  test('a hand at the dial is seen at the next poll', async () => {
    const { place, device_id, told } = await polled()
    await place.advance(3 * minute)
    await dial(place, device_id, 23)
    await place.advance(7 * minute - 1)
    expect(told.news()).toEqual([])
    expect(await propertiesOf(place, device_id)).toMatchObject({
      current_climate_setting: { hvac_mode_setting: 'off' },
    })
    await place.advance(1)
    expect(told.news()).toMatchObject([
      { type: 'manually_adjusted', method: 'external', after: 10 * minute },
    ])
    await told.close()
  })
})
