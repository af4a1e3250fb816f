/** The console: a page that shows a workspace and acts on it. Nothing of it is read before it is asked for. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { rawAnswer } from '../../http/answer.ts'
import type { Answer } from '../../http/answer.ts'
import { apiError } from '../../http/errors.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import type { Endpoint } from '../../http/endpoint.ts'

export const CONSOLE_PATH = '/_emulator/console/'

/** Nothing from elsewhere, no script but its own files, and no text that becomes a script. */
const headers = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

const nothing = once(() => z.object({}))

const pageAt = (
  path: `/${string}`,
  summary: string,
  answer: (path: string) => Answer | Promise<Answer>,
): Endpoint =>
  defineEndpoint({
    path,
    methods: ['GET'],
    auth: [],
    summary,
    effect: 'unscoped',
    params: nothing,
    result: () => ({}),
    handler: (call) => answer(call.path),
  })

const toConsole = (): Answer =>
  rawAnswer(302, { location: CONSOLE_PATH, 'cache-control': 'no-store' })

const page = pageAt(CONSOLE_PATH, 'The console.', async () => {
  const { consoleFiles } = await import('./files.ts')
  const html = (await consoleFiles()).get('index.html')
  if (html === undefined) throw new Error('The console has no index.html')
  const own = { 'content-type': html.type, 'cache-control': 'no-store' }
  return rawAnswer(200, { ...headers, ...own }, html.bytes)
})

const file = pageAt(`${CONSOLE_PATH}:file`, 'A file of the console.', async (path) => {
  const { consoleFile } = await import('./files.ts')
  const name = path.slice(CONSOLE_PATH.length)
  const found = name === 'index.html' ? undefined : await consoleFile(name)
  if (found === undefined) throw apiError(404, 'not_found', `The console has no file ${name}.`)
  // Its name changes with what is in it.
  const own = {
    'content-type': found.type,
    'cache-control': 'public, max-age=31536000, immutable',
  }
  return rawAnswer(200, { ...headers, ...own }, found.bytes)
})

const withoutSlash = pageAt('/_emulator/console', 'Leads to the console.', toConsole)

export const consolePages: readonly Endpoint[] = [page, file, withoutSlash]

/** Where a browser goes that asks for `/`; undefined for everybody else. */
export const forBrowsers = (method: string, path: string, accept = ''): Answer | undefined =>
  path === '/' && method === 'GET' && accept.includes('text/html') ? toConsole() : undefined
