import type { Command } from 'commander'
import { z } from 'zod'
import type { ControlClient } from '../client/control-client.ts'
import { looseReader } from '../client/ask.ts'
import { seamEvent } from '../contract/seam.ts'
import { paint } from '../log/paint.ts'
import type { Colour } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { diagnose } from './doctor/findings.ts'
import type { Evidence, Finding } from './doctor/evidence.ts'
import { probeDuplicates, probeSignatures } from './doctor/probe.ts'
import { writeJson, writeLine } from './output.ts'

const eventsAnswer = z.object({ events: z.array(looseReader(seamEvent())) })
const webhooksAnswer = z.object({
  webhooks: z.array(
    z.object({
      webhook_id: z.string(),
      url: z.string(),
      event_types: z.array(z.string()).default(['*']),
    }),
  ),
})

const EVER = { since: '1970-01-01T00:00:00Z', limit: 10_001 } as const

const runsAnswer = z.object({
  automation_runs: z.array(
    z.object({
      partner_key: z.string().nullable(),
      automation_result: z.object({
        rule: z.string(),
        error: z.string().nullish(),
        message: z.string().nullish(),
      }),
    }),
  ),
})

/** So many ids a list of events takes at once. */
const IDS = 100

/** The codes that methods of grants have or had: their events do not say so, but can be asked for so. */
const codesOfGrants = async (
  client: ControlClient,
  events: Evidence['events'],
): Promise<Set<string>> => {
  const methods = events.flatMap(({ event_type, access_method_id }) =>
    event_type === 'access_method.created' ? (access_method_id ?? []) : [],
  )
  const found = new Set<string>()
  for (let at = 0; at < methods.length; at += IDS) {
    const asked = { access_method_ids: methods.slice(at, at + IDS), ...EVER }
    const answer = eventsAnswer.parse(await client.call('/events/list', asked))
    for (const { access_code_id } of answer.events)
      if (access_code_id !== undefined) found.add(access_code_id)
  }
  return found
}

/** What the automations of pushed stays could not do, and what they left as it was. */
const runsOf = async (client: ControlClient) => {
  const [failed, done] = await Promise.all(
    [false, true].map((success) =>
      client
        .call('/seam/customer/v1/automation_runs/list', { success })
        .then((it) => runsAnswer.parse(it).automation_runs),
    ),
  )
  return {
    failed_runs: (failed ?? []).map(({ partner_key, automation_result: { rule, error } }) => ({
      partner_key,
      rule,
      error: error ?? null,
    })),
    skipped_runs: (done ?? []).flatMap(({ partner_key, automation_result: { message } }) =>
      message?.startsWith('Skipped') === true ? [{ partner_key, message }] : [],
    ),
  }
}

const gather = async (client: ControlClient): Promise<Evidence> => {
  const [requests, { events }, { webhooks }, deliveries, { failed_jobs }, runs] = await Promise.all(
    [
      // What the emulator's own tools ask is no evidence, and not in this list.
      client.requests.list(),
      client.call('/events/list', EVER).then((it) => eventsAnswer.parse(it)),
      client.call('/webhooks/list').then((it) => webhooksAnswer.parse(it)),
      client.webhookDeliveries.list(),
      client.clock.get(),
      runsOf(client),
    ],
  )
  // The newest come first, but in the world of the vendor's fake.
  const inOrder = events.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at))
  const codes_of_grants = await codesOfGrants(client, inOrder)
  return { requests, events: inOrder, webhooks, deliveries, failed_jobs, ...runs, codes_of_grants }
}

const marks: Record<Finding['verdict'], [mark: string, colour: Colour]> = {
  good: ['✓', 'green'],
  warning: ['!', 'yellow'],
  wrong: ['✗', 'red'],
  unknown: ['?', 'dim'],
}

const print = (findings: readonly Finding[]): void => {
  for (const { verdict, check, text, advice } of findings) {
    const [mark, colour] = marks[verdict]
    writeLine(`${paint(colour, mark)} ${paint('bold', check)}: ${text}`)
    if (advice !== undefined) writeLine(`  ${paint('dim', '→')} ${advice}`)
  }
}

/** Examines what the integration has done in this workspace, and with `probe` how it takes trouble. */
export const examine = async (
  client: ControlClient,
  probe: boolean,
): Promise<{ evidence: Evidence; findings: Finding[] }> => {
  const evidence = await gather(client)
  // Of an integration that has not run nothing can be said.
  if (evidence.requests.length === 0) return { evidence, findings: [] }
  const findings = diagnose(evidence)
  if (probe) {
    findings.push(...(await probeSignatures(evidence)))
    findings.push(...(await probeDuplicates(client, evidence)))
  }
  return { evidence, findings }
}

const run = (options: ConnectionOptions & { probe: boolean }): Promise<void> =>
  withClient(options, async (client) => {
    const { evidence, findings } = await examine(client, options.probe)
    const { requests, deliveries } = evidence
    const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length
    if (options.json === true) writeJson({ findings, calls: requests.length })
    else if (requests.length === 0) {
      writeLine(
        'Your integration has not called this workspace yet. Let it run first, with this API key, then ask again.',
      )
    } else {
      print(findings)
      const verdict =
        wrong === 0 ? paint('green', 'Nothing wrong found') : paint('red', `Wrong: ${wrong}`)
      writeLine(`\n${verdict}, in ${requests.length} calls and ${deliveries.length} deliveries.`)
    }
    if (wrong > 0) process.exitCode = 1
  })

export const doctorCommand = (): Command =>
  clientCommand('doctor', 'tell from what the emulator saw what your integration does wrong')
    .option('--no-probe', 'send nothing: no forged webhook, no duplicates')
    .addHelpText(
      'after',
      `
Run your integration or its tests against the emulator first, then ask. The doctor looks for: a PIN
handed out before its code is set, no handler for failure events, deliveries that are not taken,
polling in haste, lists of which only the first page is read, calls that are not tried again,
paths that nobody answers, events asked for by another clock than the workspace's. Of grants and
stays: a PIN handed out before its method is issued, codes of a grant changed by hand, keys that are
ignored, a whole customer deleted in place of one stay, automation runs that failed or left something
out and that nobody read.
Calls of the emulator's own commands, library and test fixtures do not count.
It also sends each of your webhook endpoints a forged signature, which must get a 4xx, and events
that it has had before, which must change nothing. Exit code 1 when something is wrong.

Examples:
  seam-emulator doctor
  seam-emulator doctor --no-probe --workspace staging`,
    )
    .action(run)
