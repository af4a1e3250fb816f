/**
 * A story: what the host plans and what goes wrong, minute by minute. It is plain data, the same for every
 * integration, so that two of them can be compared, and so that it can be kept in a file and played again.
 */
import { z } from 'zod'
import { once } from '../../lib/once.ts'

/** One thing that happens. What else belongs to it depends on its kind (see `steps/`). */
export const step = once(() =>
  z.looseObject({
    /** Minutes since the story began. */
    at: z.number().min(0).max(1_000_000),
    /** The kind of step, such as `book` or `bridge_out`. */
    does: z.string(),
  }),
)
export type Step = z.output<ReturnType<typeof step>>

export const story = once(() =>
  z.strictObject({
    /** The world's own luck. */
    seed: z.string(),
    /** The first instant, ISO 8601. */
    begins_at: z.iso.datetime(),
    steps: z.array(step()).max(200),
  }),
)
export type Story = z.output<ReturnType<typeof story>>

export const MINUTE = 60_000
export const HOUR = 60
export const DAY = 24 * HOUR

/** The instant of a minute of the story, ms. */
export const instantOf = (told: Story, minute: number): number =>
  Date.parse(told.begins_at) + Math.round(minute * MINUTE)

/** Steps in the order in which they happen; those of one minute keep theirs. */
export const inOrder = (steps: readonly Step[]): Step[] => steps.toSorted((a, b) => a.at - b.at)
