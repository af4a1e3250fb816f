/** Calls of contract routes, whose answers are read loosely: a newer server may say more. */
import { z } from 'zod'
import type { AnswerOf, ControlRoute } from '../contract/route.ts'
import type { CallOptions, Transport } from './transport.ts'

type Shape = z.core.$ZodShape

const shapeOf = (shape: Shape): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, loosened(field)]))

/**
 * The same schema for a reader that may be older than the writer: objects may have more fields, and
 * where there are several words or several shapes there may be more of them.
 */
const loosened = (schema: z.core.$ZodType): z.ZodType => {
  if (schema instanceof z.ZodObject) return z.looseObject(shapeOf(schema.def.shape))
  if (schema instanceof z.ZodArray) return z.array(loosened(schema.def.element))
  if (schema instanceof z.ZodOptional) return loosened(schema.def.innerType).optional()
  if (schema instanceof z.ZodNullable) return loosened(schema.def.innerType).nullable()
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return z.string()
  if (schema instanceof z.ZodType && !(schema instanceof z.ZodUnion)) return schema
  return z.unknown()
}

/** Reads what is asked for out of what came; what comes beside it stays. */
const readerBy = <T>(loose: z.ZodType): z.ZodType<T> =>
  z.custom<T>((value) => loose.safeParse(value).success, {
    error: ({ input }) => {
      const { error } = loose.safeParse(input)
      return error === undefined ? 'Invalid' : z.prettifyError(error)
    },
  })

/** A reader of one thing that is part of an answer. */
export const looseReader = <T>(schema: z.ZodType<T>): z.ZodType<T> => readerBy(loosened(schema))

const readers = new Map<string, z.ZodType>()

/** Reads the answer of a route, as `askOver` does. */
export const answerReader = <P extends z.ZodType<object>, R extends Shape>(
  route: ControlRoute<P, R>,
): z.ZodType<AnswerOf<ControlRoute<P, R>>> => {
  const known = readers.get(route.path) ?? loosened(z.object(route.result()))
  readers.set(route.path, known)
  return readerBy(known)
}

export interface Ask {
  /** Calls a route. @throws EmulatorError, or the network's error */
  <P extends z.ZodType<object>, R extends Shape>(
    route: ControlRoute<P, R>,
    input: z.input<P> & object,
    options?: CallOptions,
  ): Promise<AnswerOf<ControlRoute<P, R>>>
}

/** Calls routes over a transport. */
export const askOver =
  ({ call }: Transport): Ask =>
  (route, input, options) =>
    call(route.path, input, answerReader(route), options)

/** A method that calls a route and answers one key of its answer. */
export const asking =
  <P extends z.ZodType<object>, R extends Shape, K extends keyof AnswerOf<ControlRoute<P, R>>>(
    ask: Ask,
    route: ControlRoute<P, R>,
    key: K,
  ) =>
  async (input: z.input<P> & object): Promise<AnswerOf<ControlRoute<P, R>>[K]> =>
    (await ask(route, input))[key]
