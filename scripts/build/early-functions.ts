/**
 * Marks the functions that every start calls, so that V8 compiles them with the file and keeps them
 * with its compiled code (docs/decisions/0209). What it compiles later, when a function is first
 * called, is kept nowhere, and compiled anew by each start.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

/** Where a function begins and ends in its file. */
type Range = readonly [number, number]

const ranges = z.array(z.tuple([z.int(), z.int()]))
const ready = z.object({ url: z.string(), api_key: z.string() })
const devices = z.object({ devices: z.array(z.object({ device_id: z.string() })).min(1) })

/** What a first test asks. */
const ask = async (line: string): Promise<void> => {
  const { url, api_key } = ready.parse(JSON.parse(line))
  const post = async (path: string, body: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' }
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} answered ${String(answer.status)}`)
    return answer.json()
  }
  await (await fetch(`${url}/_emulator/ready`)).arrayBuffer()
  const [device] = devices.parse(await post('/devices/list', {})).devices
  await post('/devices/get', { device_id: device?.device_id })
}

/** Starts the program, asks it what a first test asks, and answers which of its functions that called. */
export const calledByStart = async (program: string): Promise<Range[]> => {
  const child = fork(join(import.meta.dirname, '../watch-start.ts'), [program], { silent: true })
  child.stderr?.pipe(process.stderr)
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`the built program ended with ${String(code)}`)
  })
  try {
    const lines = createInterface({ input: child.stdout ?? process.stdin })
    const [line] = z.tuple([z.string()]).parse(await Promise.race([once(lines, 'line'), gone]))
    await ask(line)
    const told = once(child, 'message')
    child.send('tell')
    const [called] = z.tuple([ranges], z.unknown()).parse(await Promise.race([told, gone]))
    return called
  } finally {
    gone.catch(() => undefined)
    child.kill()
  }
}

const FUNCTION = /^(?:async\s+)?function\b/
/** A function after one of these is an expression. */
const BEFORE_EXPRESSION = /(?:[=(,:?[&|!]|\breturn|\bdefault)\s*$/
/** What parameters may have in them besides parentheses that are in pairs. */
const QUOTED = /'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/g

/** What stands behind the parentheses with which it begins. */
const behindParameters = (text: string): string => {
  const plain = text.replaceAll(QUOTED, (quoted) => '_'.repeat(quoted.length))
  let depth = 0
  for (let at = 0; at < plain.length; at++) {
    if (plain[at] === '(') depth++
    if (plain[at] === ')' && --depth === 0) return text.slice(at + 1)
  }
  return ''
}

/** A method begins with its name, or with its parameters; only an arrow function has an arrow behind them. */
const isArrow = (text: string): boolean => {
  const own = text.replace(/^async\b\s*/, '')
  return own.startsWith('(') ? /^\s*=>/.test(behindParameters(own)) : /^[\w$]+\s*=>/.test(own)
}

/** Whether it may stand in parentheses. Declarations, methods, getters and classes may not. */
const isExpression = (text: string, before: string): boolean =>
  FUNCTION.test(text)
    ? BEFORE_EXPRESSION.test(before)
    : isArrow(text) && !/\basync\s*$/.test(before)

/** Long enough to see the token in front. */
const BEFORE = 40

/** The source with these functions in parentheses: to V8 that says that they will be called soon. */
export const markEarly = (source: string, called: readonly Range[]): string => {
  const marks = called
    .filter(([from, to]) =>
      isExpression(source.slice(from, to), source.slice(Math.max(0, from - BEFORE), from)),
    )
    .flatMap(([from, to]) => [
      { at: from, mark: '(' },
      { at: to, mark: ')' },
    ])
    // One may end where the next begins.
    .toSorted((a, b) => a.at - b.at || (a.mark === b.mark ? 0 : a.mark === ')' ? -1 : 1))
  let marked = ''
  let last = 0
  for (const { at, mark } of marks) {
    marked += source.slice(last, at) + mark
    last = at
  }
  return marked + source.slice(last)
}
