/** Doors, encoders and cards of access systems, as people meet them. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { count, id, textOrNull, word } from './fields.ts'
import { acts, actsOn, controlRoute, reads } from './route.ts'

export const entranceId = () => id().describe('The door: its `acs_entrance_id`.')
const encoderId = () => id().describe('The encoder: its `acs_encoder_id`.')
const flag = (description: string) => z.boolean().describe(description)

export const doorRefusalWords = [
  'unknown_code',
  'expired_code',
  'blocklisted_code',
  'blocked_by_privacy_mode',
  'credential_error',
] as const

const door = once(() =>
  z
    .strictObject({
      acs_entrance_id: z.string().describe('Its id.'),
      acs_system_id: z.string().describe('Its access system.'),
      display_name: z.string().describe('Its name.'),
      is_wired: flag('Whether it has a line to the controller, whose table judges.'),
      online: flag('Whether its line works; it has none, or it is cut, when not.'),
      in_privacy_mode: flag('Whether somebody inside wants no visitors.'),
      seen_issue: count('The highest number of a card that was shown to it.'),
    })
    .meta({ id: 'acs_door', description: 'A door of an access system as it hangs there.' }),
)
export type AcsDoor = z.output<ReturnType<typeof door>>

export const acsCard = once(() =>
  z
    .strictObject({
      card_number: z.string().describe('The number that is burnt into it.'),
      format: word(['rfid48', 'TLCode'] as const, 'What can be written on it.'),
      acs_encoder_id: textOrNull('The encoder that it lies on.'),
      is_damaged: flag('Whether it cannot be read any more.'),
      written_at: textOrNull('When it was written.'),
      contents: z
        .strictObject({
          acs_system_id: z.string().describe('The access system that wrote it.'),
          acs_credential_id: z.string().describe('The credential that was written.'),
          acs_user_id: textOrNull('Whose it was.'),
          issue: count('The number of its issue.'),
          starts_at: textOrNull('From when it opens doors.'),
          ends_at: textOrNull('Until when it opens doors.'),
          acs_entrance_ids: z.array(z.string()).describe('The doors that it opens.'),
          door_windows: z
            .array(
              z.strictObject({
                acs_entrance_id: z.string().describe('The door.'),
                starts_at: z.string().describe('From when.'),
                ends_at: textOrNull('Until when.'),
              }),
            )
            .describe(
              'Of doors that open by access groups with schedules: one of a door’s windows must hold too.',
            ),
        })
        .nullable()
        .describe('What stands on it; null for a blank one.'),
      carried: z
        .array(
          z.strictObject({
            at: z.string().describe('When.'),
            acs_entrance_id: z.string().describe('The door.'),
            acs_user_id: textOrNull('Whose card it was then.'),
          }),
        )
        .describe(
          'Openings that nobody knows of yet: doors of Salto Space without a line and with `audit_on_keys` write them on the card, and the next reader with a line or encoder tells them.',
        ),
    })
    .meta({ id: 'acs_card', description: 'A card: what was last written on it.' }),
)
export type AcsCard = z.output<ReturnType<typeof acsCard>>

const encoder = once(() =>
  z
    .strictObject({
      acs_encoder_id: z.string().describe('Its id.'),
      acs_system_id: z.string().describe('Its access system.'),
      display_name: z.string().describe('Its name.'),
      online: flag('Whether its cable is in.'),
      auto_card: flag('Whether blank cards come by themselves.'),
      card: acsCard().nullable().describe('The card that lies on it.'),
      queue: z.array(z.string()).describe('The action attempts that wait for it, in order.'),
    })
    .meta({ id: 'acs_encoder_device', description: 'An encoder as it stands on its desk.' }),
)
export type AcsEncoderDevice = z.output<ReturnType<typeof encoder>>

const presented = once(() => ({
  opened: flag('Whether the door opened.'),
  reason: word(doorRefusalWords, 'Why not.').nullable().describe('Why not; null when it opened.'),
  acs_credential_id: z.string().describe('The credential that the door knows it as.').optional(),
  acs_user_id: z.string().describe('The user whose it is.').optional(),
}))
const presentedObject = once(() => z.object(presented()))
export type AcsDoorAnswer = z.output<ReturnType<typeof presentedObject>>

const hotel = [{ path: '/_emulator/acs_systems/create', body: { model: 'visionline' } }]
const firstDoor = '<acs_system.entrances.0.acs_entrance_id>'
const firstEncoder = '<acs_system.encoders.0.acs_encoder_id>'

const onDoor = actsOn('entrances', {
  result: () => ({ entrance: door() }),
  after: () => hotel,
  example: () => ({ acs_entrance_id: firstDoor }),
})

export const entranceRoutes = {
  present: controlRoute({
    path: '/_emulator/acs_systems/present',
    methods: acts,
    summary:
      "Somebody types a PIN at a door, or holds a card or phone to it: the door's own answer at this instant.",
    params: () =>
      z.strictObject({
        acs_entrance_id: entranceId(),
        code: z.string().min(1).max(32).describe('The PIN that is typed.').optional(),
        card_number: z.string().min(1).max(100).describe('The card that is shown.').optional(),
        acs_credential_id: id().describe('The key on a phone, or in the cloud.').optional(),
      }),
    result: presented,
    after: () => hotel,
    example: () => ({ acs_entrance_id: firstDoor, card_number: '04A1B2C3D4E5F607' }),
  }),
  get: controlRoute({
    path: '/_emulator/entrances/get',
    methods: reads,
    summary: 'A door of an access system: its line, privacy, and what it has seen.',
    params: () => z.strictObject({ acs_entrance_id: entranceId() }),
    result: () => ({ entrance: door() }),
    after: () => hotel,
    example: () => ({ acs_entrance_id: firstDoor }),
  }),
  set_online: onDoor(
    'set_online',
    "Cuts a door's line to its controller, or mends it; meanwhile it judges by what it knew.",
    () => z.strictObject({ acs_entrance_id: entranceId(), online: flag('Whether it works.') }),
    { online: false },
  ),
  set_privacy_mode: onDoor(
    'set_privacy_mode',
    'Somebody inside wants no visitors, or has them again.',
    () =>
      z.strictObject({
        acs_entrance_id: entranceId(),
        enabled: flag('Whether it is on.').default(true),
      }),
    { enabled: true },
  ),
}

const onEncoder = actsOn('encoders', {
  result: () => ({ encoder: encoder() }),
  after: () => hotel,
  example: () => ({ acs_encoder_id: firstEncoder }),
})

const encoderOnly = () => z.strictObject({ acs_encoder_id: encoderId() })

export const encoderRoutes = {
  get: controlRoute({
    path: '/_emulator/encoders/get',
    methods: reads,
    summary: 'An encoder: its cable, the card that lies on it, and what waits for it.',
    params: encoderOnly,
    result: () => ({ encoder: encoder() }),
    after: () => hotel,
    example: () => ({ acs_encoder_id: firstEncoder }),
  }),
  place_card: onEncoder(
    'place_card',
    'Puts a card on an encoder, a blank one when none is named; from then on none comes by itself.',
    () =>
      z.strictObject({
        acs_encoder_id: encoderId(),
        card_number: z.string().min(1).max(100).describe('A card that there is.').optional(),
        format: z.enum(['rfid48', 'TLCode']).describe('The format of a new card.').optional(),
      }),
  ),
  remove_card: onEncoder(
    'remove_card',
    'Takes the card away; one that is being written cannot be read after that.',
    encoderOnly,
  ),
  set_online: onEncoder(
    'set_online',
    "Pulls an encoder's cable, or puts it in.",
    () => z.strictObject({ acs_encoder_id: encoderId(), online: flag('Whether its cable is in.') }),
    { online: false },
  ),
}

export const cardRoutes = {
  list: controlRoute({
    path: '/_emulator/cards/list',
    methods: reads,
    summary: 'All cards, with what stands on them, whatever became of their credentials.',
    params: () => z.strictObject({}),
    result: () => ({ cards: z.array(acsCard()).describe('All cards.') }),
    example: () => ({}),
  }),
}
