/** A schedule as fixtures give it: from the first instant of their world, whenever that is. */
import { z } from 'zod'
import { BEGIN_OF_TIME, END_OF_TIME } from '../../lib/instant.ts'
import type { AcsSchedule } from '../../db/tables/acs-shapes.ts'
import type { World } from '../kernel/world.ts'

/** A century, ms. */
const FARTHEST = 100 * 365 * 86_400_000

const distance = () => z.int().min(-FARTHEST).max(FARTHEST)

export const fixtureSchedule = (description: string) =>
  z
    .strictObject({
      starts_in: distance()
        .default(0)
        .describe("When it begins, in milliseconds from the world's first instant."),
      ends_in: distance()
        .nullable()
        .default(null)
        .describe('When it ends, likewise; null without an end.'),
    })
    .describe(description)
    .optional()

interface Given {
  starts_in: number
  ends_in: number | null
}

const within = (at: number): number => Math.min(Math.max(at, BEGIN_OF_TIME), END_OF_TIME)

/** The schedule in the world that begins now. */
export const scheduleFrom = (world: World, given: Given | undefined): AcsSchedule | undefined =>
  given === undefined
    ? undefined
    : {
        starts_at: within(world.now + given.starts_in),
        ends_at: given.ends_in === null ? null : within(world.now + given.ends_in),
      }
