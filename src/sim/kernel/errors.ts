/** A refusal by the world, in Seam's error types. The API maps it to a status and the error envelope. */
export interface DomainError extends Error {
  name: 'DomainError'
  /** Seam's `error.type`, such as `device_not_found`. */
  type: string
  /** Goes out as `error.data`. */
  data?: Record<string, unknown>
  /** The input field at fault; becomes a key of `error.validation_errors`. */
  param?: string
}

/** Makes a refusal. The message says what was given, what was expected, and what to do. */
export const domainError = (
  type: string,
  message: string,
  details: { data?: Record<string, unknown>; param?: string } = {},
): DomainError => Object.assign(new Error(message), { name: 'DomainError' as const, type }, details)

export const isDomainError = (error: unknown): error is DomainError =>
  error instanceof Error && error.name === 'DomainError'

/** A missing thing, in Seam's words: `device_not_found`, "device not found" (legacy SDK recordings of the real server). */
export const notFound = (resource: string, data: Record<string, unknown> = {}): DomainError =>
  domainError(`${resource}_not_found`, `${resource.replaceAll('_', ' ')} not found`, { data })

/** A rule of the input that its shape alone cannot express. */
export const invalidInput = (param: string, message: string): DomainError =>
  domainError('invalid_input', message, { param })
