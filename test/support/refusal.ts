/** What a call that must fail was answered. */
import { z } from 'zod'
import type { Place } from './place.ts'

const errorShape = z.object({ error: z.looseObject({ type: z.string() }) })

export const refusal = async (place: Place, path: string, body: object): Promise<unknown> => {
  const answer = await place.raw(path, body)
  return { status: answer.status, ...errorShape.parse(answer.body).error }
}
