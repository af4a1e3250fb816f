/** Event types as parameters: one that does not exist is refused at once, not waited for. */
import { z } from 'zod'
import { eventTypes } from '../../../sim/events/catalog.ts'
import { nearestPath } from '../../http/nearest-path.ts'

const groupOf = (type: string): string => type.slice(0, type.indexOf('.'))

const problemOf = (type: string): string => {
  const known = [...eventTypes]
  const near = nearestPath(type, known)
  if (near !== undefined) return `There is no event type ${type}. Did you mean ${near}?`
  const alike = known.filter((it) => groupOf(it) === groupOf(type))
  return alike.length > 0
    ? `There is no event type ${type}. Known: ${alike.join(', ')}`
    : `There is no event type ${type}. They begin with ${[...new Set(known.map(groupOf))].join(', ')}`
}

/** One of the event types of Seam's OpenAPI document. */
export const eventType = () =>
  z.enum([...eventTypes], {
    error: ({ input }) => (typeof input === 'string' ? problemOf(input) : undefined),
  })

/** One of them, or several. */
export const eventTypeOrTypes = () =>
  z.union([z.string(), z.array(z.string()).min(1)]).superRefine((given, context) => {
    for (const type of [given].flat()) {
      if (!eventTypes.has(type)) context.addIssue({ code: 'custom', message: problemOf(type) })
    }
  })
