/**
 * Incidents: failures that users of the vendor reported in its public tracker, as stories. Each has a world
 * of one lock of the kind that it happened to, an app that was hit by it, and what a good one does.
 */
import type { Step } from '../story/story.ts'

export interface Incident {
  /** Its number in `seamapi/public-tracker` on GitHub. */
  number: number
  title: string
  /** What was reported. */
  reported: string
  /** The lock model that it happened to. */
  model: string
  /** Settings of its world, where it needs other ones. */
  settings?: Readonly<Record<string, unknown>>
  /** The first instant; a quiet day where nothing hangs on it. */
  begins_at: string
  /** The story. `DOOR` stands for the one lock. */
  steps: readonly Step[]
  /** The sample app that is hit by it: a file of `examples/explorer/bugs`. */
  app: string
  /** What a good integration does. */
  advice: string
}

/** Stands for the door of an incident in its steps. */
export const DOOR = 'door'

/** The steps of an incident at a door. */
export const stepsAt = ({ steps }: Pick<Incident, 'steps'>, device_id: string): Step[] =>
  steps.map((step) => ({
    ...step,
    ...('device_ids' in step && { device_ids: [device_id] }),
    ...('device_id' in step && { device_id }),
  }))
