/** How much of Seam's API there is: our table beside the public routes of the OpenAPI document. */
import type { Endpoint } from './http/endpoint.ts'
import { knownRoutes } from './http/known-routes.ts'
import { endpoints } from './seam/index.ts'

/** The resources that have to do with locks: what the emulator is for. */
const lockSide: readonly string[] = [
  'access_codes',
  'action_attempts',
  'client_sessions',
  'connect_webviews',
  'connected_accounts',
  'devices',
  'events',
  'locks',
  'webhooks',
  'workspaces',
]

export interface RouteStatus {
  readonly path: string
  readonly methods: readonly string[]
  /** What is not implemented answers 501. */
  readonly is_implemented: boolean
}

/** How many routes there are in Seam's API, and how many of them here. */
export interface Count {
  readonly implemented: number
  readonly total: number
}

export interface ResourceCoverage extends Count {
  readonly resource: string
  readonly is_lock_side: boolean
  readonly routes: readonly RouteStatus[]
}

export interface Coverage extends Count {
  readonly lock_side: Count
  /** Lock-side resources first, each group in alphabetical order. */
  readonly resources: readonly ResourceCoverage[]
}

const count = (routes: readonly RouteStatus[]): Count => ({
  implemented: routes.filter((route) => route.is_implemented).length,
  total: routes.length,
})

const resourceOf = (path: string): string => path.slice(1, path.indexOf('/', 1))

/** The coverage of a table; of the emulator's own when none is given. */
export const routeCoverage = (table: readonly Endpoint[] = endpoints): Coverage => {
  const implemented = new Set<string>(table.map((endpoint) => endpoint.path))
  const all: RouteStatus[] = Object.entries(knownRoutes).map(([path, methods]) => ({
    path,
    methods,
    is_implemented: implemented.has(path),
  }))
  const names = [...new Set(all.map(({ path }) => resourceOf(path)))].sort()
  const resources = names.map((resource): ResourceCoverage => {
    const routes = all.filter(({ path }) => resourceOf(path) === resource)
    return { resource, is_lock_side: lockSide.includes(resource), routes, ...count(routes) }
  })
  const ofLocks = resources.filter((each) => each.is_lock_side)
  return {
    ...count(all),
    lock_side: count(ofLocks.flatMap((each) => each.routes)),
    resources: [...ofLocks, ...resources.filter((each) => !each.is_lock_side)],
  }
}
