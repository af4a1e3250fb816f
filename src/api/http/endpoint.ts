import { z } from 'zod'
import type { ApiVersion } from '../../contract/settings-bounds.ts'
import type { ActionType } from '../../db/tables/action-attempts.ts'
import { once } from '../../lib/once.ts'
import type { Commit } from '../../db/database.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Answer } from './answer.ts'
import type { Auth, AuthMethod } from './auth.ts'
import { apiError } from './errors.ts'
import { withLooseIds } from './fields.ts'
import { parameterNames, queryDecoder } from './query-string.ts'
import type { QueryDecoder } from './query-string.ts'
import type { Services } from './services.ts'
import { LONGEST_TEXT, checkTexts } from './text-limit.ts'
import { parseInput } from './validation.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a call has seen of worlds that are not kept yet. */
export interface Unkept {
  /** The events that it has caused. */
  event_ids: readonly string[]
  readonly commits: Commit[]
  hasWritten: boolean
}

/** One authorised request to an endpoint. */
export interface Call {
  readonly auth: Auth
  readonly services: Services
  readonly path: string
  /** The HTTP method, in capitals. */
  readonly method: string
  /** Where the caller reached this server, such as `http://localhost:3020`. */
  readonly origin: string
  /** The known parameters as they were given, unparsed: cursors and page links are made of them. */
  readonly input: Readonly<Record<string, unknown>>
  /** The body exactly as it came, which is what signatures are about. */
  readonly body: string
  readonly header: (name: string) => string | undefined
  /** To be kept before the call is answered. */
  readonly unkept: Unkept
  /** Makes the signal that ends with the client's connection. */
  readonly hangUp: () => AbortSignal
}

/** What the handler of a `read` or `write` endpoint is given: the open world of its workspace. */
export interface WorldContext extends Call {
  readonly world: World
}

/** An `async` handler opens the world itself, before and after whatever it waits for. */
export interface AsyncContext extends Call {
  readonly workspace_id: string
  readonly read: <T>(fn: (world: World) => T) => T
  readonly write: <T>(fn: (world: World) => T) => T
}

/** An `unscoped` handler may be called without a workspace. */
export interface UnscopedContext extends Call {
  readonly universe: Universe
}

type Shape = z.core.$ZodShape
type Params = z.ZodType<object>

/** The keys of the answer next to `ok`, or a whole answer of its own (see `rawAnswer`). */
export type Result<R extends Shape> = z.input<z.ZodObject<R>> | Answer

interface Common {
  readonly path: `/${string}`
  readonly methods: readonly Method[]
  /** Accepted ways to sign in; empty: anyone. */
  readonly auth: readonly AuthMethod[]
  /** Since which version of Seam's document there is such a path; absent: always. */
  readonly since?: ApiVersion
  /** One line for the OpenAPI document. */
  readonly summary?: string
  /** Whether the body may also be what an HTML form sends. */
  readonly accepts_forms?: boolean
  /** The input as the OpenAPI document shows it, where it is checked by another schema. */
  readonly shown_params?: () => z.ZodType
  /** The frames that it sends without an end, by their `event`, in place of an answer. */
  readonly streams?: () => Readonly<Record<string, z.ZodType>>
  /** An input that can be tried, for the OpenAPI document. */
  readonly example?: () => object
  /** How large the body may be, bytes, where that is more than the usual 5 MiB. */
  readonly body_limit?: number
  /** The type of the action attempt that the endpoint starts. */
  readonly action_attempt_type?: ActionType
}

/** Both schemas are made on first use: a run needs few of them, and together they are large. */
interface Schemas<P extends Params, R extends Shape> extends Common {
  readonly params: () => P
  readonly result: () => R
  /** Schemas in place of `result`'s, for keys of the answer that are checked more exactly. */
  readonly exact?: () => Shape
}

interface WorldHandling<P extends Params, R extends Shape> {
  /**
   * `read` changes nothing. `write` runs in one transaction, and nothing of it stays if it throws; its
   * commit is shared with others of its turn, before any of them is answered.
   */
  readonly effect: 'read' | 'write'
  handler(context: WorldContext, params: z.output<P>): Result<R>
}

interface AsyncHandling<P extends Params, R extends Shape> {
  readonly effect: 'async'
  handler(context: AsyncContext, params: z.output<P>): Promise<Result<R>>
}

