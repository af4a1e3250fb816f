/** Why a credential of an access system opens a door, or does not. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { credentialWaits, doorCauses } from './acs-explanations.ts'
import { acsCard, doorRefusalWords, entranceId } from './acs-doors.ts'
import { id, textOrNull, word } from './fields.ts'
import { controlRoute, reads } from './route.ts'

const state = (what: string) =>
  z
    .strictObject({
      code: textOrNull('The PIN.'),
      card_number: textOrNull('The card.'),
      starts_at: textOrNull('From when.'),
      ends_at: textOrNull('Until when.'),
      acs_user_id: textOrNull('Whose it is.'),
      acs_entrance_ids: z.array(z.string()).describe('The doors that it names itself.'),
    })
    .nullable()
    .describe(what)

const explanation = once(() =>
  z
    .strictObject({
      acs_credential_id: z.string().describe('The credential.'),
      acs_entrance_id: textOrNull('The door that was asked about.'),
      summary: z.array(z.string()).describe('All of this in sentences for people.'),
      declared: state('What the API was asked for; null when the credential is gone.'),
      on_server: state('What the server of the access system has.'),
      at_door: z
        .strictObject({
          knows_by: word(['table', 'copy', 'card'] as const, 'By what the door judges.'),
          opens_now: z.boolean().describe('Whether it opens to the credential now.'),
          reason: word(doorRefusalWords, 'Why not.')
            .nullable()
            .describe('Why not; null when it opens.'),
          cause: word(doorCauses, 'What of the credential, its user, its card or the door it is.')
            .nullable()
            .describe('What it is that makes the door refuse; null when it opens.'),
        })
        .nullable()
        .describe('What the door makes of it; null when no door was asked about.'),
      on_card: acsCard().nullable().describe('The card that it was written on.'),
      waits_for: z
        .strictObject({
          reason: word(credentialWaits, 'What for.'),
          until: textOrNull('When it is looked at again.'),
        })
        .describe('What it waits for.'),
      issues: z
        .array(
          z.strictObject({
            of: word(
              ['acs_credential', 'acs_user', 'acs_entrance', 'acs_system'] as const,
              'Whose it is.',
            ),
            code: z.string().describe('The error, warning or pending mutation.'),
            message: z.string().describe('What is the matter.'),
            help: textOrNull('What to do about it; null where there is nothing to do.'),
          }),
        )
        .describe(
          'What the credential, its user, its access system and the door tell of themselves.',
        ),
      help: z.array(z.string()).describe('What would help, in sentences for people.'),
    })
    .meta({
      id: 'credential_explanation',
      description: 'A credential as it is declared, on its server, at a door and on its card.',
    }),
)
export type CredentialExplanation = z.output<ReturnType<typeof explanation>>

export const acsCredentialRoutes = {
  explain: controlRoute({
    path: '/_emulator/acs_credentials/explain',
    methods: reads,
    summary:
      'A credential as it is declared, on the server, at a door and on its card: where they differ, and what it waits for.',
    params: () =>
      z.strictObject({
        acs_credential_id: id().describe('The credential; also one that is gone.'),
        acs_entrance_id: entranceId().optional(),
      }),
    result: () => ({ explanation: explanation() }),
    after: () => [
      { path: '/_emulator/acs_systems/create', body: { model: 'brivo' } },
      {
        path: '/acs/users/create',
        body: { acs_system_id: '<acs_system.acs_system_id>', full_name: 'Ada' },
      },
      {
        path: '/acs/credentials/create',
        body: { acs_user_id: '<acs_user.acs_user_id>', access_method: 'code' },
      },
    ],
    example: () => ({ acs_credential_id: '<acs_credential.acs_credential_id>' }),
  }),
}
