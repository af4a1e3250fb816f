/** An action as a line of `connectEmulator`. */
import type { Action, Target } from './action.ts'
import { jsLiteral } from './js-literal.ts'
import type { KnownAs } from './js-literal.ts'

type Body = Action['body']
type Say = (body: Body, code: (value: unknown) => string) => string

const camel = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const PREFIX = '/_emulator/'

const without = (body: Body, ...names: readonly string[]): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))

/** A method that takes one thing, by itself. */
const alone =
  (method: string, name: string): Say =>
  (body, code) =>
    `${method}(${body[name] === undefined ? '' : code(body[name])})`

const withObject =
  (method: string): Say =>
  (body, code) =>
    `${method}(${Object.keys(body).length === 0 ? '' : code(body)})`

/** Where the library has another name than the route, or other parameters. */
const otherwise: Readonly<Record<string, Say>> = {
  'clock/freeze': alone('clock.freeze', 'at'),
  'clock/resume': alone('clock.resume', 'rate'),
  'clock/agenda': alone('clock.agenda', 'limit'),
  'clock/advance': (body, code) =>
    `clock.advance(${Object.keys(body).join() === 'by' ? code(body['by']) : code(body)})`,
  'clock/preview': ({ by, to }, code) =>
    `clock.preview(${by === undefined ? `new Date(${code(to)})` : code(by)})`,
  chronicle: withObject('chronicle.list'),
  'access_codes/explain': withObject('explain'),
  'acs_systems/create': withObject('acsSystems.create'),
  'acs_credentials/explain': withObject('acsSystems.explainCredential'),
  'webhooks/create': (body, code) => {
    const options = without(body, 'url')
    return `webhookTo(${code(body['url'])}${Object.keys(options).length === 0 ? '' : `, ${code(options)}`})`
  },
}

const METHOD = /^[a-z_]+(?:\/[a-z_]+)?$/

/** Whether the library has a method of its own for a route. */
const hasMethod = (path: string): boolean =>
  path.startsWith(PREFIX) && METHOD.test(path.slice(PREFIX.length))

/** The call whose answer is the body as it came. */
export const rawCall = (path: string, body: string): string =>
  `emulator.call(${jsLiteral(path)}${body === '{}' ? '' : `, ${body}`})`

/** The call alone, of a client that is named `emulator`. */
export const libraryCall = ({ path, body }: Action, knownAs?: KnownAs): string => {
  const code = (value: unknown): string => jsLiteral(value, knownAs)
  if (!hasMethod(path)) return rawCall(path, code(body))
  const route = path.slice(PREFIX.length)
  const say = otherwise[route] ?? withObject(route.split('/').map(camel).join('.'))
  return `emulator.${say(body, code)}`
}

/** The line that makes the client. */
export const connectLine = (target: Target): string =>
  `const emulator = connectEmulator(${jsLiteral({ endpoint: target.endpoint, apiKey: target.apiKey })})`

export const libraryLine = (action: Action): string => `await ${libraryCall(action)}`
