/** What can happen to calls and webhooks on their way. */
import { z } from 'zod'
import { DAY, HOUR } from '../story.ts'
import { cause, forMinutes } from './cause.ts'
import { lengthInWords, trouble } from './kind.ts'

const messages = () => ({ times: z.number().int().min(1), minutes: z.number().min(1) })

/** Trouble with webhooks, during some time and for so many of them. */
const webhook = (
  does: string,
  level: 1 | 2,
  effect: () => Record<string, unknown>,
  words: string,
) =>
  trouble(does, {
    level,
    weight: 6,
    params: messages,
    draw: ({ dice, moment }, stay) => [
      {
        at: dice.happens(0.5) ? Math.max(0, stay.booked_at - 1) : moment(stay),
        times: dice.pick([1, 3, 1000]),
        minutes: dice.pick([2 * HOUR, 2 * DAY, 30 * DAY]),
      },
    ],
    act: (stage, { times, minutes }) =>
      void cause(stage, does, {
        on: 'webhook',
        times,
        between: forMinutes(stage, minutes),
        effect: effect(),
      }),
    sentence: ({ times, minutes }) =>
      times >= 1000
        ? `For ${lengthInWords(minutes)}, webhooks are ${words}.`
        : `Within ${lengthInWords(minutes)}, ${times === 1 ? 'a webhook is' : `${times} webhooks are`} ${words}.`,
  })

/** Calls that make something: to lose the answer of one is another thing than to lose that of a list. */
const CREATES = ['/access_codes/create', '/access_grants/create', '/customers/push_data']

/** Trouble with the app's calls to the API. */
const calls = (
  does: string,
  effect: () => Record<string, unknown>,
  words: { one: string; many: string },
) =>
  trouble(does, {
    level: 2,
    weight: 4,
    params: () => ({ times: z.number().int().min(1), only_creates: z.boolean() }),
    draw: ({ dice, moment }, stay) => [
      {
        at: dice.happens(0.6) ? Math.max(0, stay.booked_at - 1) : moment(stay),
        times: dice.pick([1, 2, 5]),
        only_creates: dice.happens(0.4),
      },
    ],
    act: (stage, { times, only_creates }) =>
      void cause(stage, does, {
        on: 'http',
        times,
        ...(only_creates && { match: { path: CREATES } }),
        effect: effect(),
      }),
    sentence: ({ times, only_creates }) => {
      const what = only_creates ? ' that makes something' : ''
      const whats = only_creates ? ' that make something' : ''
      return times === 1
        ? `The next call of the app to the API${what} ${words.one}.`
        : `The next ${times} calls of the app to the API${whats} ${words.many}.`
    },
  })

export const trafficTroubles = {
  webhook_lost: webhook('webhook_lost', 1, () => ({ kind: 'drop' }), 'lost for good'),
  webhook_twice: webhook('webhook_twice', 1, () => ({ kind: 'duplicate' }), 'sent twice'),
  webhook_late: webhook('webhook_late', 1, () => ({ kind: 'delay', by: '3h' }), 'three hours late'),
  webhook_out_of_order: webhook(
    'webhook_out_of_order',
    1,
    () => ({ kind: 'reorder' }),
    'overtaken by later ones',
  ),
  call_fails: calls('call_fails', () => ({ kind: 'status', status: 503 }), {
    one: 'fails with 503; nothing happens at the server',
    many: 'fail with 503; nothing happens at the server',
  }),
  answer_lost: calls('answer_lost', () => ({ kind: 'status', status: 502, handled: true }), {
    one: 'takes effect, but its answer is lost (502)',
    many: 'take effect, but their answers are lost (502)',
  }),
  rate_limited: calls('rate_limited', () => ({ kind: 'status', status: 429, retry_after: '1s' }), {
    one: 'is refused with 429',
    many: 'are refused with 429',
  }),
}
