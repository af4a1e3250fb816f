import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { mergeCustomization } from '../../../sim/workspaces/customization.ts'
import { resetSandbox } from '../../../sim/workspaces/reset-sandbox.ts'
import { anyClient, serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { presentStartedAttempt } from '../action-attempts/wire.ts'
import { presentWorkspace } from './wire.ts'
import { actionAttempt } from '../action-attempts/wire.ts'
import { workspace } from './wire.ts'

const customization = once(() =>
  z.object({
    logo_shape: z.enum(['circle', 'square']).nullish(),
    primary_button_color: z.string().nullish(),
    primary_button_text_color: z.string().nullish(),
    success_message: z.string().nullish(),
  }),
)

const create = defineEndpoint({
  path: '/workspaces/create',
  methods: ['POST'],
  auth: [
    'pat_without_workspace',
    'console_session_with_workspace',
    'console_session_without_workspace',
  ],
  summary:
    'Makes an empty workspace for the user of the token. Its API key is seam_test_<name>, with a number if that is taken.',
  effect: 'unscoped',
  params: () =>
    z.object({
      name: z.string(),
      company_name: z.string().optional(),
      connect_partner_name: z.string().nullish(),
      connect_webview_customization: customization().optional(),
      is_sandbox: z.boolean().default(false),
      organization_id: id().optional(),
      webview_logo_shape: z.enum(['circle', 'square']).optional(),
      webview_primary_button_color: z.string().optional(),
      webview_primary_button_text_color: z.string().optional(),
      webview_success_message: z.string().optional(),
    }),
  result: () => ({ workspace: workspace() }),
  handler: ({ universe, services, auth }, params) => {
    const workspace_id = services.workspaces.create({
      name: params.name,
      company_name: params.company_name ?? params.connect_partner_name ?? params.name,
      is_sandbox: params.is_sandbox,
      user_id: auth.user_id ?? undefined,
      fixture: { name: 'empty' },
    })
    return universe.write(workspace_id, (world) => {
      world.updateWorkspace({
        organization_id: params.organization_id ?? null,
        connect_webview_customization: mergeCustomization(
          {},
          {
            logo_shape: params.webview_logo_shape,
            primary_button_color: params.webview_primary_button_color,
            primary_button_text_color: params.webview_primary_button_text_color,
            success_message: params.webview_success_message,
            ...params.connect_webview_customization,
          },
        ),
      })
      return { workspace: presentWorkspace(world) }
    })
  },
})

const get = defineEndpoint({
  path: '/workspaces/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'The workspace of the caller.',
  effect: 'read',
  params: () => z.object({}),
  result: () => ({ workspace: workspace() }),
  handler: ({ world }) => ({ workspace: presentWorkspace(world) }),
})

const list = defineEndpoint({
  path: '/workspaces/list',
  methods: ['GET', 'POST'],
  auth: [
    ...serverAuth,
    'pat_without_workspace',
    'console_session_without_workspace',
    'client_session',
  ],
  summary: 'The workspaces to which the user belongs; to an API key or client session, its own.',
  effect: 'unscoped',
  params: () => z.object({}),
  result: () => ({ workspaces: z.array(workspace()) }),
  handler: ({ universe, auth: { user_id, workspace_id } }) => {
    const own = workspace_id === null ? [] : [workspace_id]
    const ids = user_id === null ? own : universe.db.memberships.workspacesOf(user_id)
    return { workspaces: ids.map((it) => universe.read(it, presentWorkspace)) }
  },
})

const update = defineEndpoint({
  path: '/workspaces/update',
  methods: ['POST', 'PATCH'],
  auth: serverAuth,
  summary: 'Changes the name, the looks and the publishable key of a workspace.',
  effect: 'write',
  params: () =>
    z.object({
      name: z.string().optional(),
      connect_partner_name: z.string().optional(),
      connect_webview_customization: customization().optional(),
      is_publishable_key_auth_enabled: z.boolean().optional(),
      // Kept and shown, no more: what Seam answers the callers of a suspended workspace is not public.
      is_suspended: z.boolean().optional(),
      organization_id: id().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, params) => {
    const { workspace: old } = world
    world.updateWorkspace({
      name: params.name ?? old.name,
      company_name: params.connect_partner_name ?? old.company_name,
      is_publishable_key_auth_enabled:
        params.is_publishable_key_auth_enabled ?? old.is_publishable_key_auth_enabled,
      is_suspended: params.is_suspended ?? old.is_suspended,
      organization_id: params.organization_id ?? old.organization_id,
      connect_webview_customization: mergeCustomization(
        old.connect_webview_customization,
        params.connect_webview_customization ?? {},
      ),
    })
    return {}
  },
})

const reset = defineEndpoint({
  path: '/workspaces/reset_sandbox',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    'Puts a sandbox back to its starting state a moment later; keys, webhooks and faults stay.',
  effect: 'write',
  action_attempt_type: 'RESET_SANDBOX_WORKSPACE',
  params: () => z.object({}),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world }) => ({ action_attempt: presentStartedAttempt(resetSandbox(world)) }),
})

export const workspaceEndpoints = [create, get, list, update, reset]
