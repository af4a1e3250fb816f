/** A control route as both sides see it: the server answers it, clients call it, documents show it. */
import type { z } from 'zod'

type Shape = z.core.$ZodShape

/** A call that an example needs first, of this API or of Seam's. */
export interface EarlierCall {
  readonly path: string
  readonly body: object
}

export interface ControlRoute<P extends z.ZodType<object>, R extends Shape> {
  readonly path: `/_emulator/${string}`
  readonly methods: readonly ('GET' | 'POST' | 'DELETE')[]
  /** One sentence, for documents and for people. */
  readonly summary: string
  /** Who may call it: whoever holds a key of the workspace, when not given. */
  readonly open_to?: 'anyone'
  /** All three are made on first use: a run needs few of them. */
  readonly params: () => P
  readonly result: () => R
  /** The frames by their `event`, of a route that answers with a stream of them, without an end. */
  readonly streams?: () => Readonly<Record<string, z.ZodType>>
  /**
   * A body that can be tried in a fresh workspace of the default fixture. `<a.b>` stands for what
   * the calls before it answered, `<endpoint>` for the URL of the emulator.
   */
  readonly example?: () => object
  /** The calls that the example needs first. */
  readonly after?: () => readonly EarlierCall[]
}

/** Any of them, for lists. */
export type AnyRoute = ControlRoute<z.ZodType<object>, Shape>

/** What a caller sends to a route. */
export type InputOf<T> = T extends ControlRoute<infer P, Shape> ? z.input<P> : never

/** What a caller gets, next to `ok`. */
export type AnswerOf<T> =
  T extends ControlRoute<z.ZodType<object>, infer R> ? z.output<z.ZodObject<R>> : never

/** Declares a control route. Its type knows its path, by which the console finds it. */
export const controlRoute = <
  P extends z.ZodType<object>,
  R extends Shape,
  const Path extends AnyRoute['path'],
>(
  route: ControlRoute<P, R> & { readonly path: Path },
): ControlRoute<P, R> & { readonly path: Path } => route

/** The methods of a route that only looks, of one that acts, and of one that takes something away. */
export const reads = ['GET', 'POST'] as const
export const acts = ['POST'] as const
export const removes = ['POST', 'DELETE'] as const

interface Thing<R extends Shape> {
  readonly result: () => R
  /** Names the thing, in a fresh workspace. */
  readonly example: () => object
  readonly after?: () => readonly EarlierCall[]
}

/** Declares routes of one resource that do something to one thing, and answer the thing. */
export const actsOn =
  <const Resource extends string, R extends Shape>(resource: Resource, thing: Thing<R>) =>
  <const Name extends string, P extends z.ZodType<object>>(
    name: Name,
    summary: string,
    params: () => P,
    example: object = {},
  ) =>
    controlRoute({
      ...thing,
      path: `/_emulator/${resource}/${name}` as const,
      methods: acts,
      summary,
      params,
      example: () => ({ ...thing.example(), ...example }),
    })
