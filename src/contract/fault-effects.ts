/**
 * Where faults strike and what each does there: the shapes, said once. What an effect does stands
 * in one file for each room: `sim/access-codes/code-command-faults.ts`, `sim/action-attempts/device-command-faults.ts`,
 * `sim/links/kinds.ts`, `webhooks/delivery-faults.ts` and `api/http/faults`.
 */
import { z } from 'zod'
import { duration } from '../lib/duration.ts'
import { once } from '../lib/once.ts'
import { credential, encoder, entrance, push } from './fault-effects-acs.ts'
import {
  words,
  some,
  effect,
  message,
  delay,
  neverConfirm,
  providerUnavailable,
} from './fault-parts.ts'

/** The access code's own errors of Seam's OpenAPI document that a lock or its provider may answer with. */
const accessCodeErrors = [
  'failed_to_set_on_device',
  'failed_to_remove_from_device',
  'duplicate_code_on_device',
  'no_space_for_access_code_on_device',
  'access_code_inactive',
  'insufficient_permissions',
  'provider_issue',
] as const

const failCode = () =>
  effect('fail', 'The lock refuses the command; Seam tries again after `retry_every`.', {
    error_code: z
      .enum(accessCodeErrors)
      .meta({
        description:
          'The error of the access code. One that does not begin with `failed_to_` is told at once; the general one of the command, when not given, after `fail_after`.',
        examples: ['provider_issue'],
      })
      .optional(),
    message: message(),
  })

const loseLater = () =>
  effect(
    'lose_later',
    'The lock confirms the code and forgets it after a while, in workspace time.',
    { after: some('After how long.', '2h') },
  )

const removing = once(() =>
  z.discriminatedUnion('kind', [failCode(), delay(), neverConfirm(), providerUnavailable()]),
)

const setting = once(() => z.discriminatedUnion('kind', [...removing().options, loseLater()]))

const bolt = once(() =>
  z.discriminatedUnion('kind', [
    effect('fail', 'The action attempt ends with this error; the bolt does not move.', {
      error_code: words(
        "Becomes the attempt's `error.type`, which Seam leaves open; `uncategorized_error` when not given.",
        'motor_stuck',
      ).optional(),
      message: message(),
    }),
    delay(),
    neverConfirm(),
    providerUnavailable(),
  ]),
)

/** What can happen to a command to any other device. */
const toDevice = () =>
  [
    effect('fail', 'The action attempt ends with this error; the device keeps what it had.', {
      error_code: words(
        "Becomes the attempt's `error.type`, which Seam leaves open; `uncategorized_error` when not given.",
        'rejected_by_device',
      ).optional(),
      message: message(),
    }),
    effect('delay', 'The device answers so much later, in workspace time.', {
      by: some('How much later.', '40m'),
    }),
    effect(
      'never_confirm',
      'No answer ever comes: the device does what it was told all the same, and the action attempt stays pending.',
      {},
    ),
    providerUnavailable(),
  ] as const

const command = once(() => z.discriminatedUnion('kind', toDevice()))

const keeping = once(() =>
  z.discriminatedUnion('kind', [
    ...toDevice(),
    effect(
      'lose_later',
      'The device confirms what it was told and forgets it after a while, in workspace time.',
      { after: some('After how long.', '2h') },
    ),
  ]),
)

const link = once(() =>
  z.discriminatedUnion('kind', [
    effect(
      'down',
      'The link is down: during `between`, or for `for`, or until the fault is deleted.',
      { for: some('For how long; until the fault ends when not given.', '5m').optional() },
    ),
    effect(
      'flap',
      'The link goes down every `every`, each time for `for`; `times` counts the outages.',
      {
        // Assumed: nobody who looks after a lock is told of outages that follow each other faster.
        every: some(
          'From the beginning of one outage to that of the next; a second at least.',
          '10m',
        ).refine((ms) => ms >= 1_000, { message: 'must be a second at least' }),
        for: some('How long each outage lasts; shorter than `every`.', '2m'),
      },
    ).refine((flap) => flap.for < flap.every, {
      path: ['for'],
      message: 'must be shorter than `every`, or the link never comes back',
    }),
  ]),
)

const handled = () =>
  z
    .boolean()
    .meta({
      description:
        'The call takes effect and only its answer is lost. Without it, nothing happens at the server.',
      examples: [true],
    })
    .optional()

const http = once(() =>
  z.discriminatedUnion('kind', [
    effect(
      'status',
      "The answer is this HTTP status with Seam's error body; 429 and 503 carry Retry-After.",
      {
        status: z
          .int()
          .min(400)
          .max(599)
          .meta({ description: 'The status.', examples: [503] }),
        type: words(
          "Seam's error type; the usual one of the status when not given.",
          'service_unavailable',
        ).optional(),
        message: message(),
        retry_after: duration()
          .meta({
            description:
              'For how long the client is asked to stay away: `Retry-After`, in whole seconds. One second for 429 and 503 when not given.',
            examples: ['90s'],
          })
          .optional(),
        handled: handled(),
      },
    ),
    effect(
      'delay',
      'The answer is held back for so long in real time: an SDK waits on its own clock, not on the workspace’s.',
      { by: some('For how long, in real time.', '500ms') },
    ),
    effect('reset', 'The connection is reset without an answer.', { handled: handled() }),
    effect(
      'truncate',
      'The call takes effect; its answer breaks off in the middle and the connection closes.',
      {},
    ),
    effect('malformed', 'The call takes effect; its answer says that it is JSON and is none.', {}),
    effect('hang', 'No answer comes; the connection stays open until the client gives up.', {
      handled: handled(),
    }),
  ]),
)

const webhook = once(() =>
  z.discriminatedUnion('kind', [
    effect('drop', 'The message is lost for good: it is never sent, and not tried again.', {}),
    effect(
      'duplicate',
      'The message is sent again, with the same svix-id: once, or `copies` times.',
      {
        copies: z
          .int()
          .min(1)
          .max(100)
          .default(1)
          .meta({ description: 'How many more times it is sent.', examples: [2] }),
      },
    ),
    effect(
      'reorder',
      "The message waits until the webhook's next one has gone first, or for `within` of workspace time.",
      {
        within: some('How long it waits at most, in workspace time.', '1h').default(3_600_000),
      },
    ),
    effect('delay', 'The message is sent so much later, in workspace time.', {
      by: some('How much later.', '10m'),
    }),
    effect(
      'bad_signature',
      'The message is signed with a wrong secret: a careful receiver answers 4xx.',
      {},
    ),
    effect(
      'stale_timestamp',
      'The message is well signed, with a timestamp too old to be accepted (by real time).',
      { by: some('How old the timestamp is.', '10m').default(600_000) },
    ),
    effect('slow', 'The body arrives in two halves, so far apart in real time.', {
      by: some('How far apart, in real time.', '2s').default(2_000),
    }),
  ]),
)

/** The effects that fit each group of occasions. */
export const effectsOf = {
  setting,
  removing,
  bolt,
  command,
  keeping,
  push,
  credential,
  encoder,
  entrance,
  link,
  http,
  webhook,
}

type Group = keyof typeof effectsOf

/** An effect of one group, in the form in which it is kept: durations in ms. */
export type EffectOf<G extends Group> = z.output<ReturnType<(typeof effectsOf)[G]>>
export type FaultEffect = EffectOf<Group>
