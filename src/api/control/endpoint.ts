/** A control route of the contract, with the one thing that the contract does not have: what happens. */
import type { z } from 'zod'
import type { ControlRoute } from '../../contract/route.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import type { Endpoint, Handling } from '../http/endpoint.ts'

/** What only the server says of a route. */
interface Extras {
  /** How large the body may be, bytes, where that is more than usual. */
  readonly body_limit?: number
  /** The parameters as documents show them, where they are checked by another schema. */
  readonly shown_params?: () => z.ZodType
  /** Schemas in place of the contract's, for keys of the answer that are Seam's own objects. */
  readonly exact?: () => z.core.$ZodShape
}

/** Answers a route of the contract. */
export const answerRoute = <P extends z.ZodType<object>, R extends z.core.$ZodShape>(
  route: ControlRoute<P, R>,
  handling: Handling<P, R>,
  extras: Extras = {},
): Endpoint =>
  defineEndpoint({
    ...route,
    auth: route.open_to === 'anyone' ? [] : serverAuth,
    ...extras,
    ...handling,
  })
