/** A world as data: what a fixture file may say. Its lists are said by the resources (fixture-parts.ts). */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { fixtureId, fixtureText } from '../kernel/fixture-part.ts'
import { problemOfSetting } from '../kernel/settings.ts'
import { fixtureParts } from './fixture-parts.ts'

const user = () =>
  z.strictObject({
    user_id: fixtureId("The user's id."),
    personal_access_tokens: z
      .array(fixtureId('A personal access token.'))
      .default([])
      .describe('Tokens that the user signs in with.'),
    console_session_keys: z
      .array(fixtureId('A key.'))
      .default([])
      .describe('Keys of console sessions, whose tokens are JWTs of `{user_id, key}`.'),
  })

const ofWorkspace = () => ({
  $schema: z.string().describe('Where editors find the schema.').optional(),
  name: fixtureText('The name of the world.').min(1),
  description: fixtureText('What the world is for.').optional(),
  loose_ids: z
    .boolean()
    .default(false)
    .describe(
      "Whether ids of this world need not be UUIDs; its lists of events then have the oldest first, as the vendor's fake.",
    ),
  workspace: z
    .strictObject({
      name: fixtureText("The workspace's name."),
      company_name: fixtureText('The company that it is of.').optional(),
      workspace_id: fixtureId('Its id; the first workspace of the world has it.').optional(),
      is_sandbox: z.boolean().default(true).describe('Whether it is a sandbox.'),
    })
    .describe('The workspace itself.')
    .optional(),
  api_keys: z
    .array(
      z.strictObject({
        token: fixtureId('The key.'),
        name: fixtureText('What it is called.').optional(),
      }),
    )
    .default([])
    .describe(
      'Keys of this very world. It exists once: a world with keys of its own opens for no other key.',
    ),
  publishable_key: fixtureId('Its publishable key; made when not given.').optional(),
  users: z
    .array(user())
    .default([])
    .describe('People who belong to the workspace, with what they sign in by.'),
  settings: z
    .record(z.string(), z.union([z.number(), z.boolean(), z.null()]))
    .superRefine((settings, context) => {
      for (const [name, value] of Object.entries(settings)) {
        const message = problemOfSetting(name, value)
        if (message !== null) context.addIssue({ code: 'custom', path: [name], message })
      }
    })
    .default({})
    .describe('Settings that differ from the usual ones; see `settings/get`.'),
  default_seed: z
    .record(z.string(), z.string())
    .describe(
      "What `GET /_fake/default_seed` answers. With it come the other routes of the vendor's fake.",
    )
    .optional(),
})

type Parts = typeof fixtureParts

/** Two signatures, as a loop over names cannot tell the compiler which list has which schema. */
function listFields(parts: Parts): { [List in keyof Parts]: ReturnType<Parts[List]['schema']> }
function listFields(parts: Record<string, { schema: () => z.ZodType }>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(parts).map(([list, { schema }]) => [list, schema()]))
}

const worldSchema = once(() => z.strictObject({ ...ofWorkspace(), ...listFields(fixtureParts) }))

/** A world, with the worlds that are always made with it. */
export const fixtureSchema = once(() =>
  worldSchema().extend({
    companions: z
      .array(worldSchema())
      .default([])
      .describe('Worlds that are always made with this one; each needs an API key.'),
  }),
)

export type Fixture = z.infer<ReturnType<typeof fixtureSchema>>
