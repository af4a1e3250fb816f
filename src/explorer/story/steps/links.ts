/** Bridges, radios and providers that go away and come back. */
import { z } from 'zod'
import { is } from '../../../db/conditions.ts'
import { locks } from '../../../db/tables/locks.ts'
import { DAY, HOUR } from '../story.ts'
import { causeDamage, cause, forMinutes } from './cause.ts'
import { lengthInWords, trouble } from './kind.ts'
import type { Scene } from './kind.ts'

const locksBehind = is(locks.bridge_id)

const doorsOf = ({ doors }: Scene, device_ids: readonly string[]) =>
  doors.filter(({ device_id }) => device_ids.includes(device_id))

/** Outages last minutes, or long enough that somebody has to go there. */
const outage = ({ dice }: Scene): number =>
  dice.pick([3, 20, 3 * HOUR, 14 * HOUR, 2 * DAY, 6 * DAY])

export const linkTroubles = {
  bridge_out: trouble('bridge_out', {
    level: 3,
    weight: 12,
    params: () => ({ bridge_id: z.string(), minutes: z.number().min(1) }),
    draw: (scene, stay) =>
      doorsOf(scene, stay.device_ids)
        .flatMap(({ bridge_id }) => bridge_id ?? [])
        .slice(0, 1)
        .map((bridge_id) => ({ at: scene.moment(stay), bridge_id, minutes: outage(scene) })),
    act: (stage, { bridge_id, minutes }) =>
      causeDamage(stage, 'bridge_out', {
        on: 'bridge.link',
        match: { bridge_id },
        between: forMinutes(stage, minutes),
        effect: { kind: 'down' },
        device_ids: stage.look((world) =>
          world.locks.all(locksBehind(bridge_id)).map(({ device_id }) => device_id),
        ),
      }),
    sentence: ({ minutes }) => `The bridge goes offline for ${lengthInWords(minutes)}.`,
  }),

  lock_offline: trouble('lock_offline', {
    level: 3,
    weight: 8,
    params: () => ({ device_id: z.string(), minutes: z.number().min(1) }),
    draw: (scene, stay) => [
      {
        at: scene.moment(stay),
        device_id: scene.dice.pick(stay.device_ids),
        minutes: outage(scene),
      },
    ],
    act: (stage, { device_id, minutes }) =>
      causeDamage(stage, 'lock_offline', {
        on: 'device.link',
        match: { device_id },
        between: forMinutes(stage, minutes),
        effect: { kind: 'down' },
        device_ids: [device_id],
      }),
    sentence: ({ device_id, minutes }, { door }) =>
      `${door(device_id)} loses its connection for ${lengthInWords(minutes)}.`,
  }),

  provider_away: trouble('provider_away', {
    level: 3,
    weight: 4,
    params: () => ({ connected_account_id: z.string(), minutes: z.number().min(1) }),
    draw: (scene, stay) =>
      doorsOf(scene, stay.device_ids)
        .slice(0, 1)
        .map(({ connected_account_id }) => ({
          at: scene.moment(stay),
          connected_account_id,
          minutes: scene.dice.pick([5, 45, 4 * HOUR, 20 * HOUR]),
        })),
    act: (stage, { connected_account_id, minutes }) =>
      void cause(stage, 'provider_away', {
        on: 'connected_account.link',
        match: { connected_account_id },
        between: forMinutes(stage, minutes),
        effect: { kind: 'down' },
      }),
    sentence: ({ minutes }) =>
      `The locks' provider cannot be reached for ${lengthInWords(minutes)}.`,
  }),
}
