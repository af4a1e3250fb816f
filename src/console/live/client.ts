/** Calls of the emulator that served this page, as the workspace of the key. */
import type { CLIENT_HEADER as HEADER } from '../../contract/headers.ts'
import type { AnswerOf, InputOf } from '../../contract/route.ts'
import { connection } from '../model/state.ts'
import { apiKey } from './key.ts'
import type { Routes } from './routes.ts'

/** The page's own calls are not the integration's: the journal keeps them apart. */
const CLIENT_HEADER: typeof HEADER = 'seam-emulator-client'

/** What the emulator refused, in its own words. */
export interface ApiError extends Error {
  readonly status: number
  readonly type: string
  readonly request_id: string | null
}

const refusals = new WeakSet<Error>()

/** Whether the emulator answered with a refusal, as opposed to not at all. */
export const isApiError = (error: unknown): error is ApiError =>
  error instanceof Error && refusals.has(error)

type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

const refusalOf = (response: Response, body: unknown): ApiError => {
  const told = isJson(body) && isJson(body['error']) ? body['error'] : {}
  const { message, type } = told
  const error = Object.assign(
    new Error(typeof message === 'string' ? message : `The emulator answered ${response.status}.`),
    {
      status: response.status,
      type: typeof type === 'string' ? type : 'unknown',
      request_id: response.headers.get('seam-request-id'),
    },
  )
  refusals.add(error)
  return error
}

interface Extras {
  readonly signal?: AbortSignal | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** A call would open the workspace again, as an empty one: any key opens one on first use. */
const refuseWhenGone = (): void => {
  if (connection.peek().state === 'gone') throw new TypeError('The workspace was deleted')
}

/** One call; the body of its answer is still to be read. @throws TypeError where nobody answers */
export const send = async (path: string, body: object, extras: Extras = {}): Promise<Response> => {
  refuseWhenGone()
  return await fetch(path, {
    method: 'POST',
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    headers: {
      authorization: `Bearer ${apiKey.peek() ?? ''}`,
      [CLIENT_HEADER]: 'console',
      'content-type': 'application/json',
      ...extras.headers,
    },
    body: JSON.stringify(body),
    ...(extras.signal !== undefined && { signal: extras.signal }),
  })
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The refusal that a response is. */
export const readRefusal = async (response: Response): Promise<ApiError> =>
  refusalOf(response, parsed(await response.text()))

/** Any route, also Seam's own. @throws ApiError with the server's words; TypeError where nobody answers */
export const askAny = async (
  path: string,
  body: object = {},
  extras: Extras = {},
): Promise<Json> => {
  const response = await send(path, body, extras)
  const answer = parsed(await response.text())
  if (!response.ok || !isJson(answer)) throw refusalOf(response, answer)
  return answer
}

/**
 * The server and this page are of one version, and the server's own tests hold its answers to these
 * types: they are not checked a second time here.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is what the caller asked for
const isAnswer = <T>(value: unknown): value is T => isJson(value)

/** A control route. @throws ApiError with the server's words; TypeError where nobody answers */
export const ask = async <P extends keyof Routes>(
  path: P,
  body: InputOf<Routes[P]> & object,
  extras: Extras = {},
): Promise<AnswerOf<Routes[P]>> => {
  const answer: unknown = await askAny(path, body, extras)
  if (!isAnswer<AnswerOf<Routes[P]>>(answer)) throw new TypeError(`${path} answered nothing`)
  return answer
}
