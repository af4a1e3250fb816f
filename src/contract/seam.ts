/**
 * Objects of Seam's own API, as the control API answers them. Only the fields that clients of the
 * control API want most are named here; the whole object comes along, and the server checks it by
 * its own schema of Seam's document.
 */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { instant, textOrNull } from './fields.ts'
import { eventTypes } from './vocabulary.ts'

export const codeStatuses = ['setting', 'set', 'unset', 'removing', 'unknown'] as const
export const deviceStatuses = ['online', 'offline'] as const
/** Whether a method can be handed out; its field is `is_issued`. */
export const methodStatuses = ['issued', 'not_issued'] as const
export const attemptStatuses = ['pending', 'success', 'error'] as const

/** The server presents these objects by a schema of its own, which is stricter. */
export const ofSeam = <T extends object, I extends object>(
  schema: z.ZodType<T, I>,
): z.ZodType<T, object> => schema

const text = (description: string) => z.string().describe(description)

export const errors = once(() =>
  z
    .array(
      z.object({
        error_code: text('Which error it is.').optional(),
        message: text('The error in words.'),
      }),
    )
    .describe('What is wrong.'),
)

export const warnings = once(() =>
  z
    .array(
      z.object({
        warning_code: text('Which warning it is.').optional(),
        message: text('The warning in words.'),
      }),
    )
    .describe('What may go wrong.'),
)

/** What is wrong with a thing, and what may go wrong. */
export const issues = () => ({ errors: errors(), warnings: warnings() })

export const seamDevice = once(() =>
  ofSeam(
    z
      .object({
        device_id: text('Its id.'),
        device_type: text('Such as `august_lock`.'),
        display_name: text('How it is shown.').optional(),
        connected_account_id: text('The account that it belongs to.').optional(),
        is_managed: z.boolean().describe('Whether the workspace manages it.').optional(),
        properties: z
          .object({
            online: z.boolean().describe('Whether it can be reached.').optional(),
            name: text('The name that its provider knows.').optional(),
            locked: z.boolean().describe('Whether the bolt is out.').optional(),
          })
          .describe('What it is and how it fares.')
          .optional(),
        errors: errors().optional(),
        warnings: warnings().optional(),
      })
      .describe("A device as Seam's API shows it."),
  ),
)
export type SeamDevice = z.output<ReturnType<typeof seamDevice>>

export const seamAccessCode = once(() =>
  ofSeam(
    z
      .object({
        access_code_id: text('Its id.'),
        device_id: text('The lock that it is for.'),
        status: z.enum(codeStatuses).describe('How far it has come.'),
        code: textOrNull('The PIN; null while nobody knows it.').optional(),
        name: textOrNull('Its name.').optional(),
        type: z.enum(['ongoing', 'time_bound']).describe('Whether it ends.').optional(),
        starts_at: textOrNull('From when it opens the door.').optional(),
        ends_at: textOrNull('Until when it opens the door.').optional(),
        is_managed: z.boolean().describe('Whether the workspace manages it.').optional(),
        errors: errors().optional(),
        warnings: warnings().optional(),
      })
      .describe("An access code as Seam's API shows it."),
  ),
)
export type SeamAccessCode = z.output<ReturnType<typeof seamAccessCode>>

export const seamEvent = once(() =>
  ofSeam(
    z
      .object({
        event_id: text('Its id.'),
        event_type: z.enum(eventTypes).describe('What happened.'),
        workspace_id: text('Where it happened.'),
        created_at: instant('When it was recorded.'),
        occurred_at: instant('When it happened.'),
        device_id: text('The device that it is about.').optional(),
        access_code_id: text('The access code that it is about.').optional(),
        access_grant_id: text('The access grant that it is about.').optional(),
        access_method_id: text('The access method that it is about.').optional(),
        acs_credential_id: text('The credential of an access system that it is about.').optional(),
        space_id: text('The space that it is about.').optional(),
        connected_account_id: text('The connected account that it is about.').optional(),
        connect_webview_id: text('The Connect Webview that it is about.').optional(),
        action_attempt_id: text('The action attempt that it is about.').optional(),
        code: textOrNull('The PIN that it is about.').optional(),
      })
      .describe("An event as Seam's API shows it; what is special to its type comes along."),
  ),
)
export type SeamEvent = z.output<ReturnType<typeof seamEvent>>

export const seamAccessGrant = once(() =>
  ofSeam(
    z
      .object({
        access_grant_id: text('Its id.'),
        access_grant_key: text('Its key.').optional(),
        display_name: text('How it is shown.'),
        access_method_ids: z.array(z.string()).describe('The ways in that came of it.'),
        errors: errors().optional(),
        warnings: warnings().optional(),
      })
      .describe("An access grant as Seam's API shows it."),
  ),
)
export type SeamAccessGrant = z.output<ReturnType<typeof seamAccessGrant>>

export const seamAccessMethod = once(() =>
  ofSeam(
    z
      .object({
        access_method_id: text('Its id.'),
        mode: text('Such as `code`.'),
        is_issued: z.boolean().describe('Whether it can be handed out.'),
        code: textOrNull('The PIN; null while nobody knows it.').optional(),
        errors: errors().optional(),
        warnings: warnings().optional(),
      })
      .describe("An access method as Seam's API shows it."),
  ),
)
export type SeamAccessMethod = z.output<ReturnType<typeof seamAccessMethod>>

export const actionAttempt = once(() =>
  ofSeam(
    z
      .object({
        action_attempt_id: text('Its id.'),
        action_type: text('What is attempted, such as `UNLOCK_DOOR`.'),
        status: z.enum(attemptStatuses).describe('How far it has come.'),
        error: z
          .object({ type: text('Which error it is.'), message: text('The error in words.') })
          .nullable()
          .describe('Why it failed.')
          .optional(),
      })
      .describe("An action attempt as Seam's API shows it."),
  ),
)
export type ActionAttempt = z.output<ReturnType<typeof actionAttempt>>

export const connectWebview = once(() =>
  ofSeam(
    z
      .object({
        connect_webview_id: text('Its id.'),
        url: text('Its page.'),
        status: z.enum(['pending', 'failed', 'authorized']).describe('How far it has come.'),
        login_successful: z.boolean().describe('Whether somebody has signed in.'),
        connected_account_id: textOrNull('The account that it led to.'),
        selected_provider: textOrNull('The provider that was chosen.'),
      })
      .describe("A Connect Webview as Seam's API shows it."),
  ),
)
export type ConnectWebview = z.output<ReturnType<typeof connectWebview>>

export const connectedAccount = once(() =>
  ofSeam(
    z
      .object({
        connected_account_id: text('Its id.'),
        account_type: text('Whose account it is, such as `august`.').optional(),
        display_name: text('How it is shown.').optional(),
        errors: errors(),
        warnings: warnings(),
      })
      .describe("A connected account as Seam's API shows it."),
  ),
)
export type ConnectedAccount = z.output<ReturnType<typeof connectedAccount>>

export const seamWebhook = once(() =>
  ofSeam(
    z
      .object({
        webhook_id: text('Its id.'),
        url: text('Where its messages go.'),
        event_types: z
          .array(z.string())
          .describe('What it receives; `["*"]` is everything.')
          .optional(),
        secret: text('What its messages are signed with; a receiver verifies them by it.'),
      })
      .describe("A webhook as Seam's API shows it."),
  ),
)
export type Webhook = z.output<ReturnType<typeof seamWebhook>>
