/** Batteries. More guests stand before a shut door for their sake than for any other. */
import { z } from 'zod'
import { setBattery } from '../../../sim/locks/battery/use.ts'
import { DAY, HOUR, MINUTE } from '../story.ts'
import type { Stage } from '../../play/stage.ts'
import { lengthInWords, trouble } from './kind.ts'

const setLevel = (stage: Stage, device_id: string, level: number): void =>
  stage.change((world) => setBattery(world, device_id, 'battery', level))

const hasBattery = (doors: readonly { device_id: string; has_battery: boolean }[], id: string) =>
  doors.some(({ device_id, has_battery }) => device_id === id && has_battery)

export const powerTroubles = {
  battery_fades: trouble('battery_fades', {
    level: 2,
    weight: 38,
    params: () => ({ device_id: z.string(), minutes: z.number().min(1) }),
    draw: ({ dice, doors, moment }, stay) => {
      const device_id = dice.pick(stay.device_ids)
      if (!hasBattery(doors, device_id)) return []
      return [{ at: moment(stay), device_id, minutes: dice.pick([8 * HOUR, DAY, 3 * DAY]) }]
    },
    act: (stage, { device_id, minutes }) => {
      setLevel(stage, device_id, 0.04)
      let isChanged = false
      stage.damages.push({
        device_ids: [device_id],
        mend: (world) => {
          isChanged = true
          setBattery(world, device_id, 'battery', 1)
        },
      })
      stage.later(stage.now() + minutes * MINUTE, () => {
        if (isChanged) return
        stage.reached.add('battery_fades')
        setLevel(stage, device_id, 0)
      })
    },
    sentence: ({ device_id, minutes }, { door }) =>
      `The battery of ${door(device_id)} is nearly empty: it dies in ${lengthInWords(minutes)} unless somebody changes it.`,
  }),
}
