import { isDatabaseError } from '../../db/database-error.ts'
import { isDomainError } from '../../sim/kernel/errors.ts'

interface Details {
  readonly data?: unknown
  readonly validation_errors?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Answered as `text/plain` instead of Seam's JSON error, where the real service does so. */
  readonly plain?: boolean
}

/** What an SDK sees of a failed request: HTTP status, Seam's error type and an explanation. */
export interface ApiError extends Error, Details {
  readonly status: number
  readonly type: string
}

const apiErrors = new WeakSet<Error>()

export const apiError = (
  status: number,
  type: string,
  message: string,
  details: Details = {},
): ApiError => {
  const error = Object.assign(new Error(message), { name: 'ApiError', status, type }, details)
  apiErrors.add(error)
  return error
}

export const isApiError = (error: unknown): error is ApiError =>
  error instanceof Error && apiErrors.has(error)

/** Domain error types whose HTTP status does not follow from their name. */
const statuses: Readonly<Record<string, number>> = {
  access_grant_already_exists: 409,
  climate_preset_already_exists: 409,
  duplicate_access_code: 409,
  internal_server_error: 500,
  not_implemented: 501,
  rate_limit_exceeded: 429,
  reservation_conflict: 409,
  space_already_exists: 409,
  unauthorized: 401,
  user_identity_already_exists: 409,
  user_identity_email_or_phone_conflict: 409,
  wait_timeout: 408,
}

/**
 * The one mapping from what went wrong in the world to what HTTP says about it: a domain error of
 * type `<resource>_not_found` is a 404, a few types have a status of their own, all others are a
 * 400. A domain error that names a parameter also becomes that field's validation error, which is
 * where SDKs look (`error.validation_errors[param]._errors`).
 * Returns undefined for anything that is no API or domain error: that is a bug, hence a 500.
 */
export const toApiError = (error: unknown): ApiError | undefined => {
  if (isApiError(error)) return error
  // A full disk, say: nothing of the request was kept, and it can be sent again.
  if (isDatabaseError(error)) {
    return apiError(507, 'insufficient_storage', error.message)
  }
  if (!isDomainError(error)) return undefined
  const { type, message, data, param } = error
  const status = statuses[type] ?? (type.endsWith('not_found') ? 404 : 400)
  const validation_errors =
    param === undefined ? undefined : { _errors: [], [param]: { _errors: [message] } }
  return apiError(status, type, message, { data, validation_errors })
}
