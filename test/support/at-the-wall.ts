/** Thermostats on the walls of stories: how they are put up, and what is told of them. */
import { z } from 'zod'
import { T0 } from './place.ts'
import type { Place } from './place.ts'
import { startReceiver } from './receiver.ts'

const event = z.looseObject({
  event_type: z.string(),
  occurred_at: z.string(),
  method: z.string().optional(),
  temperature_celsius: z.number().optional(),
  climate_preset_key: z.string().optional(),
})

/** What is told of a thermostat: by a webhook, in its order, and by the list alike. */
export const follow = async (place: Place) => {
  const receiver = await startReceiver()
  const { secret } = await place.seam.webhooks.create({ url: receiver.url, event_types: ['*'] })
  const all = () =>
    receiver.received
      .map((it) => event.parse(it.event))
      .filter((it) => it.event_type.startsWith('thermostat.'))
  let read = 0
  return {
    /** What was told since the last time, with its instant after `from`, ms. */
    news: (from = T0) => {
      const fresh = all().slice(read)
      read += fresh.length
      return fresh.map((it) => ({
        ...it,
        type: it.event_type.replace('thermostat.', ''),
        after: Date.parse(it.occurred_at) - from,
      }))
    },
    close: async () => {
      receiver.verifyAll(secret ?? '')
      await receiver.close()
    },
  }
}

export type New = Parameters<Place['emulator']['thermostats']['create']>[0]

export const hang = async (place: Place, input: Partial<New> = {}): Promise<string> =>
  (await place.emulator.thermostats.create({ model: 'ecobee', name: 'Lounge', ...input })).device_id

export const setRoom = (place: Place, device_id: string, room: object) =>
  place.emulator.thermostats.setRoom({ device_id, ...room })

export const roomOf = async (place: Place, device_id: string) =>
  (await place.emulator.thermostats.get({ device_id })).temperature_celsius

/** Sends the command, and answers when the thermostat has taken it. */
export const heat = async (place: Place, device_id: string, celsius: number) => {
  await place.seam.thermostats.heat({ device_id, heating_set_point_celsius: celsius })
  return place.now()
}

export const refusal = async (place: Place, path: string, body: object) => {
  const answer = await place.raw(path, body)
  const { error } = z.looseObject({ error: z.looseObject({ type: z.string() }) }).parse(answer.body)
  return [answer.status, error.type]
}

/** h:mm:ss.mmm as ms. */
export const clock = (text: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000)
}

export const dial = (place: Place, device_id: string, celsius: number) =>
  place.seam.thermostats.simulate.hvacModeAdjusted({
    device_id,
    hvac_mode: 'heat',
    heating_set_point_celsius: celsius,
  })
