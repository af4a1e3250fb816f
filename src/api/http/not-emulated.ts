import { apiError } from './errors.ts'
import type { ApiError } from './errors.ts'
import { knownRoutes } from './known-routes.ts'
import { nearest } from '../../lib/nearest.ts'
import type { Unmatched } from './call.ts'

/** Why no endpoint answers a path. */
export const unmatchedPath = (path: string, paths: readonly string[]): Unmatched =>
  knownRoutes[path]
    ? { reason: 'not_implemented', near: null }
    : { reason: 'unknown_path', near: nearest(path, paths) ?? null }

const hintFor = (path: string, isControl: boolean, near: string | null): string => {
  if (path.startsWith('/_fake/')) {
    return " The vendor fake's routes are there when the emulator is started with --seed."
  }
  if (near !== null) return ` Did you mean ${near}?`
  return isControl ? ' See /_emulator/openapi.json for all.' : ''
}

/**
 * What is said of a path without an endpoint: 501 for one of Seam's that is not built, 404 for any
 * other. Seam's own 404 is plain text; the control API keeps to the error envelope.
 */
export const unknownPath = (path: string, { reason, near }: Unmatched): ApiError => {
  if (reason === 'not_implemented') {
    const message = `${path} exists in Seam's API, but the emulator does not implement it yet.`
    return apiError(501, 'not_implemented', message)
  }
  const isControl = /^\/_emulator(\/|$)/.test(path)
  const message = `There is no endpoint ${path}.${hintFor(path, isControl, near)}`
  return apiError(404, 'not_found', message, { plain: !isControl })
}

/** What is said of a path that the version of the workspace does not have: as of any other unknown one. */
export const notYet = (path: string, since: string): ApiError =>
  apiError(
    404,
    'not_found',
    `There is no endpoint ${path}. It came with version ${since} of Seam's document, which the workspace's setting api_version chooses.`,
    { plain: true },
  )
