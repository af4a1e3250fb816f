import { Hono } from 'hono'
import { thisTurn } from '../answers/answer-turn.ts'
import { controlEndpoints } from '../control/index.ts'
import { pages } from '../pages/index.ts'
import { endpoints, undocumentedEndpoints } from '../seam/index.ts'
import { compatEndpoints } from '../vendor-fake/index.ts'
import type { Answer } from './answer.ts'
import { answerCall, attribute } from './answer-call.ts'
import type { AppOptions, Env, Exchange } from './app-options.ts'
import type { Interceptor } from './call.ts'
import { crossSiteRefusal } from './cross-site.ts'
import type { Endpoint } from './endpoint.ts'
import { knownRoutes } from './known-routes.ts'
import { openapiEndpoint } from './openapi.ts'
import { createReader } from './read-call.ts'
import { errorAnswer, preflight, toResponse } from './respond.ts'
import { unknownPath, unmatchedPath } from './unknown-path.ts'

/** Which endpoints there are, by whose contract they are. */
export interface EndpointTables {
  readonly api: readonly Endpoint[]
  /** Part of Seam's API as well, but not of its public document. */
  readonly undocumented?: readonly Endpoint[]
  readonly control: readonly Endpoint[]
  readonly compat: readonly Endpoint[]
}

/** Every endpoint that an emulator always has. */
export const allEndpoints: EndpointTables = {
  api: endpoints,
  undocumented: undocumentedEndpoints,
  control: controlEndpoints,
  compat: compatEndpoints,
}

/** The HTTP API over a universe of workspaces. */
export const createApp = (options: AppOptions, tables = allEndpoints): Hono<Env> => {
  const { universe, observe, allowedHosts = [] } = options
  const app = new Hono<Env>()
  const open = createReader()

  const close = ({ c, call }: Exchange, answer: Answer): Response => {
    observe?.(call, answer)
    return toResponse(answer, call, universe, c.req.header('origin'))
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
        const exchange = open(c)
        const { call } = exchange
        if (endpoint.path.startsWith('/_')) {
          const refusal = crossSiteRefusal((name) => c.req.header(name), allowedHosts)
          if (refusal !== undefined) return close(exchange, errorAnswer(refusal, call, options))
        }
        if (call.method === 'OPTIONS') {
          return close(exchange, { status: 200, headers: preflight, body: null })
        }
        const turn = thisTurn()
        const answer = await answerCall(options, endpoint, exchange, intercept)
        await turn.end()
        return close(exchange, answer)
      })
    }
  }

  mount(tables.api, options.intercept)
  mount(tables.undocumented ?? [], options.intercept)
  mount(tables.control)
  mount(tables.compat)
  mount([
    openapiEndpoint('/openapi.json', 'Seam API, emulated', tables.api),
    ...pages,
    openapiEndpoint('/_emulator/openapi.json', 'seam-emulator control API', tables.control),
  ])

  app.notFound(async (c) => {
    const exchange = open(c)
    const { call } = exchange
    call.unmatched = unmatchedPath(call.path, [...paths])
    await attribute(options, exchange)
    return close(exchange, errorAnswer(unknownPath(call.path, call.unmatched), call, options))
  })

  return app
}
