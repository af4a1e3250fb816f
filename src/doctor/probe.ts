/** Probes of the integration's own webhook endpoints. They are sent over HTTP like real deliveries. */
import type { JournalEntry } from '../contract/requests.ts'
import { count, isMutation } from './evidence.ts'
import type { Evidence, Finding } from './evidence.ts'

/** So long the integration may take to react to a duplicate, ms. */
const REACTION = 1_000

const isOwnInbox = (url: string): boolean => url.includes('/_emulator/inbox/receive/')

const now = (): string => String(Math.floor(Date.now() / 1_000))

/** Right in form, wrong in content: nobody has the secret for this one. */
const forgedHeaders = (): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'seam-emulator-doctor',
  'svix-id': 'msg_seam_emulator_doctor_probe',
  'svix-timestamp': now(),
  'svix-signature': `v1,${Buffer.from('forged by seam-emulator doctor..').toString('base64')}`,
})

const forgedEvent = (workspace_id: string | undefined): string => {
  const at = new Date().toISOString()
  return JSON.stringify({
    event_id: '00000000-0000-4000-8000-0000000d0c70',
    event_type: 'device.connected',
    workspace_id,
    device_id: '00000000-0000-4000-8000-0000000d0c71',
    created_at: at,
    occurred_at: at,
  })
}

/** What probes are made with: the world outside, and the workspace. */
export interface Prober {
  /** Sends it; the status of the answer, or why there was none. */
  post(url: string, headers: Record<string, string>, body: string): Promise<number | string>
  /** Sends an event once more, and waits for the answer. */
  resend(event_id: string, webhook_id: string): Promise<void>
  /** The calls of the integration so far. */
  calls(): readonly JournalEntry[]
  pause(ms: number): Promise<void>
}

/** A delivery with a bad signature must be refused with a 4xx. */
export const probeSignatures = async (
  prober: Prober,
  { webhooks, events }: Evidence,
): Promise<Finding[]> => {
  const check = 'signature'
  const workspace_id = events.at(0)?.workspace_id
  const findings: Finding[] = []
  for (const { url } of webhooks) {
    if (isOwnInbox(url)) continue
    const answer = await prober.post(url, forgedHeaders(), forgedEvent(workspace_id))
    if (typeof answer === 'string') {
      findings.push({
        check,
        verdict: 'unknown',
        text: `${url} did not answer a forged webhook: ${answer}.`,
      })
    } else if (answer >= 400 && answer < 500) {
      findings.push({
        check,
        verdict: 'good',
        text: `${url} refused a forged webhook with ${answer}.`,
      })
    } else {
      findings.push({
        check,
        verdict: 'wrong',
        text: `${url} answered ${answer} to a forged webhook.`,
        advice:
          "Verify every request with SeamWebhook (or any Svix verifier) and the webhook's secret, and answer 400 where that fails. Verify the body as it came, before JSON parsing.",
      })
    }
  }
  return findings
}

/** The same event twice must change nothing the second time. */
export const probeDuplicates = async (
  prober: Prober,
  { deliveries, webhooks }: Evidence,
): Promise<Finding[]> => {
  const check = 'duplicates'
  const own = new Set(webhooks.filter(({ url }) => !isOwnInbox(url)).map((it) => it.webhook_id))
  const taken = deliveries.filter(
    ({ webhook_id, state }) => own.has(webhook_id) && state === 'delivered',
  )
  const last = new Map(taken.map((delivery) => [delivery.event_type, delivery]))
  if (last.size === 0) return []
  const before = new Set(prober.calls().map(({ request_id }) => request_id))
  for (const { event_id, webhook_id } of last.values()) {
    await prober.resend(event_id, webhook_id)
  }
  await prober.pause(REACTION)
  const reactions = prober
    .calls()
    .filter((call) => !before.has(call.request_id) && isMutation(call))
  if (reactions.length === 0) {
    return [
      {
        check,
        verdict: 'unknown',
        text: `${count(last.size, 'webhook')} of ${last.size === 1 ? 'its' : 'their'} kind came twice, and no call that changes something followed within a second.`,
        advice:
          'What your code does without Seam (a mail, a row, a message) cannot be seen from here: did any of it happen twice?',
      },
    ]
  }
  const calls = [...new Set(reactions.map(({ method, path }) => `${method} ${path}`))]
  return [
    {
      check,
      verdict: 'wrong',
      text: `A webhook that came twice led to ${calls.join(', ')}.`,
      advice:
        'Deliveries come at least once: remember event_id (or svix-id), and skip what you have seen.',
    },
  ]
}
