/**
 * The pieces that resources share. All of these describe what goes out. Whole resources are
 * made on first use: an emulator that does not check its own answers runs without them.
 */
import { z } from 'zod'

/** An instant as it goes out. */
export const instant = z.iso.datetime()

/** Free data attached by an integrator. */
export const metadata = z.record(z.string(), z.union([z.string(), z.boolean()]))

export const flag = z.boolean().optional()
export const text = z.string().optional()
export const number = z.number().optional()
export const textOrNull = z.string().nullish()

/** An object of which every field may be missing. */
export const partial = (shape: z.core.$ZodShape): z.ZodType<object> =>
  z.strictObject(shape).partial()

/**
 * One of several shapes that are told apart by a code, made from data: code → what this one has
 * beside the common fields.
 */
export const coded = (
  key: 'error_code' | 'warning_code' | 'mutation_code',
  common: z.core.$ZodShape,
  codes: Readonly<Record<string, z.core.$ZodShape>>,
): z.ZodType<object> => {
  const shapes = Object.entries(codes).map(([code, own]) =>
    z.strictObject({ [key]: z.literal(code), message: z.string(), ...common, ...own }),
  )
  const [first, ...others] = shapes
  if (first === undefined) throw new Error(`No codes for ${key}`)
  return z.discriminatedUnion(key, [first, ...others])
}

/** Several codes whose entries have no fields of their own. */
export const plain = (...codes: string[]): Record<string, z.core.$ZodShape> =>
  Object.fromEntries(codes.map((code) => [code, {}]))