interface UnscopedHandling<P extends Params, R extends Shape> {
  readonly effect: 'unscoped'
  handler(context: UnscopedContext, params: z.output<P>): Result<R> | Promise<Result<R>>
}

/** What an endpoint does. */
export type Handling<P extends Params, R extends Shape> =
  | WorldHandling<P, R>
  | AsyncHandling<P, R>
  | UnscopedHandling<P, R>

/** An endpoint as a value: the table can be mounted, printed and compared with Seam's document. */
export interface Endpoint extends Common {
  readonly params: Params
  readonly result: Shape
  readonly effect: 'read' | 'write' | 'async' | 'unscoped'
  readonly decodeQuery: QueryDecoder
  /** The names of its parameters. */
  readonly parameters: ReadonlySet<string>
  /** The whole answer's schema, which admits nothing beside its keys. */
  answer(hasLooseIds: boolean): z.ZodType
  /**
   * Parses the input and lets the handler answer it.
   *
   * @throws ApiError or DomainError
   */
  run(universe: Universe, call: Call, input: unknown): object | Promise<object>
}

/** A schema in its two variants, each made when it is first needed. */
const inBothVariants = <T extends z.ZodType>(strict: () => T): ((hasLooseIds: boolean) => T) => {
  const loose = once(() => withLooseIds(strict()))
  return (hasLooseIds) => (hasLooseIds ? loose() : strict())
}

/** By construction, so that no field of any route can be forgotten. */
const refuseTexts = ({ body_limit }: Common, input: unknown): void => {
  // Where a whole world comes in, its own schema says how long texts are.
  checkTexts(input, body_limit === undefined ? LONGEST_TEXT : Number.POSITIVE_INFINITY)
}

/** The answer waits for the commit that keeps what was seen. */
const noteCommit = <T>(universe: Universe, { unkept }: Call, value: T): T => {
  const { pending } = universe.db
  if (pending !== null && !unkept.commits.includes(pending)) unkept.commits.push(pending)
  return value
}

/** The same, and what it tells is known as the call's. */
const noting =
  <T>({ unkept }: Call, fn: (world: World) => T) =>
  (world: World): T => {
    const before = world.recorded.length
    const value = fn(world)
    if (world.recorded.length > before) {
      const told = world.recorded.slice(before).map(({ event_id }) => event_id)
      unkept.event_ids = [...unkept.event_ids, ...told]
    }
    return value
  }

/** Declares an endpoint. */
export const defineEndpoint = <P extends Params, R extends Shape>(
  spec: Schemas<P, R> & Handling<P, R>,
): Endpoint => {
  const params = once(spec.params)
  const result = once((): Shape => ({ ...spec.result(), ...spec.exact?.() }))
  const paramsFor = inBothVariants(params)
  const decoder = once(() => queryDecoder(params()))
  const parameters = once(() => new Set(parameterNames(params())))
  return {
    ...spec,
    get params() {
      return params()
    },
    get result() {
      return result()
    },
    get parameters() {
      return parameters()
    },
    decodeQuery: (query) => decoder()(query),
    answer: inBothVariants(once(() => z.strictObject({ ...result(), ok: z.literal(true) }))),
    run: (universe, call, input) => {
      const { workspace_id } = call.auth
      if (spec.effect === 'unscoped') {
        refuseTexts(spec, input)
        return spec.handler({ ...call, universe }, parseInput(params(), input))
      }
      if (workspace_id === null) {
        throw apiError(401, 'unauthorized', 'Name the workspace in the seam-workspace header.')
      }
      refuseTexts(spec, input)
      const schema = paramsFor(universe.world(workspace_id).workspace.loose_ids)
      const parsed = parseInput(schema, input)
      const read = <T>(fn: (world: World) => T): T =>
        noteCommit(universe, call, universe.read(workspace_id, fn))
      const write = <T>(fn: (world: World) => T): T => {
        call.unkept.hasWritten = true
        return noteCommit(universe, call, universe.share(workspace_id, noting(call, fn)))
      }
      if (spec.effect === 'async') {
        return spec.handler({ ...call, workspace_id, read, write }, parsed)
      }
      const answer = (world: World) => spec.handler({ ...call, world }, parsed)
      return spec.effect === 'read' ? read(answer) : write(answer)
    },
  }
}
