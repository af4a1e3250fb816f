import { beginningOf } from '../../lib/text.ts'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { CLIENT_HEADER, NOW_HEADER } from '../../contract/headers.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { isRecord } from '../../lib/is-record.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import { isRawAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { authorize, serverAuth } from './auth.ts'
import type { Auth, AuthRules } from './auth.ts'
import { hangUp } from './call.ts'
import type { IncomingCall, Interceptor } from './call.ts'
import { parseBody, readIncoming } from './body.ts'
import { crossSiteRefusal } from './cross-site.ts'
import { compatEndpoints } from '../vendor-fake/index.ts'
import { controlEndpoints } from '../control/index.ts'
import { thisTurn } from '../answers/answer-turn.ts'
import type { Endpoint, Unkept } from './endpoint.ts'
import { apiError, toApiError } from './errors.ts'
import { knownRoutes } from './known-routes.ts'
import { openapiEndpoint } from './openapi.ts'
import { connectWebviewPage } from '../pages/connect-webview.ts'
import { instantKeyPage } from '../pages/instant-key.ts'
import { endpoints } from '../seam/index.ts'
import type { Services } from './services.ts'
import { unknownParameters } from './unknown-parameters.ts'
import { unknownPath, unmatchedPath } from './unknown-path.ts'
import { bodyOf } from '../answers/json-cache.ts'

export interface AppOptions {
  readonly universe: Universe
  readonly services: Services
  readonly auth: AuthRules
  /** Is told about bugs: errors that become a 500. */
  readonly reportError: (error: unknown, call: IncomingCall) => void
  /** Applies to Seam's own routes, not to the control API. */
  readonly intercept?: Interceptor
  /** Is told about every answered request. */
  readonly observe?: (call: IncomingCall, answer: Answer) => void
  /** Names besides local ones under which control routes are answered. */
  readonly allowedHosts?: readonly string[]
  /** Turns an answer that its own schema refuses into a 500. Costs time: on in tests. */
  readonly checkResponses?: boolean
}

type Env = { Bindings: Partial<HttpBindings> }

const json = { 'content-type': 'application/json' }
const plain = { 'content-type': 'text/plain; charset=utf-8' }

const preflight = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  'access-control-allow-headers':
    'authorization, content-type, client-session-token, seam-client-session-token, seam-publishable-key, seam-workspace, seam-sdk-name, seam-sdk-version, seam-lts-version',
  'access-control-max-age': '86400',
}

/**
 * Adds the headers that every answer has: the request id, the workspace's time where there is one, and
 * leave for browsers to read it.
 */
const toResponse = (
  { status, headers, body }: Answer,
  call: IncomingCall,
  universe: Universe,
  origin?: string,
) => {
  const all: Record<string, string> = {
    ...headers,
    'seam-request-id': call.request_id,
    'access-control-allow-origin': origin ?? '*',
  }
  const { workspace_id } = call
  // The call itself may have deleted it.
  if (workspace_id !== null && universe.exists(workspace_id)) {
    all[NOW_HEADER] = toIso(universe.now(workspace_id))
  }
  if (origin !== undefined) {
    all['access-control-allow-credentials'] = 'true'
    all['access-control-expose-headers'] = `seam-request-id, seam-emulator-fault, ${NOW_HEADER}`
    all['vary'] = 'origin'
  }
  return new Response(body, { status, headers: all })
}

/** Longer messages are cut: they repeat what was sent, and nobody reads on. Characters. */
const LONGEST_MESSAGE = 2_000

const cut = (message: string): string =>
  message.length > LONGEST_MESSAGE ? `${beginningOf(message, LONGEST_MESSAGE)}…` : message

/** The error envelope. What is no refusal but a bug of the emulator is reported and says so. */
const errorAnswer = (error: unknown, call: IncomingCall, options: AppOptions): Answer => {
  let known = toApiError(error)
  if (known === undefined) {
    options.reportError(error, call)
    const reason = error instanceof Error ? error.message : String(error)
    const message = `This is a bug of the emulator, whose log has more on ${call.request_id}: ${reason}`
    known = apiError(500, 'internal_server_error', message)
  }
  const { status, type, data, validation_errors } = known
  const message = cut(known.message)
  if (known.plain === true) {
    return { status, headers: { ...plain, ...known.headers }, body: message, error_type: type }
  }
  return {
    status,
    headers: known.headers ? { ...json, ...known.headers } : json,
    body: JSON.stringify({ error: { type, message, validation_errors, data }, ok: false }),
    error_type: type,
  }
}

