/** Access systems as they stand on their sites. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { id, textOrNull, word } from './fields.ts'
import { acts, controlRoute, reads } from './route.ts'
import { acsModels } from './vocabulary.ts'

export const acsSystemId = () => id().describe('The access system: its `acs_system_id`.')

const name = (description: string) =>
  z
    .string()
    .min(1)
    .max(500)
    .meta({ description, examples: ['Grand Hotel'] })

export const acsSite = once(() =>
  z
    .strictObject({
      acs_system_id: z.string().describe('Its id.'),
      model: word(acsModels, 'Its brand.'),
      name: z.string().describe('Its name.'),
      connected_account_id: z.string().describe('The account that it belongs to.'),
      online: z.boolean().describe('Whether Seam reaches its server.'),
      cause: word(
        ['account_disconnected', 'bridge_disconnected', 'server_down'] as const,
        'Where the way is broken.',
      )
        .nullable()
        .describe('Where the way to its server is broken; null while it is whole.'),
      bridge_id: textOrNull('The Seam Bridge on its network.'),
      entrances: z
        .array(
          z.strictObject({
            acs_entrance_id: z.string().describe('Its id.'),
            display_name: z.string().describe('Its name.'),
          }),
        )
        .describe('Its doors.'),
      access_groups: z
        .array(
          z.strictObject({
            acs_access_group_id: z.string().describe('Its id.'),
            name: z.string().describe('Its name.'),
          }),
        )
        .describe('Its groups of doors.'),
      encoders: z
        .array(
          z.strictObject({
            acs_encoder_id: z.string().describe('Its id.'),
            display_name: z.string().describe('Its name.'),
          }),
        )
        .describe('Its encoders.'),
    })
    .meta({ id: 'acs_site', description: 'An access system with what stands on its site.' }),
)
export type AcsSite = z.output<ReturnType<typeof acsSite>>

const siteParts = () => ({
  entrances: z
    .array(
      z.strictObject({
        name: name('Its name.'),
        category: z
          .enum(['guest', 'common'])
          .describe('The door of one guest or unit, or one that many share.')
          .optional(),
        is_wired: z
          .boolean()
          .describe('Whether it has a line to the controller; as the brand has it when not given.')
          .optional(),
        metadata: z
          .record(z.string().max(100), z.unknown())
          .describe("Fields of the brand's metadata.")
          .optional(),
      }),
    )
    .max(1_000)
    .describe("Its doors; the sandbox's when not given.")
    .optional(),
  access_groups: z
    .array(
      z.strictObject({
        name: name('Its name.'),
        entrances: z.array(z.string().describe('A name.')).describe('The names of its doors.'),
        external_type: z.string().describe('Its type, where the brand has several.').optional(),
      }),
    )
    .max(1_000)
    .describe("Its groups of doors; the sandbox's when not given.")
    .optional(),
  encoders: z
    .array(name('Its name.'))
    .max(1_000)
    .describe("The names of its encoders; the sandbox's when not given.")
    .optional(),
})

export const acsSystemRoutes = {
  create: controlRoute({
    path: '/_emulator/acs_systems/create',
    methods: acts,
    summary:
      'Puts an access system of any brand on a site; account, Seam Bridge, doors, groups and encoders are made when not given.',
    params: () =>
      z.strictObject({
        model: z.enum(acsModels).describe('Its brand.'),
        name: name("Its name; the brand's when not given.").optional(),
        connected_account_id: id().describe('The account that it belongs to.').optional(),
        bridge_id: id().describe('The Seam Bridge on its network.').optional(),
        ...siteParts(),
      }),
    result: () => ({ acs_system: acsSite() }),
    example: () => ({ model: 'visionline', name: 'Grand Hotel' }),
  }),
  get: controlRoute({
    path: '/_emulator/acs_systems/get',
    methods: reads,
    summary: 'An access system with what stands on its site, and whether Seam reaches it.',
    params: () => z.strictObject({ acs_system_id: acsSystemId() }),
    result: () => ({ acs_system: acsSite() }),
    after: () => [{ path: '/_emulator/acs_systems/create', body: { model: 'visionline' } }],
    example: () => ({ acs_system_id: '<acs_system.acs_system_id>' }),
  }),
}
