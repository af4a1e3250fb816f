import { Command } from 'commander'
import type { ControlClient } from '../client/control-client.ts'
import type { AdvanceInput } from '../client/inputs.ts'
import type { ClockState, TranscriptEntry } from '../client/shapes.ts'
import { parseDuration } from '../lib/duration.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { fields, instant, table, writeJson, writeLine } from './output.ts'
import { withProgress } from './progress.ts'

const clockText = ({ now, mode, rate, next_job_at }: ClockState): string =>
  fields([
    ['now', instant(now)],
    ['mode', mode === 'scaled' ? `scaled, ×${rate}` : mode],
    ['next', instant(next_job_at)],
  ])

const printClock = (clock: ClockState, options: ConnectionOptions): void => {
  if (options.json === true) writeJson({ clock })
  else writeLine(clockText(clock))
}

/** What an entry of the transcript is about, in words. */
export const entryText = (entry: TranscriptEntry): string => {
  if (entry.kind === 'event') return `${paint('magenta', 'event')}    ${entry.event_type ?? ''}`
  const { status, error, attempt } = entry
  const ok = typeof status === 'number' && status >= 200 && status < 300
  const answer = String(status ?? error ?? 'no answer')
  const again = attempt === undefined || attempt === 1 ? '' : `, attempt ${attempt}`
  return `${paint('blue', 'webhook')}  ${entry.event_type ?? ''} → ${paint(ok ? 'green' : 'red', answer)}${again}`
}

const nextKinds = ['job', 'event', 'check_in', 'check_out', 'delivery', 'disagreement'] as const

/** What `--next` names; whatever is due next where it names nothing. */
const nextOf = (given: string | boolean): AdvanceInput => {
  if (typeof given === 'boolean') return { to_next: true }
  const kind = nextKinds.find((it) => it === given.replaceAll('-', '_'))
  if (kind !== undefined) return { to_next: kind }
  throw new Error(`--next ${given}: known are ${nextKinds.join(', ')}.`)
}

const target = (text: string | undefined, options: { to?: string; next?: string | boolean }) => {
  const given = [text, options.to, options.next].filter((value) => value !== undefined)
  if (given.length !== 1)
    throw new Error('Give a duration such as 72h, or --to <instant>, or --next.')
  const input: AdvanceInput =
    text !== undefined
      ? { by: text }
      : options.to !== undefined
        ? { to: options.to }
        : nextOf(options.next ?? true)
  return input
}

/** Where the leap ends, ms; null when only the server knows. */
const endOf = (now: string, input: AdvanceInput): number | null => {
  if ('to' in input) return Date.parse(input.to)
  if (!('by' in input)) return null
  const by = parseDuration(input.by)
  return by === undefined ? null : Date.parse(now) + by
}

const advance = async (
  text: string | undefined,
  options: ConnectionOptions & { to?: string; next?: string | boolean },
): Promise<void> => {
  const input = target(text, options)
  await withClient(options, async (client: ControlClient) => {
    const before = await client.clock.get()
    const leap = await withProgress(client, before.now, endOf(before.now, input), () =>
      client.clock.advance(input),
    )
    if (options.json === true) return writeJson(leap)
    if (leap.transcript.length > 0) {
      writeLine(
        table(
          ['at', 'what happened'],
          leap.transcript.map((entry) => [instant(entry.at), entryText(entry)]),
        ),
      )
      if (leap.truncated) writeLine(paint('dim', '… and more: see seam-emulator events'))
    }
    writeLine(
      `It is now ${paint('bold', instant(leap.clock.now))}; ${leap.jobs === 1 ? '1 thing was' : `${leap.jobs} things were`} due on the way.`,
    )
  })
}

export const clockCommand = (): Command => {
  const command = new Command('clock').description("read and move the workspace's clock")
  command.addCommand(
    clientCommand('get', 'what time it is in the workspace').action((options: ConnectionOptions) =>
      withClient(options, async (client) => printClock(await client.clock.get(), options)),
    ),
    { isDefault: true },
  )
  command.addCommand(
    clientCommand('advance', 'leap ahead; everything due on the way happens, webhooks included')
      .argument('[by]', 'a duration: 72h, "3d 12h", 90s, PT72H')
      .option('--to <instant>', 'leap to this instant instead')
      .option(
        '--next [what]',
        'leap to whatever is due next, or to the next job, event, check_in, check_out, delivery or disagreement',
      )
      .action(advance),
  )
  command.addCommand(
    clientCommand('freeze', 'stop the clock, now or after a leap to a later instant')
      .argument('[at]', 'an instant such as 2025-06-01T12:00:00Z')
      .action((at: string | undefined, options: ConnectionOptions) =>
        withClient(options, async (client) => printClock(await client.clock.freeze(at), options)),
      ),
  )
  command.addCommand(
    clientCommand('stop', 'end the leap that is under way, where it has come to').action(
      (options: ConnectionOptions) =>
        withClient(options, async (client) => {
          const stopped = await client.clock.stop()
          if (options.json === true) writeJson({ stopped })
          else writeLine(stopped ? 'The leap was stopped.' : 'No leap is under way.')
        }),
    ),
  )
  command.addCommand(
    clientCommand('resume', 'let the clock run')
      .argument('[rate]', 'workspace seconds per second', Number)
      .action((rate: number | undefined, options: ConnectionOptions) =>
        withClient(options, async (client) => printClock(await client.clock.resume(rate), options)),
      ),
  )
  return command.addHelpText(
    'after',
    `
Examples:
  seam-emulator clock                                 what time it is
  seam-emulator clock advance 72h                     three days later, with a list of what happened
  seam-emulator clock advance --to 2025-06-01T15:00:00Z
  seam-emulator clock advance --next                  to whatever happens next
  seam-emulator clock advance --next check_in         to the next guest's arrival
  seam-emulator clock resume 60                       a minute per second`,
  )
}