const successAnswer = (
  endpoint: Endpoint,
  result: object,
  { workspace_id }: IncomingCall,
  { checkResponses, universe }: AppOptions,
): Answer => {
  if (isRawAnswer(result)) return result
  const body = bodyOf(result)
  if (checkResponses === true) {
    const schema = endpoint.answer(
      workspace_id !== null &&
        universe.exists(workspace_id) &&
        universe.world(workspace_id).workspace.loose_ids,
    )
    // As the client will read it: without what JSON leaves out.
    const checked = schema.safeParse(JSON.parse(Buffer.from(body).toString()))
    if (!checked.success) {
      throw new Error(`${endpoint.path} breaks its own schema: ${checked.error.message}`)
    }
  }
  return { status: 200, headers: json, body }
}

const assertMethod = (endpoint: Endpoint, method: string): void => {
  const accepted: readonly string[] = endpoint.methods
  if (accepted.includes(method === 'HEAD' ? 'GET' : method)) return
  const list = accepted.join(', ')
  const message = `${endpoint.path} does not accept ${method}. Accepted methods: ${list}.`
  throw apiError(405, 'method_not_allowed', message, { headers: { allow: list } })
}

/** The input: query and body, of which the body wins. */
const inputOf = (endpoint: Endpoint, call: IncomingCall, contentType: string): unknown => {
  const isForm = contentType.toLowerCase().startsWith('application/x-www-form-urlencoded')
  const body =
    endpoint.accepts_forms === true && isForm
      ? endpoint.decodeQuery(call.body)
      : parseBody(call.method, contentType, call.body)
  if (call.query === '') return body ?? {}
  const query = endpoint.decodeQuery(call.query)
  if (body === undefined) return query
  return isRecord(body) ? { ...query, ...body } : body
}

const none: readonly string[] = []

/** By which name a tool is known; whatever is no name stays out of logs. */
const clientOf = (given: string | undefined): string | null => {
  if (given === undefined) return null
  return /^[a-z][a-z-]{0,30}$/.test(given) ? given : 'unnamed'
}

/** The parameters that the endpoint has, as they were given: nothing else is ever looked at. */
const knownOf = ({ params }: Endpoint, input: Record<string, unknown>): Record<string, unknown> => {
  if (!(params instanceof z.ZodObject)) return input
  const { shape } = params.def
  for (const name in input) {
    if (!Object.hasOwn(shape, name)) {
      return Object.fromEntries(Object.entries(input).filter(([key]) => Object.hasOwn(shape, key)))
    }
  }
  return input
}

/** Which endpoints there are, by whose contract they are. */
export interface EndpointTables {
  readonly api: readonly Endpoint[]
  readonly control: readonly Endpoint[]
  readonly compat: readonly Endpoint[]
}

/** Every endpoint that an emulator always has. */
export const allEndpoints: EndpointTables = {
  api: endpoints,
  control: controlEndpoints,
  compat: compatEndpoints,
}

