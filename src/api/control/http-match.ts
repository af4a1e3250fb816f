/** What a fault of HTTP may match: something else would wait for a call that never comes. */
import type { z } from 'zod'
import type { FaultDefinition, FaultMatch } from '../../db/tables/faults.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { knownRoutes } from '../http/known-routes.ts'
import { nearest } from '../../lib/nearest.ts'
import { parameterNames } from '../http/query-string.ts'
import { endpoints as documented, undocumentedEndpoints } from '../seam/index.ts'

const endpoints = [...documented, ...undocumentedEndpoints]

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

const fits = (wanted: string, given: string): boolean =>
  wanted.endsWith('*') ? given.startsWith(wanted.slice(0, -1)) : given === wanted

const pathProblem = (path: unknown): string | undefined => {
  if (typeof path !== 'string') return 'A path is a text, such as /devices/list or /devices/*'
  if (endpoints.some((endpoint) => fits(path, endpoint.path))) return undefined
  if (knownRoutes[path])
    return `${path} exists in Seam's API, but the emulator does not implement it yet`
  const near = nearest(
    path,
    endpoints.map((endpoint) => endpoint.path),
  )
  const hint = near === undefined ? '' : `. Did you mean ${near}?`
  return `Seam's API has no path ${path}${hint}`
}

const methodProblem = (method: unknown): string | undefined =>
  typeof method === 'string' && METHODS.includes(method)
    ? undefined
    : `A method is one of ${METHODS.join(', ')}`

/** The endpoints that the fault can meet. */
const metBy = ({ path }: FaultMatch): readonly Endpoint[] => {
  if (path === undefined) return endpoints
  const wanted = [path].flat().filter((it) => typeof it === 'string')
  return endpoints.filter((endpoint) => wanted.some((it) => fits(it, endpoint.path)))
}

/** In a query string, what is inside of a parameter follows a dot, and a list has brackets. */
const nameOf = (key: string): string => key.replace(/[.[].*$/s, '')

type Context = z.core.$RefinementCtx<FaultDefinition>

/** Refuses paths, methods and parameters that no call can have. */
export const checkHttpMatch = ({ on, match = {} }: FaultDefinition, context: Context): void => {
  if (on !== 'http') return
  const refuse = (key: string, message: string): void =>
    context.addIssue({ code: 'custom', path: ['match', key], message })
  const problemsOf = { path: pathProblem, method: methodProblem }
  for (const [key, problemOf] of Object.entries(problemsOf)) {
    const given = match[key]
    if (given === undefined) continue
    const problem = [given]
      .flat()
      .map(problemOf)
      .find((it) => it !== undefined)
    if (problem !== undefined) refuse(key, problem)
  }
  const met = metBy(match)
  if (met.length === 0) return
  const known = new Set(met.flatMap(({ params }) => parameterNames(params)))
  for (const key of Object.keys(match)) {
    if (key === 'path' || key === 'method' || known.has(nameOf(key))) continue
    const [whose, names] =
      met.length === 1
        ? [met[0]?.path, [...known].join(', ')]
        : ['http', 'those of the routes that it is about']
    refuse(key, `${whose} has no ${key} to match. It has path, method and parameters: ${names}`)
  }
}
