/** Connect Webviews, which lead to connected accounts. */
import { z } from 'zod'
import { id } from './fields.ts'
import { acts, controlRoute } from './route.ts'
import { connectWebview, connectedAccount, seamDevice } from './seam.ts'

const webviewId = () => id().describe('The Connect Webview: its `connect_webview_id`.')

/** For the examples: a Connect Webview that nobody has signed in on. */
const newWebview = () => [{ path: '/connect_webviews/create', body: {} }]
const WEBVIEW = '<connect_webview.connect_webview_id>'

export const connectWebviewRoutes = {
  complete: controlRoute({
    path: '/_emulator/connect_webviews/complete',
    methods: acts,
    summary:
      'Signs in on a Connect Webview without a browser, and answers when the devices are there; a frozen clock leaps to that instant.',
    params: () =>
      z.strictObject({
        connect_webview_id: webviewId(),
        provider: z
          .string()
          .meta({
            description: 'A provider that the webview offers; its first one when not given.',
            examples: ['august'],
          })
          .optional(),
        email: z
          .string()
          .meta({
            description: 'A sandbox login of that provider; its first one when not given.',
            examples: ['jane@example.com'],
          })
          .optional(),
        wait_for_devices: z
          .boolean()
          .describe('Whether to answer only when the devices are there.')
          .default(true),
      }),
    result: () => ({
      connect_webview: connectWebview(),
      connected_account: connectedAccount(),
      devices: z.array(seamDevice()).describe('The devices that came with the account.'),
    }),
    after: newWebview,
    example: () => ({ connect_webview_id: WEBVIEW, provider: 'august' }),
  }),
  fail: controlRoute({
    path: '/_emulator/connect_webviews/fail',
    methods: acts,
    summary: 'Lets the login on a Connect Webview fail for good, without a browser.',
    params: () => z.strictObject({ connect_webview_id: webviewId() }),
    result: () => ({ connect_webview: connectWebview() }),
    after: newWebview,
    example: () => ({ connect_webview_id: WEBVIEW }),
  }),
}