/** The HTTP API over a universe of workspaces. */
export const createApp = (options: AppOptions, tables = allEndpoints): Hono<Env> => {
  const { universe, services } = options
  const app = new Hono<Env>()
  let requests = 0

  const openCall = (c: Context<Env>): IncomingCall => {
    const { url, method, path } = c.req
    const mark = url.indexOf('?')
    return {
      request_id: `request${++requests}`,
      method,
      path,
      query: mark === -1 ? '' : url.slice(mark + 1),
      body: '',
      workspace_id: null,
      unknown_parameters: none,
      client: clientOf(c.req.header(CLIENT_HEADER)),
      began: performance.now(),
      unmatched: null,
      // Hono leaves it undefined where there is no server: in `app.request`.
      node: c.env ?? {},
    }
  }

  const close = (c: Context<Env>, call: IncomingCall, answer: Answer): Response => {
    options.observe?.(call, answer)
    return toResponse(answer, call, universe, c.req.header('origin'))
  }

  const validateAndRun = async (
    endpoint: Endpoint,
    call: IncomingCall,
    auth: Auth,
    c: Context<Env>,
  ) => {
    assertMethod(endpoint, call.method)
    const input = inputOf(endpoint, call, c.req.header('content-type') ?? '')
    const { url, path } = c.req
    const origin = url.slice(0, url.indexOf('/', url.indexOf('//') + 2))
    const given = isRecord(input) ? input : {}
    call.unknown_parameters = unknownParameters(endpoint.parameters, call.query, given)
    const known = knownOf(endpoint, given)
    const header = (name: string) => c.req.header(name)
    const { body, method } = call
    const unkept: Unkept = { commits: new Set(), hasWritten: false }
    const told = { auth, services, path, method, origin, input: known, body, header, unkept }
    const context = { ...told, hangUp: () => hangUp(call) }
    const answerOnce = async (): Promise<Answer> => {
      const result = endpoint.run(universe, context, input)
      const value = result instanceof Promise ? await result : result
      return successAnswer(endpoint, value, call, options)
    }
    const answer = await answerOnce()
    if (unkept.commits.size === 0) return answer
    const failure = await keep(unkept)
    if (failure === null) return answer
    if (unkept.hasWritten) throw failure
    // It has read what never was.
    return answerOnce()
  }

  /**
   * Waits for the end of the turn, and for the commit that all who write in it share. Answers why it
   * could not be made.
   */
  const keep = async ({ commits }: Unkept): Promise<Error | null> => {
    await thisTurn().end()
    for (const commit of commits) {
      try {
        if (!commit.isOver) universe.keep()
      } catch {
        // All who share it are told by the commit itself.
      }
      if (commit.failure !== null) return commit.failure
    }
    return null
  }

  /** The order of everything: authorisation, body, interception, method, validation, handler. */
  const answerCall = async (
    endpoint: Endpoint,
    call: IncomingCall,
    c: Context<Env>,
    intercept?: Interceptor,
  ): Promise<Answer> => {
    try {
      const auth = authorize(universe, options.auth, endpoint.auth, (name) => c.req.header(name))
      call.workspace_id = auth.workspace_id
      const { incoming } = call.node
      call.body = await (incoming instanceof IncomingMessage
        ? readIncoming(incoming, endpoint.body_limit)
        : c.req.raw.text())
      if (intercept === undefined) return await validateAndRun(endpoint, call, auth, c)
      return await intercept(call, () =>
        validateAndRun(endpoint, call, auth, c).catch((error: unknown) =>
          errorAnswer(error, call, options),
        ),
      )
    } catch (error) {
      return errorAnswer(error, call, options)
    }
  }

  const paths = new Set(Object.keys(knownRoutes))
  const mounted = new Set<string>()
  const mount = (table: readonly Endpoint[], intercept?: Interceptor): void => {
    for (const endpoint of table) {
      if (mounted.has(endpoint.path))
        throw new Error(`Two endpoints have the path ${endpoint.path}`)
      mounted.add(endpoint.path)
      paths.add(endpoint.path)
      app.all(endpoint.path, async (c) => {
        const call = openCall(c)
        if (endpoint.path.startsWith('/_')) {
          const refusal = crossSiteRefusal((name) => c.req.header(name), options.allowedHosts ?? [])
          if (refusal !== undefined) return close(c, call, errorAnswer(refusal, call, options))
        }
        if (call.method === 'OPTIONS') {
          return close(c, call, { status: 200, headers: preflight, body: null })
        }
        const turn = thisTurn()
        const answer = await answerCall(endpoint, call, c, intercept)
        await turn.end()
        return close(c, call, answer)
      })
    }
  }

  mount(tables.api, options.intercept)
  mount(tables.control)
  mount(tables.compat)
  mount([
    openapiEndpoint('/openapi.json', 'Seam API, emulated', tables.api),
    connectWebviewPage,
    instantKeyPage,
    openapiEndpoint('/_emulator/openapi.json', 'seam-emulator control API', tables.control),
  ])

  /** Whose call it was, so that it stands in the request log; callers without a key go without. */
  const attribute = async (call: IncomingCall, c: Context<Env>): Promise<void> => {
    const { incoming } = call.node
    try {
      const auth = authorize(universe, options.auth, serverAuth, (name) => c.req.header(name))
      call.workspace_id = auth.workspace_id
      if (incoming instanceof IncomingMessage) call.body = await readIncoming(incoming)
    } catch {
      // What is wrong with the caller or the body is not what the answer is about.
    }
  }

  app.notFound(async (c) => {
    const call = openCall(c)
    call.unmatched = unmatchedPath(call.path, [...paths])
    await attribute(call, c)
    return close(c, call, errorAnswer(unknownPath(call.path, call.unmatched), call, options))
  })

  return app
}
