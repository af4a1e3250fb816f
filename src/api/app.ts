import { thisTurn } from './answers/answer-turn.ts'
import { controlEndpoints } from './control/index.ts'
import { consolePages, forBrowsers } from './pages/console/index.ts'
import { pages } from './pages/index.ts'
import { endpoints, newerEndpoints, undocumentedEndpoints } from './seam/index.ts'
import { compatEndpoints } from './vendor-fake/index.ts'
import type { Answer } from './http/answer.ts'
import { answerCall, attribute } from './http/answer-call.ts'
import { promised } from './http/answering.ts'
import type { Answering, App, Asker } from './http/answering.ts'
import type { AppOptions, Exchange } from './http/app-options.ts'
import type { Interceptor } from './http/call.ts'
import { crossSiteRefusal } from './http/cross-site.ts'
import type { Endpoint } from './http/endpoint.ts'
import { knownRoutes } from './http/known-routes.ts'
import { openapiEndpoint } from './openapi.ts'
import { createReader } from './http/read-call.ts'
import { completed, errorAnswer, preflight } from './http/respond.ts'
import { unknownPath, unmatchedPath } from './http/not-emulated.ts'

/** Which endpoints there are, by whose contract they are. */
export interface EndpointTables {
  readonly api: readonly Endpoint[]
  /** Part of Seam's API as well, but not of its public document. */
  readonly undocumented?: readonly Endpoint[]
  /** What newer versions of the document have besides. */
  readonly newer?: readonly Endpoint[]
  readonly control: readonly Endpoint[]
  readonly compat: readonly Endpoint[]
}

/** Every endpoint that an emulator always has. */
export const allEndpoints: EndpointTables = {
  api: endpoints,
  undocumented: undocumentedEndpoints,
  newer: newerEndpoints,
  control: controlEndpoints,
  compat: compatEndpoints,
}

/** What answers a path. */
interface Mounted {
  readonly endpoint: Endpoint
  readonly intercept: Interceptor | undefined
}

/** The endpoints by their paths, of which the last part may be a name: `/portals/:id`. */
const createRoutes = () => {
  const exact = new Map<string, Mounted>()
  const named = new Map<string, Mounted>()
  return {
    add: (mounted: Mounted): void => {
      const { path } = mounted.endpoint
      const [place, key] = path.includes(':')
        ? ([named, path.slice(0, path.indexOf(':'))] as const)
        : ([exact, path] as const)
      if (place.has(key)) throw new Error(`Two endpoints have the path ${path}`)
      place.set(key, mounted)
    },
    find: (path: string): Mounted | undefined => {
      const found = exact.get(path)
      if (found !== undefined) return found
      const end = path.lastIndexOf('/') + 1
      return end === path.length ? undefined : named.get(path.slice(0, end))
    },
    paths: (): string[] => [...exact.values(), ...named.values()].map((it) => it.endpoint.path),
  }
}

const mountAll = (tables: EndpointTables, { intercept, hasConsole }: AppOptions) => {
  const routes = createRoutes()
  const mount = (table: readonly Endpoint[], inFront?: Interceptor): void => {
    for (const endpoint of table) routes.add({ endpoint, intercept: inFront })
  }
  mount(tables.api, intercept)
  mount(tables.undocumented ?? [], intercept)
  mount(tables.newer ?? [], intercept)
  mount(tables.control)
  mount(tables.compat)
  mount([
    openapiEndpoint('/openapi.json', 'Seam API, emulated', tables.api),
    ...pages,
    ...(hasConsole === true ? consolePages : []),
    openapiEndpoint('/_emulator/openapi.json', 'seam-emulator control API', tables.control),
  ])
  return routes
}

/** The HTTP API over a universe of workspaces. */
export const createAnswering = (options: AppOptions, tables = allEndpoints): Answering => {
  const { universe, observe } = options
  const open = createReader()
  const routes = mountAll(tables, options)
  const paths = [...new Set([...Object.keys(knownRoutes), ...routes.paths()])]

  const close = ({ incoming, call }: Exchange, answer: Answer, { reply, fail }: Asker): void => {
    try {
      observe?.(call, answer)
      reply(completed(answer, call, universe, incoming.header('origin')))
    } catch (error) {
      fail(error)
    }
  }

  const notFound = async (exchange: Exchange): Promise<Answer> => {
    const { incoming, call } = exchange
    if (options.hasConsole === true) {
      const elsewhere = forBrowsers(call.method, call.path, incoming.header('accept'))
      if (elsewhere !== undefined) return elsewhere
    }
    call.unmatched = unmatchedPath(call.path, paths)
    await attribute(options, exchange)
    return errorAnswer(unknownPath(call.path, call.unmatched), call, options)
  }

  return (incoming, asker) => {
    const exchange = open(incoming)
    const { call } = exchange
    const answerWith = (answer: Answer): void => close(exchange, answer, asker)
    const mounted = routes.find(call.path)
    if (mounted === undefined) return void notFound(exchange).then(answerWith, asker.fail)
    const { endpoint, intercept } = mounted
    if (endpoint.path.startsWith('/_')) {
      const refusal = crossSiteRefusal(incoming.header, options.allowedHosts ?? [])
      if (refusal !== undefined) return answerWith(errorAnswer(refusal, call, options))
    }
    if (call.method === 'OPTIONS')
      return answerWith({ status: 200, headers: preflight, body: null })
    const turn = thisTurn()
    const answerAtEnd = (answer: Answer): void =>
      turn.atEnd(() => answerWith(answer), options.wholeTurns)
    const answer = answerCall(options, endpoint, exchange, intercept)
    if (answer instanceof Promise) answer.then(answerAtEnd, asker.fail)
    else answerAtEnd(answer)
  }
}

/** The same, by promises. */
export const createApp = (options: AppOptions, tables = allEndpoints): App =>
  promised(createAnswering(options, tables))
