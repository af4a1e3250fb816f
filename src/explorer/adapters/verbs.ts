/** An app in a process of its own, reached by URLs or commands; or by functions of the configuration. */
import { spawn } from 'node:child_process'
import type { ExplorerConfig, VerbSetting, VerbSettings } from '../config.ts'
import { AppProblem } from '../integration.ts'
import type { Alert, Booking, Integration } from '../integration.ts'
import { PATIENCE } from '../play/attention.ts'
import { readToldPin } from './told-pin.ts'

type Fields = Readonly<Record<string, unknown>>
type Verb = (fields: Fields) => Promise<unknown>

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text.trim()
  }
}

/** Puts the booking's fields into a URL: `{booking_id}`, `{starts_at}`, `{now}`. */
const filled = (template: string, fields: Fields): string =>
  template.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = fields[name]
    return encodeURIComponent(typeof value === 'string' ? value : '')
  })

const overHttp = (name: string, template: string): Verb => {
  const [method = 'POST', url = ''] = template.split(' ')
  return async (fields) => {
    const target = filled(url, fields)
    const answer = await fetch(target, {
      method,
      signal: AbortSignal.timeout(PATIENCE),
      ...(method !== 'GET' && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fields),
      }),
    }).catch((error: unknown) => {
      const isLate = error instanceof Error && error.name === 'TimeoutError'
      const what = isLate
        ? `has not answered for ${PATIENCE / 1000} seconds`
        : 'does not answer: is the app running there?'
      throw new AppProblem(`${method} ${target} (${name}) ${what}`)
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${target} (${name}) answered ${answer.status}`)
    return parse(text)
  }
}

const byCommand =
  (name: string, command: string): Verb =>
  (fields) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, {
        shell: true,
        stdio: ['pipe', 'pipe', 'inherit'],
        timeout: PATIENCE,
      })
      let text = ''
      child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
      child.once('error', (error) =>
        reject(new AppProblem(`${command} (${name}): ${error.message}`)),
      )
      child.once('close', (code) => {
        if (code === 0) resolve(parse(text))
        else if (code === 126 || code === 127)
          reject(new AppProblem(`${command} (${name}) cannot be run (exit code ${code})`))
        else reject(new Error(`${command} (${name}) ended with code ${String(code)}`))
      })
      // A command that reads no input closes it at once.
      child.stdin.on('error', () => undefined)
      child.stdin.end(JSON.stringify(fields))
    })

const verbOf = (name: string, given: VerbSetting): Verb => {
  if (typeof given === 'string') return overHttp(name, given)
  if (typeof given === 'function') return async (fields) => given(fields)
  return byCommand(name, given.run)
}

/** What the adapter's verbs make of an app. `now` tells the story's present, ms. */
export const verbsIntegration = (
  settings: VerbSettings,
  { webhook_url, webhook_secret, alerts }: ExplorerConfig,
  { now, listen }: { now: () => number; listen: (hear: (alert: Alert) => void) => void },
): Integration => {
  const verb = (name: keyof VerbSettings): Verb | undefined => {
    const given = settings[name]
    return given === undefined ? undefined : verbOf(name, given)
  }
  const present = () => ({ now: new Date(now()).toISOString() })
  const told = (name: 'book' | 'move' | 'cancel') => {
    const act = verbOf(name, settings[name])
    return async (booking: Booking): Promise<void> => {
      await act({ ...booking, ...present() })
    }
  }
  const [pin_of, tick, begin] = [verb('pin_of'), verb('tick'), verb('begin')]
  return {
    name: 'The app',
    webhook_url: webhook_url ?? null,
    webhook_secret,
    has_alerts: alerts,
    book: told('book'),
    move: told('move'),
    cancel: told('cancel'),
    pin_of:
      pin_of &&
      (async (booking) =>
        readToldPin(
          booking,
          // A refusal tells the guest nothing.
          await pin_of({ ...booking, ...present() }).catch((error: unknown) => {
            if (error instanceof AppProblem) throw error
            return null
          }),
          'The app',
        )),
    tick:
      tick &&
      (async (at) => {
        await tick({ now: at }).catch((error: unknown) => {
          if (error instanceof AppProblem) throw error
        })
      }),
    begin: async (at, hear) => {
      listen(hear)
      await begin?.({ now: at })
    },
    close: () => Promise.resolve(),
  }
}
