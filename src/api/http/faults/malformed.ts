import { json } from './http-fault.ts'
import type { HttpFault } from './http-fault.ts'

/** A whole answer of the right length that is no JSON: its last third is missing. */
export const malformed: HttpFault<'malformed'> = async (_effect, { next }) => {
  const answer = await next()
  const text = typeof answer.body === 'string' ? answer.body : '{"ok":true}'
  return {
    ...answer,
    headers: { ...answer.headers, ...json },
    body: text.slice(0, Math.ceil((text.length * 2) / 3)),
  }
}
